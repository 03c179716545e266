import { parseLimit } from "../config/limit.ts";
import { numberOf } from "../judge/bound.ts";
import { fractionOf, plainNumber, plainValue } from "../model/exact.ts";
import type { Limit, Reference, Referred } from "../model/gate.ts";
import type { KpiInfo, Measured } from "../model/kpi.ts";
import type { Unit } from "../model/unit.ts";
import { quantile } from "./quantile.ts";

/** How many interquartile ranges beyond a quartile a value is out of the ordinary. */
const fence = 1.5;

/**
 * Where a value stands in the words of a limit: the value itself for a plain number, and else how far it is from what it
 * is compared with, in the unit of the shift. Undefined where that cannot be told.
 */
export function distanceFrom(
  { bound }: Limit,
  value: Measured,
  refer: (reference: Reference) => Referred,
): number | undefined {
  if (bound.kind === "value") return plainValue(value);
  const { shift, ...base } = bound;
  const [start, referred] = [numberOf(base, refer), refer(bound.reference)];
  if ("none" in start || "none" in referred) return undefined;
  const from = plainNumber(start.number);
  const gap = plainNumber(fractionOf(value)) - from;
  const size = { unit: 1, percent: from / 100, iqr: plainNumber(referred.iqr) }[shift?.of ?? "unit"];
  return size === 0 ? undefined : gap / size;
}

/**
 * The same limit with the number that the spread of some runs asks for: what is ordinary holds, and what is beyond the inner
 * fences of Tukey, "Exploratory Data Analysis" (1977), does not. Undefined where it is the limit already.
 */
export function suggest(limit: Limit, info: KpiInfo, distances: readonly number[]): Limit | undefined {
  const { op, bound } = limit;
  if (op === "exactly") return undefined;
  const sorted = distances.toSorted((a, b) => a - b);
  const at = (place: number) => sorted[place]!;
  const [low, high] = [quantile(sorted.length, at, 1 / 4), quantile(sorted.length, at, 3 / 4)];
  const isLowest = op === "at least" || op === "above";
  const edge = isLowest ? low - fence * (high - low) : high + fence * (high - low);
  const text =
    bound.kind === "value"
      ? `${wordOf(limit)} ${amount(clamped(edge, info.unit), info.unit, isLowest)}`
      : shifted(limit, edge, info.unit, isLowest);
  const parsed = parseLimit(text, info);
  return "wrong" in parsed || parsed.limit.text === limit.text ? undefined : parsed.limit;
}

function clamped(edge: number, unit: Unit): number {
  return Math.max(0, unit === "%" ? Math.min(100, edge) : edge);
}

/** The word of comparison as the user wrote it. */
function wordOf({ text }: Limit): string {
  return /^[^\d]*/.exec(text)![0].trim();
}

function shifted({ text, bound }: Limit, edge: number, unit: Unit, down: boolean): string {
  const of = (bound.kind === "reference" && bound.shift?.of) || "unit";
  const reference = text.replace(/\s*[+-]\s*\d+(?:\.\d+)?\s*(?:%|[a-z][a-z/]*)?$/i, "");
  // A distance below 0 is written without its sign, so outward is the other way there.
  const size = sized(Math.abs(edge), of, unit, edge < 0 ? !down : down);
  return /^0\D*$/.test(size) ? reference : `${reference} ${edge < 0 ? "-" : "+"} ${size}`;
}

function sized(size: number, of: "unit" | "percent" | "iqr", unit: Unit, down: boolean): string {
  if (of === "percent") return `${rounded(size, 0, down)}%`;
  if (of === "iqr") return `${rounded(size, 1, down)} iqr`;
  return unit === "%" ? `${rounded(size, 1, down)}pp` : amount(size, unit, down);
}

const scales: Readonly<Record<string, readonly (readonly [unit: string, size: number])[]>> = {
  ms: [
    ["h", 3_600_000],
    ["min", 120_000],
    ["s", 1_000],
    ["ms", 1],
  ],
  B: [
    ["GB", 1e9],
    ["MB", 1e6],
    ["kB", 1e3],
    ["B", 1],
  ],
};

/** An amount as a limit writes it, rounded away from what is ordinary. */
function amount(value: number, unit: Unit, down: boolean): string {
  if (unit === "%") return `${rounded(value, 1, down)}%`;
  if (unit === "count") return rounded(value, 0, down);
  const scale = scales[unit];
  if (scale === undefined)
    return unit === "ratio" ? rounded(value, 3, down) : `${rounded(value, 2, down)} ${unit}`;
  const [name, from] = scale.find(([, size]) => value >= size) ?? scale.at(-1)!;
  const size = name === "min" ? 60_000 : from;
  return `${rounded(value / size, size === 1 ? 0 : 1, down)}${unit === "ms" ? "" : " "}${name}`;
}

function rounded(value: number, places: number, down: boolean): string {
  const scale = 10 ** places;
  // Rounded once before, because 0.1 + 0.2 is a hair more than 0.3.
  const near = Number((value * scale).toFixed(6));
  return String((down ? Math.floor(near) : Math.ceil(near)) / scale);
}
