import type { Decimal, Limit, Op } from "../model/gate.ts";
import type { KpiInfo } from "../model/kpi.ts";
import { factorTo, isKnownUnit, type KnownUnit, type Unit } from "../model/unit.ts";

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

const examples: Readonly<Record<KnownUnit, string>> = {
  "%": "85%",
  count: "10",
  ratio: "0.9",
  ms: "2s",
  B: "500 MB",
};

/** One regular expression for the whole grammar, which the JSON Schema shows to editors. A unit may be the user's own. */
export const limitPattern =
  "^\\s*(?:(?:at least|at most|above|over|below|under|exactly|>=|<=|==|>|<)\\s*)?\\d+(?:\\.\\d+)?\\s*(?:%|[A-Za-z][A-Za-z/]*)?\\s*$";

const form = /^(\d+(?:\.\d+)?)\s*(%|[a-z][a-z/]*)?$/i;

/** Reads a limit as the configuration gives it, for the KPI that it limits. */
export function parseLimit(given: string | number, kpi: Pick<KpiInfo, "unit" | "better">): ParsedLimit {
  const text = String(given).trim().replace(/\s+/g, " ");
  const word = words.find(([name]) => text.toLowerCase().startsWith(name));
  const rest = word ? text.slice(word[0].length).trim() : text;
  if (/\b(baseline|first|best|ago|median)\b/i.test(rest)) {
    return {
      wrong: `"${text}" compares with recorded runs, which this version does not keep; write a number`,
    };
  }
  const match = form.exec(rest);
  if (!match) {
    return {
      wrong: `"${text}" is not a limit; write for example "at least ${example(kpi.unit)}" or "below ${example(kpi.unit)}"`,
    };
  }
  const [, number = "", unit = ""] = match;
  const factor = factorTo(kpi.unit, unit);
  if (factor === undefined) return { wrong: wrongUnit(text, unit, kpi.unit) };
  const op = word?.[1] ?? (kpi.better === "higher" ? "at least" : "at most");
  const value = scaled(number, factor);
  const impossible =
    kpi.unit === "%" ? percentage(number, unit, op, text) : op === "below" && value.digits === 0n;
  if (impossible === true) return { wrong: `"${text}" can never hold: nothing is below 0` };
  if (typeof impossible === "string") return { wrong: impossible };
  return { limit: { op, value, text: word ? text : `${op} ${text}` } };
}

function example(unit: Unit): string {
  return isKnownUnit(unit) ? examples[unit] : `10 ${unit}`;
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
  return `"${text}" has the unit "${unit}", which does not convert; write for example "${example(wanted)}"`;
}

function scaled(number: string, factor: number): Decimal {
  const [whole = "0", fraction = ""] = number.split(".");
  return { digits: BigInt(whole + fraction) * BigInt(factor), scale: fraction.length };
}
