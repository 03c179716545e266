import { describe, expect, test } from "vitest";
import type { Queried } from "../../src/core/model/config.ts";
import { readPrometheusAnswer } from "../../src/core/read/prometheus-answer.ts";
import { pieces } from "../runner/bytes.ts";

const at = Date.UTC(2026, 10, 24);
const seconds = at / 1_000;

const moment: Queried = { kpi: "resources.memory", query: "max(memory_bytes)", unit: "B" };
const stretch: Queried = { ...moment, range: { over: 60_000, every: 30_000, take: "worst" } };

function read(document: unknown, asked = moment, status = 200) {
  const text = typeof document === "string" ? document : JSON.stringify(document);
  const answer = { status, body: pieces(text), at };
  return readPrometheusAnswer("prometheus/resources.memory", answer, { asked, maxAge: 300_000 });
}

const vector = (...result: readonly unknown[]) => ({
  status: "success",
  data: { resultType: "vector", result },
});
const matrix = (...result: readonly unknown[]) => ({
  status: "success",
  data: { resultType: "matrix", result },
});
const series = (value: unknown, time: unknown = seconds) => ({
  metric: { job: "shop" },
  value: [time, value],
});
const points = (...values: readonly string[]) => ({
  metric: { job: "shop" },
  values: values.map((value, i) => [seconds - 30 * (values.length - 1 - i), value]),
});

describe("an answer is believed only as a whole and as the API promises it", () => {
  const good: readonly (readonly [string, unknown, Queried, readonly (number | null)[]])[] = [
    ["a number for now", vector(series("427819008")), moment, [427_819_008]],
    ["a number with a power", vector(series("4.27e+08")), moment, [427_000_000]],
    [
      "a scalar",
      { status: "success", data: { resultType: "scalar", result: [seconds, "12"] } },
      moment,
      [12],
    ],
    ["a time of three points", matrix(points("1", "3", "2")), stretch, [1, 3, 2]],
    [
      "their mean",
      matrix(points("1", "3", "2")),
      { ...stretch, range: { ...stretch.range!, take: "mean" } },
      [2],
    ],
    ["nothing", vector(), moment, []],
    ["nothing over a time", matrix(), stretch, []],
    ["not a number", vector(series("NaN")), moment, [null]],
    ["an infinity", vector(series("+Inf")), moment, [null]],
    ["a number of a minute ago", vector(series("5", seconds - 60)), moment, [5]],
  ];
  test.each(good)("%s", (_, document, asked, values) => {
    const { facts, problems } = read(document, asked);
    const metrics = facts?.kind === "metrics" ? facts.metrics : undefined;
    expect(metrics?.map(({ value }) => value)).toEqual(values);
    expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
  });

  const bad: readonly (readonly [string, unknown, string, (Queried | undefined)?, number?])[] = [
    ["two series", vector(series("1"), series("2")), "prometheus-series"],
    [
      "two series over a time",
      matrix(points("1", "1", "1"), points("2", "2", "2")),
      "prometheus-series",
      stretch,
    ],
    ["warnings", { ...vector(series("1")), warnings: ["a store did not answer"] }, "prometheus-partial"],
    ["a gap", matrix(points("1", "2")), "prometheus-partial", stretch],
    ["an old value", vector(series("1", seconds - 7_200)), "prometheus-stale"],
    ["a value of tomorrow", vector(series("1", seconds + 86_400)), "prometheus-stale"],
    [
      "an error",
      { status: "error", errorType: "bad_data", error: "parse error" },
      "prometheus-failed",
      moment,
      400,
    ],
    ["an error that says 200", { status: "error", error: "no" }, "prometheus-failed"],
    ["an error beside data", { ...vector(series("1")), status: "error" }, "prometheus-failed"],
    ["no access", "Unauthorized", "prometheus-failed", moment, 401],
    ["a redirect", "", "prometheus-failed", moment, 302],
    ["a broken server", "<html>", "prometheus-failed", moment, 502],
    ["a page", "<html>Sign in</html>", "json-syntax"],
    ["no content", "", "empty-file"],
    ["half of an answer", JSON.stringify(vector(series("1"))).slice(0, 60), "json-syntax"],
    ["no status", { data: vector(series("1")).data }, "prometheus-failed"],
    ["no data", { status: "success" }, "prometheus-failed"],
    ["a list", [1], "prometheus-failed"],
    ["a range of values", matrix(points("1", "2", "3")), "prometheus-failed"],
    ["one moment in place of a time", vector(series("1")), "prometheus-failed", stretch],
    [
      "a text",
      { status: "success", data: { resultType: "string", result: [seconds, "up"] } },
      "prometheus-failed",
    ],
    ["a histogram", vector({ metric: {}, histogram: [seconds, { count: "1" }] }), "prometheus-failed"],
    ["a number that is no text", vector(series(1)), "prometheus-failed"],
    ["a text that is no number", vector(series("0x10")), "prometheus-failed"],
    ["an empty text", vector(series("")), "prometheus-failed"],
    ["a time that is a text", vector(series("1", "now")), "prometheus-failed"],
    ["no value", vector({ metric: {} }), "prometheus-failed"],
    ["no labels", vector({ value: [seconds, "1"] }), "prometheus-failed"],
    ["one key twice", '{"status":"success","status":"error"}', "duplicate-key"],
  ];
  test.for(bad)("%s is refused", ([, document, code, asked = moment, status = 200]) => {
    const { facts, problems } = read(document, asked, status);
    expect(facts).toBeUndefined();
    expect(problems.map((problem) => [problem.code, problem.severity])).toEqual([[code, "error"]]);
    expect(JSON.stringify(problems)).not.toMatch(/undefined|\[object/);
  });

  test("what it finds nothing for, and what is no number, is said", () => {
    expect(read(vector()).problems).toMatchObject([{ code: "no-samples", severity: "warning" }]);
    expect(read(vector(series("NaN"))).problems).toMatchObject([{ code: "not-finite", severity: "note" }]);
    const infos = { ...vector(series("1")), infos: ["metric might not be a counter"] };
    expect(read(infos).problems).toMatchObject([{ code: "prometheus-partial", severity: "note" }]);
  });
});
