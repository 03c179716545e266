import { countStatuses, errorRate, loadReading } from "./load-reading.ts";
import type { Reader } from "./reader.ts";
import { member, readJson } from "./text/json.ts";
import { readAmount, readCounts } from "./text/json-number.ts";

/** oha's result, with times in seconds. https://github.com/hatoo/oha, schema.json */
export const oha: Reader = {
  label: "oha JSON",
  families: ["load"],
  writtenBy: "oha --output-format json",
  claims: ({ json: { keys } }) => keys.has("latencyPercentiles") && keys.has("*/requestsPerSec"),
  read(source, file) {
    const document = readJson(source, file);
    const part = (name: string) => member(document, name);
    const { answers, failed } = countStatuses(readCounts(part("statusCodeDistribution"), "status", file));
    // What was under way when the time was up did not fail.
    const errors = Object.entries(readCounts(part("errorDistribution"), "error", file))
      .filter(([error]) => error !== "aborted due to deadline")
      .reduce((sum, [, count]) => sum + count, 0);
    const milliseconds = (from: string, key: string) => {
      const seconds = readAmount(member(part(from), key), `${from} ${key}`, file);
      return seconds === undefined ? undefined : Number((seconds * 1000).toPrecision(15));
    };
    const percentile = (key: string) => milliseconds("latencyPercentiles", key);
    const times = {
      p50: percentile("p50"),
      p90: percentile("p90"),
      p95: percentile("p95"),
      p99: percentile("p99"),
      avg: milliseconds("summary", "average"),
      max: milliseconds("summary", "slowest"),
    };
    const requests = answers + errors;
    return loadReading(
      {
        requests,
        times: answers > 0 ? times : {},
        errorRate: errorRate(failed + errors, requests, file),
        throughput: readAmount(member(part("summary"), "requestsPerSec"), "requestsPerSec", file),
      },
      file,
    );
  },
};
