import type { TestCounts, TestFacts } from "../model/facts.ts";
import type { Measured } from "../model/kpi.ts";
import { type FailuresSince, failuresSince } from "./failures-since.ts";
import { amount, type Kpi, ratio, type United } from "./kpi.ts";

const fewerFailing = ["fewer failing test", "fewer failing tests"] as const;

/** KPIs of test reports. With nothing executed only total, skipped and duration exist. */
export const testKpis = {
  "tests.pass_rate": {
    label: "Test pass rate",
    unit: "%",
    better: "higher",
    definition: "Passed tests of executed tests (passed + failed + errored); skipped tests are left out.",
    step: ["more passing test", "more passing tests"],
    measure: ({ tests }) => (tests ? ratio(tests.counts.passed, executed(tests.counts)) : undefined),
  },
  "tests.error_rate": {
    label: "Test error rate",
    unit: "%",
    better: "lower",
    definition: "Failed and errored tests of executed tests.",
    step: fewerFailing,
    measure: ({ tests }) =>
      tests ? ratio(tests.counts.failed + tests.counts.errored, executed(tests.counts)) : undefined,
  },
  "tests.total": {
    label: "Tests",
    unit: "count",
    better: "higher",
    definition: "Test cases found, skipped ones included.",
    step: ["more test", "more tests"],
    measure: ({ tests }) => amount(tests?.counts.total),
  },
  "tests.passed": {
    label: "Passed tests",
    unit: "count",
    better: "higher",
    definition: "Test cases that passed, flaky ones included.",
    step: ["more passing test", "more passing tests"],
    measure: ({ tests }) => ifExecuted(tests, ({ passed }) => passed),
  },
  "tests.failed": {
    label: "Failed tests",
    unit: "count",
    better: "lower",
    definition: "Test cases with a failure: an assertion that did not hold.",
    step: ["fewer failed test", "fewer failed tests"],
    measure: ({ tests }) => ifExecuted(tests, ({ failed }) => failed),
  },
  "tests.errored": {
    label: "Errored tests",
    unit: "count",
    better: "lower",
    definition:
      "Test cases with an error: something broke before or beside the assertions, such as a set-up.",
    step: ["fewer errored test", "fewer errored tests"],
    measure: ({ tests }) => ifExecuted(tests, ({ errored }) => errored),
  },
  "tests.skipped": {
    label: "Skipped tests",
    unit: "count",
    better: "lower",
    definition: "Test cases that were not executed: skipped, disabled, ignored, not run.",
    step: ["fewer skipped test", "fewer skipped tests"],
    measure: ({ tests }) => amount(tests?.counts.skipped),
  },
  "tests.flaky": {
    label: "Flaky tests",
    unit: "count",
    better: "lower",
    definition: "Test cases that passed only after a failed attempt, as their report file tells.",
    step: ["fewer flaky test", "fewer flaky tests"],
    measure: ({ tests }) => ifExecuted(tests, ({ flaky }) => flaky),
  },
  "tests.new_failures": {
    label: "New failures",
    unit: "count",
    better: "lower",
    definition: "Failing tests that did not fail in the baseline, known by suites, class and name.",
    step: ["fewer new failure", "fewer new failures"],
    looksBack: true,
    measure: (facts) => since(facts, ({ fresh }) => fresh),
  },
  "tests.fixed": {
    label: "Fixed tests",
    unit: "count",
    better: "higher",
    definition:
      "Tests that failed in the baseline and do not fail any more; one that was removed counts, too.",
    step: ["more fixed test", "more fixed tests"],
    looksBack: true,
    measure: (facts) => since(facts, ({ fixed }) => fixed),
  },
  "tests.duration": {
    label: "Test duration",
    unit: "ms",
    better: "lower",
    definition: "Sum of the times of all test cases; a case without a time counts 0.",
    step: ["less", "less"],
    measure: ({ tests }) => amount(tests ? milliseconds(tests.seconds) : undefined),
  },
  "tests.slowest": {
    label: "Slowest test",
    unit: "ms",
    better: "lower",
    definition: "Time of the slowest test case.",
    step: ["less", "less"],
    measure: ({ tests }) => {
      const slowest = tests && executed(tests.counts) > 0 ? tests.slowest[0] : undefined;
      return amount(slowest && milliseconds(slowest.seconds));
    },
  },
} as const satisfies Record<string, Kpi>;

function executed({ passed, failed, errored }: TestCounts): number {
  return passed + failed + errored;
}

function since({ tests, past }: United, count: (changes: FailuresSince) => number) {
  if (!tests || executed(tests.counts) === 0) return undefined;
  const changes = failuresSince(tests, past);
  return "kind" in changes ? changes : amount(count(changes));
}

function ifExecuted(tests: TestFacts | null, count: (counts: TestCounts) => number): Measured | undefined {
  return tests && executed(tests.counts) > 0 ? amount(count(tests.counts)) : undefined;
}

/** To a thousandth of a millisecond, which is finer than any tool measures, and free of the noise of adding. */
function milliseconds(seconds: number): number {
  return Math.round(seconds * 1e6) / 1e3;
}
