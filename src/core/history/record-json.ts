import type { TestCounts } from "../model/facts.ts";
import type { Outcome } from "../model/gate.ts";
import type { RecordedKpi, RecordedTests, RunRecord } from "../model/history.ts";
import { maxName, maxTests } from "./record.ts";

/** Version of a record; it grows when a reader of the old form would be misled. */
export const recordSchema = 1;

/** Longest record that is read, in characters. */
export const maxRecordText = 4 << 20;

/** Most KPIs and most phases of one record. */
const maxKpis = 5_000;
const maxPhases = 50;

/** The record as text: the same bytes for the same record. */
export function writeRecord(record: RunRecord): string {
  const { kpis, ...rest } = record;
  return `${JSON.stringify({ schema: recordSchema, ...rest, kpis: Object.fromEntries(kpis) })}\n`;
}

/** A record, or the sentence that says why it cannot be read. Nothing of one that cannot be read is used. */
export function readRecord(text: string): { readonly record: RunRecord } | { readonly wrong: string } {
  if (text.length > maxRecordText) return { wrong: `is longer than ${maxRecordText} characters` };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { wrong: "is not well-formed JSON" };
  }
  try {
    return { record: record(value) };
  } catch (error) {
    if (error instanceof Unreadable) return { wrong: error.message };
    throw error;
  }
}

/** On its way from a field to `readRecord`, which turns it into a sentence. */
class Unreadable extends Error {}

function no(what: string): never {
  throw new Unreadable(what);
}

function record(value: unknown): RunRecord {
  const given = object(value, "the record");
  const schema = given["schema"];
  if (typeof schema === "number" && schema > recordSchema)
    no(`has the form ${schema} of a newer version; this one reads ${recordSchema}`);
  if (schema !== recordSchema) no("does not say that it is a record of a run");
  return {
    id: whole(given["id"], "id", 1),
    number: whole(given["number"], "number", 1),
    attempt: whole(given["attempt"], "attempt", 1),
    at: time(given["at"]),
    sha: commit(given["sha"], "sha"),
    parents: list(given["parents"], "parents", 64).map((parent) => commit(parent, "parents")),
    branch: text(given["branch"], "branch"),
    outcome: outcome(given["outcome"]),
    reached: list(given["reached"], "reached", maxPhases).map((name) => text(name, "reached")),
    kpis: kpis(given["kpis"]),
    tests: given["tests"] === null ? null : tests(given["tests"]),
    files: Object.fromEntries(
      entries(given["files"], "files", 100).map(([family, count]) => [family, whole(count, "files")]),
    ),
  };
}

function kpis(value: unknown): ReadonlyMap<string, RecordedKpi> {
  const given = object(value, "kpis");
  const names = Object.keys(given);
  if (names.length > maxKpis) no(`has more than ${maxKpis} entries in kpis`);
  return new Map(names.map((name) => [text(name, "kpis"), recordedKpi(given[name], name)]));
}

/** What was read is used as it is, because there are many: it is checked, and not copied. */
function recordedKpi(given: unknown, name: string): RecordedKpi {
  const { better, unit, value } = object(given, name);
  if (better !== "higher" && better !== "lower") no(`has no good direction for ${name}`);
  text(unit, name);
  measured(value, name);
  return given as RecordedKpi;
}

function measured(given: unknown, name: string): void {
  const { kind, part, whole: all, amount } = object(given, name);
  if (kind === "ratio") {
    if (whole(part, name) > whole(all, name, 1)) no(`has more than all of ${name}`);
  } else if (kind !== "amount" || typeof amount !== "number" || !Number.isFinite(amount)) {
    no(`has no number for ${name}`);
  }
}

const countNames = ["total", "passed", "failed", "errored", "skipped", "flaky"] as const;

function tests(value: unknown): RecordedTests {
  const given = object(value, "tests");
  const counts = object(given["counts"], "counts");
  return {
    counts: Object.fromEntries(
      countNames.map((name) => [name, whole(counts[name], name)]),
    ) as unknown as TestCounts,
    failing: list(given["failing"], "failing", maxTests).map((one) => {
      const failure = object(one, "failing");
      return { test: text(failure["test"], "failing"), message: text(failure["message"], "failing") };
    }),
    flaky: list(given["flaky"], "flaky", maxTests).map((name) => text(name, "flaky")),
  };
}

function object(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) no(`has no object for ${what}`);
  return value as Readonly<Record<string, unknown>>;
}

function entries(value: unknown, what: string, most: number): readonly (readonly [string, unknown])[] {
  const all = Object.entries(object(value, what));
  if (all.length > most) no(`has more than ${most} entries in ${what}`);
  for (const [name] of all) text(name, what);
  return all;
}

function list(value: unknown, what: string, most: number): readonly unknown[] {
  if (!Array.isArray(value)) no(`has no list for ${what}`);
  const all = value as readonly unknown[];
  return all.length <= most ? all : no(`has more than ${most} entries in ${what}`);
}

function text(value: unknown, what: string): string {
  return typeof value === "string" && value.length <= maxName ? value : no(`has no text for ${what}`);
}

function whole(value: unknown, what: string, least = 0): number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= least
    ? value
    : no(`has no whole number for ${what}`);
}

function commit(value: unknown, what: string): string {
  return typeof value === "string" && /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(value)
    ? value
    : no(`has no commit for ${what}`);
}

function time(value: unknown): string {
  const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/;
  return typeof value === "string" && form.test(value) && Number.isFinite(Date.parse(value))
    ? value
    : no("has no time in at");
}

function outcome(value: unknown): Outcome {
  const known: readonly Outcome[] = ["pass", "warn", "fail", "error"];
  return known.find((one) => one === value) ?? no("has no outcome");
}
