import type { Tally } from "../model/line-set.ts";
import { amount, type Kpi, ratio } from "./kpi.ts";

/** KPIs of coverage reports, over all source files of all of them. */
export const coverageKpis = {
  "coverage.lines": {
    label: "Line coverage",
    unit: "%",
    better: "higher",
    definition: "Covered lines of executable lines, united by line number over all report files.",
    step: ["more covered line", "more covered lines"],
    measure: ({ coverage }) => share(coverage?.lines),
  },
  "coverage.branches": {
    label: "Branch coverage",
    unit: "%",
    better: "higher",
    definition: "Branches that were taken of all branches, in source files whose report records branches.",
    step: ["more covered branch", "more covered branches"],
    measure: ({ coverage }) => share(coverage?.branches),
  },
  "coverage.functions": {
    label: "Function coverage",
    unit: "%",
    better: "higher",
    definition:
      "Functions that were called of all functions, in source files whose report records functions.",
    step: ["more covered function", "more covered functions"],
    measure: ({ coverage }) => share(coverage?.functions),
  },
  "coverage.statements": {
    label: "Statement coverage",
    unit: "%",
    better: "higher",
    definition: "Statements that ran of all statements, in source files whose report records statements.",
    step: ["more covered statement", "more covered statements"],
    measure: ({ coverage }) => share(coverage?.statements),
  },
  "coverage.diff": {
    label: "Coverage of changed lines",
    unit: "%",
    better: "higher",
    definition: "Covered lines of the executable lines that this change adds or changes.",
    step: ["more covered changed line", "more covered changed lines"],
    measure: ({ diff }) => {
      if (diff?.kind !== "changed") return diff ?? undefined;
      const reason = `no executable line changed since ${diff.since}`;
      return ratio(diff.covered, diff.total) ?? { kind: "incomparable", reason };
    },
  },
  "coverage.uncovered": {
    label: "Uncovered lines",
    unit: "count",
    better: "lower",
    definition: "Executable lines that did not run.",
    step: ["fewer uncovered line", "fewer uncovered lines"],
    measure: ({ coverage }) =>
      coverage && coverage.lines.total > 0
        ? amount(coverage.lines.total - coverage.lines.covered)
        : undefined,
  },
  "coverage.files": {
    label: "Source files in coverage",
    unit: "count",
    better: "higher",
    definition: "Source files that the coverage reports list.",
    step: ["more source file in the coverage report", "more source files in the coverage report"],
    measure: ({ coverage }) => (coverage && coverage.lines.total > 0 ? amount(coverage.files) : undefined),
  },
} as const satisfies Record<string, Kpi>;

function share(tally: Tally | undefined) {
  return tally === undefined ? undefined : ratio(tally.covered, tally.total);
}
