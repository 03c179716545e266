import { refuse } from "../model/problem.ts";
import { createMetrics } from "./metrics-tally.ts";
import type { Reader } from "./reader.ts";
import { isObject, type Json, kindOf, member, readJson } from "./text/json.ts";

/** Our own list of numbers; docs/metrics.schema.json says what it may hold. */
export const metricsJson: Reader = {
  label: "Metrics JSON",
  families: ["metrics"],
  writtenBy: "any script: a list of names, values and units",
  claims: ({ text, json: { keys } }) =>
    keys.has("metrics") && /"metrics"\s*:\s*\[/.test(text) && !keys.has("key") && !keys.has("*/key"),
  read(source, file) {
    const document = readJson(source, file);
    onlyKnown(document, ["$schema", "metrics"], "the document", file);
    const list = member(document, "metrics");
    const metrics = createMetrics(file);
    for (const [i, entry] of (Array.isArray(list) ? (list as readonly Json[]) : []).entries()) {
      const what = `metric ${i + 1}`;
      onlyKnown(entry, ["name", "value", "unit"], what, file);
      metrics.add({ ...readMetric(entry, "name", what, file), labels: "", from: { file } });
    }
    return metrics.finish();
  },
};

/** Name, value and unit of a metric. Throws InputError where one is not of its form. */
export function readMetric(entry: Json, nameKey: string, what: string, file: string) {
  const [name, value, unit] = [member(entry, nameKey), member(entry, "value"), member(entry, "unit")];
  if (typeof name !== "string" || name.trim() === "") bad(`${what} has no ${nameKey}`, file);
  if (typeof value !== "number") {
    const found = value === undefined || value === null ? "no value" : `${kindOf(value)} as its value`;
    bad(`${name.slice(0, 120)} has ${found}`, file);
  }
  if (unit !== undefined && typeof unit !== "string")
    bad(`${name.slice(0, 120)} has a unit that is no text`, file);
  return { name, value, ...(unit === undefined || unit === "" ? {} : { unit }) };
}

function onlyKnown(value: Json, known: readonly string[], what: string, file: string): void {
  if (!isObject(value)) bad(`${what} is not an object`, file);
  const other = Object.keys(value).find((key) => !known.includes(key));
  if (other !== undefined) bad(`${what} has the unknown key "${other.slice(0, 60)}"`, file);
}

function bad(message: string, file: string): never {
  const hint = 'A metric is { "name": "queue.depth", "value": 12, "unit": "ms" }, its unit may be left out.';
  refuse({ code: "bad-value", message, at: { file }, hint });
}
