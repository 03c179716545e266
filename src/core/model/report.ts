import type { ChangedCoverage } from "./changes.ts";
import type { FailingTest, Family, Finding, TestCounts, TestName, TimedTest } from "./facts.ts";
import type { GateResult, Outcome } from "./gate.ts";
import type { Measured } from "./kpi.ts";
import type { PolicyResult } from "./policy.ts";
import type { Problem } from "./problem.ts";
import type { Run } from "./run.ts";
import type { Unit } from "./unit.ts";

/** One report file as it was read; `null` where no reader knew it. */
export interface EvidenceFile {
  readonly path: string;
  readonly format: string | null;
  readonly family: Family | null;
}

/** A failing test as it is reported. */
export interface ReportedFailure extends FailingTest {
  /** It did not fail in the baseline. */
  readonly isNew?: true;
  /** It stands on a line that this change adds or changes. */
  readonly touched?: true;
}

/** A measured KPI, with what a rendering needs to show it. */
export interface ReportedKpi {
  readonly label: string;
  readonly unit: Unit;
  readonly better: "higher" | "lower";
  readonly value: Measured;
  /** Its value in the baseline, where there is one. */
  readonly before?: Measured;
}

/** What this run was compared with. */
export interface ReportedPast {
  /** How many runs are recorded. */
  readonly runs: number;
  readonly baseline: ReportedBaseline | { readonly none: string };
  /** Of every KPI that has a rule and was measured, in the order of the rules, where two runs or more know it. */
  readonly trends: readonly Trend[];
}

/** A KPI over the last recorded runs. Plain numbers, percent for ratios: to be seen, never to be compared. */
export interface Trend {
  readonly kpi: string;
  /** Oldest first; null for a run that does not know the KPI. */
  readonly values: readonly (number | null)[];
  /** That of the first rule that does not hold, else of the last one; null where it has no number. */
  readonly limit: number | null;
  /** The oldest recorded value, and when that run was, ISO 8601 in UTC. */
  readonly first: { readonly value: number; readonly at: string };
}

export interface ReportedBaseline {
  readonly sha: string;
  readonly number: number;
  readonly outcome: Outcome;
  /** Commits from the merge base back to it; absent where no commits are known. */
  readonly distance?: number;
}

/** The whole answer of one run: what was found, measured and judged. Every rendering is made from it alone. */
export interface Report {
  /** Tells several gates of one repository apart; letters, digits, `.`, `_` and `-`. */
  readonly name: string;
  readonly title: string;
  readonly mode: "enforce" | "report";
  readonly run: Run;
  /** Null when the configuration could not be read: nothing was judged. */
  readonly gate: GateResult | null;
  /** Every KPI that could be measured, by name. */
  readonly kpis: ReadonlyMap<string, ReportedKpi>;
  readonly tests: {
    readonly counts: TestCounts;
    /** New ones first, where there is a baseline. */
    readonly failing: readonly ReportedFailure[];
    readonly flaky: readonly TestName[];
    readonly slowest: readonly TimedTest[];
  } | null;
  /** Findings of scans and linters: how many there are, and those on touched lines and the worst of them. */
  readonly findings: { readonly total: number; readonly kept: readonly Finding[] };
  /** Absent where no history was given. */
  readonly past?: ReportedPast;
  /** Coverage of the changed lines; null where this run is about no change, or its lines could not be looked up. */
  readonly changes: ChangedCoverage | null;
  /** What this change does to the limits; null where nothing was compared. */
  readonly policy: PolicyResult | null;
  readonly problems: readonly Problem[];
  readonly files: readonly EvidenceFile[];
}
