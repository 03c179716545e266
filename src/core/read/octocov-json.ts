import { refuse } from "../model/problem.ts";
import { readMetric } from "./metrics-json.ts";
import { createMetrics } from "./metrics-tally.ts";
import type { Reader } from "./reader.ts";
import { type Json, member, readJson } from "./text/json.ts";

/** octocov's custom metrics; `acceptables` are not believed. https://github.com/k1LoW/octocov#custom-metrics */
export const octocovJson: Reader = {
  label: "octocov custom metrics",
  families: ["metrics"],
  writtenBy: "scripts for octocov",
  claims: ({ json: { keys } }) => keys.has("metrics") && keys.has("key"),
  read(source, file) {
    const document = readJson(source, file);
    const [set, list] = [member(document, "key"), member(document, "metrics")];
    if (typeof set !== "string" || !Array.isArray(list))
      refuse({ code: "bad-value", message: "the document has no key and metrics", at: { file } });
    const metrics = createMetrics(file);
    for (const [i, entry] of (list as readonly Json[]).entries()) {
      const { name, ...rest } = readMetric(entry, "key", `metric ${i + 1}`, file);
      metrics.add({ ...rest, name: `${set}.${name}`, labels: "", from: { file } });
    }
    return metrics.finish();
  },
};
