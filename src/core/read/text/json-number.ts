import { refuse } from "../../model/problem.ts";
import { isObject, type Json, kindOf } from "./json.ts";

/**
 * A number from 0 on, as measured amounts are; undefined where there is none. `what` names it for the user. Throws
 * InputError for anything else, also for numbers beyond the range of a double, which JSON.parse reads as infinite.
 */
export function readAmount(value: Json | undefined, what: string, file: string): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "number" && Number.isFinite(value) && value >= 0) return value;
  const found = typeof value === "number" ? String(value) : kindOf(value);
  const message = `${what.slice(0, 120)} must be a number from 0 on, found ${found}`;
  refuse({ code: "bad-value", message, at: { file }, hint: "Let the tool write the file again." });
}

/** Whole numbers from 0 on, by their keys; none where there is no object. Throws InputError for anything else in it. */
export function readCounts(
  value: Json | undefined,
  what: string,
  file: string,
): Readonly<Record<string, number>> {
  if (!isObject(value)) return {};
  const counts = Object.entries(value).map(([key, count]) => [
    key,
    readWhole(count, `${what} ${key}`, file) ?? 0,
  ]);
  return Object.fromEntries(counts) as Readonly<Record<string, number>>;
}

/** A whole number from 0 on; undefined where there is none. Throws InputError for anything else. */
export function readWhole(value: Json | undefined, what: string, file: string): number | undefined {
  const amount = readAmount(value, what, file);
  if (amount === undefined || Number.isSafeInteger(amount)) return amount;
  const message = `${what.slice(0, 120)} must be a whole number, found ${amount}`;
  refuse({ code: "bad-value", message, at: { file }, hint: "Let the tool write the file again." });
}
