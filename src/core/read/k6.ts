import type { Measured } from "../model/kpi.ts";
import { refuse } from "../model/problem.ts";
import { errorRate, loadReading, percentage, type Times } from "./load-reading.ts";
import type { Reader } from "./reader.ts";
import { isObject, type Json, member, readJson } from "./text/json.ts";
import { readAmount, readWhole } from "./text/json-number.ts";

/**
 * k6's end-of-test summary in its three shapes: what handleSummary is given, what --summary-export writes, and the
 * machine-readable summary. Thresholds are not believed. https://grafana.com/docs/k6/latest/results-output/end-of-test
 * and https://github.com/grafana/k6-summary
 */
export const k6: Reader = {
  label: "k6 summary",
  families: ["load"],
  writtenBy: "k6 run --summary-export, handleSummary, --new-machine-readable-summary",
  claims: ({ text }) =>
    /^\s*\{/.test(text) &&
    (/"root_group"\s*:\s*\{|"k6Version"\s*:|^\s*\{\s*"setup_data"\s*:/.test(text) ||
      (/^\s*\{\s*"(?:metrics|options|state|setup_data)"\s*:/.test(text) &&
        /"metrics"\s*:\s*\{\s*(?:\}|"[^"\n]*"\s*:\s*\{\s*"(?:type|contains|values|thresholds|avg|min|med|max|count|rate|value|passes|fails|p\()[^"]*"\s*:)/.test(
          text,
        ))),
  read(source, file) {
    const metrics = metricsOf(readJson(source, file), file);
    const amount = (metric: string, key: string) =>
      readAmount(member(metrics.get(metric), key), `${metric} ${key}`, file);
    const count = (metric: string) =>
      readWhole(member(metrics.get(metric), "count"), `${metric} count`, file);
    const duration = metrics.get("http_req_duration");
    const times: Times = {};
    for (const [name, keys] of statistics) {
      const value = keys.map((key) => amount("http_req_duration", key)).find((found) => found !== undefined);
      if (value !== undefined) times[name] = value;
    }
    const failed = failedOf(metrics.get("http_req_failed"), file);
    const counted =
      count("http_reqs") ??
      count("http_req_duration") ??
      (failed?.kind === "ratio" ? failed.whole : undefined);
    // A summary that was cut down to its times tells of requests that took time, however many there were.
    const tookTime = Object.values(times).some((value) => value > 0);
    const requests = counted ?? (tookTime ? 1 : 0);
    return loadReading(
      {
        requests: duration === undefined ? 0 : requests,
        // A request that reached nobody has a time of 0.
        times: tookTime ? times : {},
        errorRate: failed,
        users: amount("vus", "max"),
        throughput: amount("http_reqs", "rate"),
      },
      file,
      duration === undefined ? "holds no http_req_duration, so no request was made" : undefined,
    );
  },
};

/** What the response times are called; the median has two names. */
const statistics = [
  ["p50", ["med", "p(50)"]],
  ["p90", ["p(90)"]],
  ["p95", ["p(95)"]],
  ["p99", ["p(99)"]],
  ["avg", ["avg"]],
  ["max", ["max"]],
] as const;

/** The values of each metric, by its name. */
function metricsOf(document: Json, file: string): ReadonlyMap<string, Json> {
  const listed = member(member(document, "results"), "metrics");
  const named = member(document, "metrics");
  const values = new Map<string, Json>();
  if (Array.isArray(listed)) {
    for (const metric of listed as readonly Json[]) {
      const [name, inner] = [member(metric, "name"), member(metric, "values")];
      if (typeof name !== "string" || !isObject(inner)) bad("a metric has no name and values", file);
      if (values.has(name)) bad(`the metric ${name.slice(0, 80)} is there twice`, file);
      values.set(name, inner);
    }
    return values;
  }
  if (!isObject(named)) bad("the document has no metrics", file);
  for (const [name, metric] of Object.entries(named)) {
    if (!isObject(metric)) bad(`the metric ${name.slice(0, 80)} is not an object`, file);
    values.set(name, member(metric, "values") ?? metric);
  }
  return values;
}

/**
 * Failed requests. k6 calls a request that failed a "pass" of this metric, since failing is what it counts, and other
 * writers turn that round; the rate beside the two counts tells which is which. The counts may also be those that match
 * and all.
 */
function failedOf(values: Json | undefined, file: string): Measured | undefined {
  const what = "http_req_failed";
  const rate = readAmount(member(values, "rate") ?? member(values, "value"), `${what} rate`, file);
  const [passes, fails, matches, total] = ["passes", "fails", "matches", "total"].map((key) =>
    readWhole(member(values, key), `${what} ${key}`, file),
  );
  if (rate === undefined) return undefined;
  const split = passes !== undefined && fails !== undefined;
  const whole = split ? passes + fails : total;
  const parts = split ? [passes, fails] : matches !== undefined ? [matches] : [];
  if (whole === undefined || parts.length === 0) return percentage(rate, `${what} rate`, file);
  const failed = parts.find((part) => Math.abs(part - rate * whole) < 0.01);
  if (failed === undefined) bad(`the rate ${rate} of ${what} is not that of its counts`, file);
  return errorRate(failed, whole, file);
}

function bad(message: string, file: string): never {
  refuse({ code: "bad-value", message, at: { file }, hint: "Let k6 write the summary again." });
}
