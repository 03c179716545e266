import { refuse } from "../model/problem.ts";
import { countStatuses, errorRate, loadReading } from "./load-reading.ts";
import type { Reader } from "./reader.ts";
import { isObject, member, readJson } from "./text/json.ts";
import { readAmount, readCounts } from "./text/json-number.ts";

/** Artillery's report of version 2. https://www.artillery.io/docs/reference/reported-metrics */
export const artillery: Reader = {
  label: "Artillery JSON",
  families: ["load"],
  writtenBy: "artillery run --output report.json",
  claims: ({ json: { keys } }) =>
    (keys.has("aggregate") || keys.has("intermediate")) &&
    (keys.has("*/counters") || keys.has("*/summaries")),
  read(source, file) {
    const aggregate = member(readJson(source, file), "aggregate");
    const all = member(aggregate, "counters");
    if (!isObject(all)) {
      refuse({ code: "bad-value", message: "the aggregate has no counters", at: { file } });
    }
    const counters = readCounts(all, "counter", file);
    const statuses = Object.entries(counters)
      .filter(([name]) => name.startsWith("http.codes."))
      .map(([name, count]) => [name.slice("http.codes.".length), count] as const);
    const { answers, failed } = countStatuses(Object.fromEntries(statuses));
    const requests = Math.max(counters["http.requests"] ?? 0, answers);
    const summary = member(member(aggregate, "summaries"), "http.response_time");
    const time = (key: string) => readAmount(member(summary, key), `http.response_time ${key}`, file);
    const times = {
      p50: time("p50") ?? time("median"),
      p90: time("p90"),
      p95: time("p95"),
      p99: time("p99"),
      avg: time("mean"),
      max: time("max"),
    };
    const rate = member(member(aggregate, "rates"), "http.request_rate");
    return loadReading(
      {
        requests,
        times: answers > 0 ? times : {},
        // A request without an answer ran into a timeout or found nobody there.
        errorRate: errorRate(failed + requests - answers, requests, file),
        throughput: readAmount(rate, "http.request_rate", file),
      },
      file,
    );
  },
};
