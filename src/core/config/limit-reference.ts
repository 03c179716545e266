import type { Bound, Reference, Shift } from "../model/gate.ts";
import type { KpiInfo } from "../model/kpi.ts";
import { factorTo } from "../model/unit.ts";
import { example, scaled } from "./amounts.ts";

/** A bound, or the sentence that says what is wrong with its text. */
type ParsedBound = { readonly bound: Bound } | { readonly wrong: string };

/** Longest time and most runs that a limit looks back. */
const longestDays = 3_650;
const mostRuns = 1_000;

const number = String.raw`\d+(?:\.\d+)?`;
const time = "(?:ms|s|min|h|d)";

/** References as a regular expression, for the JSON Schema, too. */
export const referencePattern = String.raw`(?:${number}\s*%\s*of\s+)?(?:baseline|first|best|${number}\s*${time}\s+ago|median\s*\(\s*${number}\s*${time}?\s*\))(?:\s*[+-]\s*${number}\s*(?:%|[A-Za-z][A-Za-z/]*)?)?`;

const form = new RegExp(
  String.raw`^(?:(${number})\s*%\s*of\s+)?(?:(baseline|first|best)|(${number})\s*(${time})\s+ago|median\s*\(\s*(${number})\s*(${time})?\s*\))(?:\s*([+-])\s*(${number})\s*(%|[a-z][a-z/]*)?)?$`,
  "i",
);

/** Reads `20% of first`, `baseline - 0.5pp`, `30d ago`, `median(10) - 3 iqr`; undefined where it is none of these. */
export function parseReference(
  rest: string,
  text: string,
  kpi: Pick<KpiInfo, "unit">,
): ParsedBound | undefined {
  const match = form.exec(rest);
  if (!match) return undefined;
  const [, share, word, ago, agoUnit = "", window, windowUnit, sign, by = "", unit = ""] = match;
  if (share !== undefined && Number(share) === 0) return { wrong: `"${text}": 0% of anything is nothing` };
  const reference = referenceOf(word, ago, agoUnit, window, windowUnit);
  if (typeof reference === "string") return { wrong: `"${text}": ${reference}` };
  const percent = share === undefined ? {} : { percent: scaled(share, 1) };
  if (sign === undefined) return { bound: { kind: "reference", reference, ...percent } };
  const shift = shiftOf(sign, by, unit, reference, kpi);
  if (typeof shift === "string") return { wrong: `"${text}": ${shift}` };
  return { bound: { kind: "reference", reference, ...percent, shift } };
}

function referenceOf(
  word: string | undefined,
  ago: string | undefined,
  agoUnit: string,
  window: string | undefined,
  windowUnit: string | undefined,
): Reference | string {
  if (word !== undefined) return { kind: word.toLowerCase() as "baseline" | "first" | "best" };
  if (ago !== undefined) {
    const past = lookBack(ago, agoUnit);
    return typeof past === "string" ? past : { kind: "ago", milliseconds: past };
  }
  const size = window ?? "";
  if (windowUnit !== undefined) {
    const past = lookBack(size, windowUnit);
    return typeof past === "string" ? past : { kind: "median", milliseconds: past };
  }
  const runs = Number(size);
  if (!Number.isInteger(runs) || runs < 1 || runs > mostRuns)
    return `median takes 1 to ${mostRuns} runs, or a time such as median(14d)`;
  return { kind: "median", runs };
}

function lookBack(size: string, unit: string): number | string {
  const past = Number(size) * (factorTo("ms", unit) ?? 0);
  if (past <= 0) return "a time in the past must be longer than 0";
  return past > longestDays * 86_400_000 ? `looks back more than ${longestDays} days` : past;
}

function shiftOf(
  sign: string,
  by: string,
  unit: string,
  reference: Reference,
  kpi: Pick<KpiInfo, "unit">,
): Shift | string {
  const signed = (factor: number) => scaled(by, sign === "-" ? -factor : factor);
  const written = unit.toLowerCase();
  if (written === "iqr") {
    if (reference.kind === "median") return { by: signed(1), of: "iqr" };
    return `iqr is the spread around a median; write for example "median(10) ${sign} ${by} iqr"`;
  }
  if (written === "pp") {
    if (kpi.unit === "%") return { by: signed(1), of: "unit" };
    return `pp is for percentages; write "${sign} ${example(kpi.unit)}" or "${sign} ${by}%"`;
  }
  if (kpi.unit === "%") return `write pp for points: "${sign} ${by}pp"`;
  if (written === "%") {
    if (sign === "-" && Number(by) >= 100) return `${by}% less leaves nothing`;
    return { by: signed(1), of: "percent" };
  }
  const factor = factorTo(kpi.unit, unit);
  if (factor !== undefined) return { by: signed(factor), of: "unit" };
  return unit === ""
    ? `the difference has no unit; write "${sign} ${example(kpi.unit)}" or "${sign} ${by}%"`
    : `the unit "${unit}" does not convert; write "${sign} ${example(kpi.unit)}" or "${sign} ${by}%"`;
}
