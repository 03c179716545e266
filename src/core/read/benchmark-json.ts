import { readMetric } from "./metrics-json.ts";
import { createMetrics } from "./metrics-tally.ts";
import type { Reader } from "./reader.ts";
import { type Json, readJson } from "./text/json.ts";

/**
 * What github-action-benchmark takes as customBiggerIsBetter and customSmallerIsBetter: a list of names, values and
 * units. https://github.com/benchmark-action/github-action-benchmark#examples
 */
export const benchmarkJson: Reader = {
  label: "Benchmark JSON",
  families: ["metrics"],
  writtenBy: "scripts for github-action-benchmark (customBiggerIsBetter, customSmallerIsBetter)",
  claims: ({ json: { list, keys } }) =>
    list && keys.has("name") && keys.has("value") && !keys.has("check_name"),
  read(source, file) {
    const metrics = createMetrics(file);
    for (const [i, entry] of (readJson(source, file) as readonly Json[]).entries())
      metrics.add({ ...readMetric(entry, "name", `benchmark ${i + 1}`, file), labels: "", from: { file } });
    return metrics.finish();
  },
};
