import type { Bound, Limit, Op } from "../model/gate.ts";
import type { KpiInfo } from "../model/kpi.ts";
import { factorTo, type Unit, unitsFor } from "../model/unit.ts";
import { example, scaled } from "./amounts.ts";
import { parseReference, referencePattern } from "./limit-reference.ts";
import { nearest } from "./nearest.ts";

/** A limit, or the sentence that says what is wrong with its text. */
export type ParsedLimit = { readonly limit: Limit } | { readonly wrong: string };

/** All words of comparison, longest first, as they are read and as they are kept. */
const words: readonly (readonly [string, Op])[] = [
  ["at least", "at least"],
  ["at most", "at most"],
  ["exactly", "exactly"],
  ["above", "above"],
  ["below", "below"],
  ["under", "below"],
  ["over", "above"],
  [">=", "at least"],
  ["<=", "at most"],
  ["==", "exactly"],
  [">", "above"],
  ["<", "below"],
];

/** One regular expression for the whole grammar, which the JSON Schema shows to editors. A unit may be the user's own. */
export const limitPattern = `^\\s*(?:(?:at least|at most|above|over|below|under|exactly|>=|<=|==|>|<)\\s*)?(?:\\d+(?:\\.\\d+)?\\s*(?:%|[A-Za-z][A-Za-z/]*)?|${referencePattern})\\s*$`;

const form = /^(\d+(?:\.\d+)?)\s*(%|[a-z][a-z/]*)?$/i;

/** Reads a limit as the configuration gives it, for the KPI that it limits. */
export function parseLimit(
  given: string | number,
  kpi: Pick<KpiInfo, "unit" | "better" | "step">,
): ParsedLimit {
  const text = String(given).trim().replace(/\s+/g, " ");
  const word = words.find(([name]) => text.toLowerCase().startsWith(name));
  const rest = word ? text.slice(word[0].length).trim() : text;
  const op = word?.[1] ?? (kpi.better === "higher" ? "at least" : "at most");
  const parsed = parseReference(rest, text, kpi) ?? parseValue(rest, op, text, kpi);
  if ("wrong" in parsed) return parsed;
  return { limit: { op, bound: parsed.bound, text: word ? text : `${op} ${text}` } };
}

function parseValue(
  rest: string,
  op: Op,
  text: string,
  kpi: Pick<KpiInfo, "unit" | "better" | "step">,
): { readonly bound: Bound } | { readonly wrong: string } {
  const match = form.exec(rest);
  if (!match) return { wrong: notALimit(text, kpi) };
  const [, number = "", unit = ""] = match;
  const factor = factorTo(kpi.unit, unit);
  if (unit.toLowerCase() === "ago")
    return { wrong: `"${text}" has no unit of time; write for example "${number}d ago"` };
  if (factor === undefined) return { wrong: wrongUnit(text, unit, kpi.unit) };
  if (kpi.unit === "count" && kpi.step !== undefined && number.includes("."))
    return { wrong: fraction(number, text) };
  const value = scaled(number, factor);
  const impossible =
    kpi.unit === "%" ? percentage(number, unit, op, text) : op === "below" && value.digits === 0n;
  if (impossible === true) return { wrong: `"${text}" can never hold: nothing is below 0` };
  if (typeof impossible === "string") return { wrong: impossible };
  return { bound: { kind: "value", value } };
}

function fraction(number: string, text: string): string {
  const [whole = "", part = ""] = number.split(".");
  const meant = part.length === 3 ? `; write ${whole}${part} for ${whole},${part}` : "";
  return `"${text}" has a fraction, but the KPI counts whole things${meant}`;
}

/** The units that a number may have, where there are several. */
function others(wanted: Unit): string {
  const units = unitsFor(wanted);
  return units.length > 1 ? `, in ${units.slice(0, -1).join(", ")} or ${units.at(-1)}` : "";
}

/** What the words of a limit can be, for "did you mean". */
const vocabulary = "at least most exactly above below under over baseline first best ago median iqr of".split(
  " ",
);

function notALimit(text: string, kpi: Pick<KpiInfo, "unit" | "better" | "step">): string {
  const holds = (limit: string) => !("wrong" in parseLimit(limit, kpi));
  const both = text.split(/ (?:and|&&?) |, /);
  if (both.length === 2 && both.every(holds))
    return `"${text}" is two limits; write them as a list: [${both.join(", ")}]`;
  // 1,000 is a thousand, and 1,5 one and a half.
  const plain = text.replace(/(?<=\d),(?=\d{3}(?!\d))/g, "").replace(/(?<=\d),(?=\d)/, ".");
  if (plain !== text && holds(plain)) return `"${text}" has a comma in its number; write "${plain}"`;
  const meant = text.replace(/[a-z]{3,}/gi, (word) => nearest(word, vocabulary) ?? word);
  if (meant.toLowerCase() !== text.toLowerCase() && holds(meant))
    return `"${text}" is not a limit, did you mean "${meant}"?`;
  const shown = example(kpi.unit);
  return (
    misspelt(text) ?? `"${text}" is not a limit; write for example "at least ${shown}" or "below ${shown}"`
  );
}

/** What is wrong with a limit that was to be one of the words for an inherited rule; undefined for any other. */
export function misspelt(text: string): string | undefined {
  const meant = /\d/.test(text) ? undefined : nearest(text, ["off", "optional"]);
  return meant === undefined ? undefined : `"${text}" is not a limit, did you mean "${meant}"?`;
}

function percentage(number: string, unit: string, op: Op, text: string): string | boolean {
  const value = Number(number);
  if (unit === "" && value > 0 && value <= 1) {
    return `"${text}" of a percentage: did you mean ${Number((value * 100).toPrecision(12))}%?`;
  }
  if (op === "above" ? value >= 100 : value > 100)
    return `"${text}" can never hold: a percentage is at most 100%`;
  return op === "below" && value === 0;
}

function wrongUnit(text: string, unit: string, wanted: Unit): string {
  if (wanted === "count" || wanted === "ratio")
    return `"${text}" has the unit "${unit}", but the KPI is a ${wanted}; write a plain number`;
  if (unit === "") return `"${text}" has no unit; write for example "${example(wanted)}"`;
  if (unit.toLowerCase() === "pp") return `"${text}": pp is for differences; write "%" for a value`;
  return `"${text}" has the unit "${unit}", which does not convert; write for example "${example(wanted)}"${others(wanted)}`;
}
