import { describe, expect, test } from "vitest";
import { shrinkProblems } from "../../src/core/history/shrink.ts";
import { failuresSince } from "../../src/core/measure/failures-since.ts";
import type { FailingTest, TestFacts } from "../../src/core/model/facts.ts";
import type { Past, RecordedTests } from "../../src/core/model/history.ts";
import type { Measured } from "../../src/core/model/kpi.ts";
import { amount, day, ratio, record } from "./records.ts";

const failing = (name: string, file = "a.test.ts"): FailingTest => ({
  suite: ["unit"],
  className: "cart",
  name,
  how: "failed",
  message: "",
  details: "",
  at: { file },
  from: { file: `${file}.xml` },
});
const facts = (tests: readonly FailingTest[], unnamed = 0): TestFacts => ({
  counts: { total: 9, passed: 0, failed: tests.length + unnamed, errored: 0, skipped: 0, flaky: 0 },
  seconds: 1,
  failing: tests,
  flaky: [],
  slowest: [],
});
const past = (tests: RecordedTests | null): Past => {
  const newest = record(1, { tests });
  return { at: day(9), records: [newest], baseline: { record: newest } };
};
const recorded = (...names: readonly string[]): RecordedTests => ({
  counts: { total: 9, passed: 0, failed: names.length, errored: 0, skipped: 0, flaky: 0 },
  failing: names.map((name) => ({ test: `unit > cart > ${name}`, message: "" })),
  flaky: [],
});

const cases: readonly (readonly [string, TestFacts, Past | undefined, unknown])[] = [
  ["still failing is not new", facts([failing("adds")]), past(recorded("adds")), [0, 0]],
  ["a test that fails from now on", facts([failing("adds")]), past(recorded()), [1, 0]],
  ["a test that was repaired", facts([]), past(recorded("adds")), [0, 1]],
  [
    "a test that moved to another file",
    facts([failing("adds", "b.test.ts")]),
    past(recorded("adds")),
    [0, 0],
  ],
  [
    "the same test of one more suite run",
    facts([failing("adds"), failing("adds")]),
    past(recorded("adds")),
    [1, 0],
  ],
  ["failing tests without names count as new", facts([failing("adds")], 2), past(recorded("adds")), [2, 0]],
  ["and may be those that seem repaired", facts([], 1), past(recorded("adds")), [1, 0]],
  ["a baseline without tests", facts([]), past(null), "the baseline has no tests"],
  ["no history", facts([]), undefined, "no history was given"],
  [
    "no baseline",
    facts([]),
    { ...past(null), baseline: { none: "no recorded run yet" } },
    "no recorded run yet",
  ],
];

describe("failing tests against the baseline", () => {
  test.each(cases)("%s", (_, tests, given, expected) => {
    const since = failuresSince(tests, given);
    expect("kind" in since ? since.reason : [since.fresh, since.fixed]).toEqual(expected);
  });
});

const grown = (tests: number, files: number, lines: number): ReadonlyMap<string, Measured> =>
  new Map([
    ["tests.total", amount(tests)],
    ["coverage.files", amount(files)],
    ["coverage.lines", ratio(1, lines)],
  ]);
const before = (tests: number, files: number, lines: number): Past => {
  const kpis = new Map(
    [...grown(tests, files, lines)].map(([name, value]) => [
      name,
      { unit: "count", better: "higher" as const, value },
    ]),
  );
  const newest = record(1, { kpis });
  return { at: day(9), records: [newest], baseline: { record: newest } };
};
const guarded = (now: ReadonlyMap<string, Measured>, share = 10n) =>
  shrinkProblems(now, before(100, 20, 1000), { digits: share, scale: 0 }).map(({ message }) => message);

describe("the shrink guard", () => {
  test("lets evidence grow, and shrink by the share", () => {
    expect(guarded(grown(150, 25, 2000))).toEqual([]);
    expect(guarded(grown(90, 18, 900))).toEqual([]);
  });

  test("names what was lost beyond it", () => {
    expect(guarded(grown(89, 17, 899))).toEqual([
      "89 tests, 11% fewer than the 100 of the baseline",
      "17 source files in coverage, 15% fewer than the 20 of the baseline",
      "899 executable lines in coverage, 10.1% fewer than the 1000 of the baseline",
    ]);
  });

  test("accepts a larger share where the plan names it", () => {
    expect(guarded(grown(89, 17, 899), 15n)).toEqual([]);
    expect(guarded(grown(1, 1, 1), 100n)).toEqual([]);
  });

  test("guards nothing without a baseline, and nothing that was not measured", () => {
    expect(shrinkProblems(grown(1, 1, 1), undefined, { digits: 10n, scale: 0 })).toEqual([]);
    expect(guarded(new Map())).toEqual([]);
  });
});
