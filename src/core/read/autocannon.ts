import { refuse } from "../model/problem.ts";
import { errorRate, loadReading } from "./load-reading.ts";
import type { Reader } from "./reader.ts";
import { isObject, member, readJson } from "./text/json.ts";
import { readAmount, readWhole } from "./text/json-number.ts";

/** autocannon's result. It knows no p95. https://github.com/mcollina/autocannon#autocannonopts-cb */
export const autocannon: Reader = {
  label: "autocannon JSON",
  families: ["load"],
  writtenBy: "autocannon --json",
  claims: ({ json: { keys } }) => keys.has("non2xx") && keys.has("connections"),
  read(source, file) {
    const document = readJson(source, file);
    const latency = member(document, "latency");
    if (!isObject(latency) || !isObject(member(document, "requests"))) {
      refuse({ code: "bad-value", message: "the document has no latency and requests", at: { file } });
    }
    const count = (key: string) => readWhole(member(document, key), key, file) ?? 0;
    const time = (key: string) => readAmount(latency[key], `latency ${key}`, file);
    const answers = ["1xx", "2xx", "3xx", "4xx", "5xx"].reduce((sum, key) => sum + count(key), 0);
    // Errors hold the timeouts; an answer with the wrong body may have any status.
    const requests = answers + count("errors");
    const failed = Math.min(requests, count("4xx") + count("5xx") + count("errors") + count("mismatches"));
    const seconds = readAmount(member(document, "duration"), "duration", file);
    const times = {
      p50: time("p50"),
      p90: time("p90"),
      p99: time("p99"),
      avg: time("average"),
      max: time("max"),
    };
    return loadReading(
      {
        requests,
        // With no answer there was no time to measure, and autocannon writes 0.
        times: answers > 0 ? times : {},
        errorRate: errorRate(failed, requests, file),
        users: readWhole(member(document, "connections"), "connections", file),
        throughput: seconds ? answers / seconds : undefined,
      },
      file,
    );
  },
};
