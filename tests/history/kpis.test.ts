import { describe, expect, test } from "vitest";
import { historyKpis } from "../../src/core/measure/history.ts";
import { kpis } from "../../src/core/measure/index.ts";
import { type Kpi, noFacts, type United } from "../../src/core/measure/kpi.ts";
import { testKpis } from "../../src/core/measure/tests.ts";
import type { Outcome } from "../../src/core/model/gate.ts";
import type { RecordedTests, RunRecord } from "../../src/core/model/history.ts";
import { day, record } from "./records.ts";

const days = 86_400_000;
const run = (number: number, outcome: Outcome, on = number) => record(number, { outcome, at: day(on) });
const tested = (number: number, flaky: number): RunRecord => {
  const counts = { total: 9, passed: 9, failed: 0, errored: 0, skipped: 0, flaky };
  return record(number, { tests: { counts, failing: [], flaky: [] } satisfies RecordedTests });
};
const measured = (kpi: keyof typeof historyKpis, records: readonly RunRecord[], at = day(10)) =>
  historyKpis[kpi].measure({ ...noFacts, past: { at, records, baseline: { none: "" } } });

const stable = [run(1, "pass"), run(2, "warn")];
const broken = [
  run(1, "pass"),
  run(3, "fail"),
  run(4, "fail"),
  run(5, "pass"),
  run(8, "fail"),
  run(9, "pass"),
];
const red = [run(4, "pass"), run(6, "fail"), run(7, "error")];
const long = [run(1, "fail", -200), run(2, "pass", 5), run(3, "fail", 6)];
const resting = [run(1, "pass", -990), run(2, "fail", -988), run(3, "pass", -987)];
const backwards = [run(1, "pass", 3), run(2, "fail", 1), run(3, "pass", 9)];

const cases: readonly (readonly [string, keyof typeof historyKpis, readonly RunRecord[], unknown])[] = [
  ["runs are counted", "history.runs", broken, 6],
  ["no run is 0 runs", "history.runs", [], 0],
  ["green time divided by the failures", "history.mtbf", broken, ((2 + 3) / 2) * days],
  [
    "a branch that was never red",
    "history.mtbf",
    stable,
    "the default branch never turned red in the 90 days before its newest recorded run",
  ],
  ["nothing recorded", "history.mtbf", [], "no recorded run yet"],
  ["the mean time from red to green", "history.recovery_time", broken, ((2 + 1) / 2) * days],
  ["a failure that lasts counts until now", "history.recovery_time", red, 4 * days],
  [
    "nothing to recover from",
    "history.recovery_time",
    stable,
    "the default branch never turned red in the 90 days before its newest recorded run",
  ],
  ["red runs of all", "history.failure_rate", broken, "3/6"],
  ["could not be judged is red, too", "history.failure_rate", red, "2/3"],
  ["what is long ago is left out", "history.failure_rate", long, "1/2"],
  ["a clock that runs backwards takes no time", "history.mtbf", backwards, 0],
  [
    "runs with flaky tests of those with tests",
    "history.flaky_rate",
    [tested(1, 0), tested(2, 3), record(3)],
    "1/2",
  ],
  ["no run with tests", "history.flaky_rate", [record(3)], "no recorded run has tests"],
  ["green of a branch that nobody works on does not grow", "history.mtbf", resting, 2 * days],
  ["nor is its past forgotten", "history.failure_rate", resting, "1/3"],
];

describe("KPIs of the history", () => {
  test.each(cases)("%s", (_, kpi, records, expected) => {
    const value = measured(kpi, records);
    const shown =
      value?.kind === "ratio"
        ? `${value.part}/${value.whole}`
        : value?.kind === "amount"
          ? value.amount
          : value?.reason;
    expect(shown).toBe(expected);
  });

  test("are missing where no history was given", () => {
    for (const kpi of Object.values(historyKpis)) expect(kpi.measure(noFacts)).toBeUndefined();
  });
});

test("KPIs that look back are those that have no number without a history", () => {
  const counts = { total: 1, passed: 1, failed: 0, errored: 0, skipped: 0, flaky: 0 };
  const slowest = [{ suite: [], className: "", name: "a", seconds: 1 }];
  const facts: United = { ...noFacts, tests: { counts, seconds: 1, failing: [], flaky: [], slowest } };
  const numberless = Object.entries<Kpi>({ ...testKpis, ...historyKpis }).filter(([, kpi]) => {
    const value = kpi.measure?.(facts);
    return value === undefined || value.kind === "incomparable";
  });
  const looking = Object.entries(kpis).filter(([, { looksBack }]) => looksBack);
  expect(numberless.map(([name]) => name)).toEqual(looking.map(([name]) => name));
});
