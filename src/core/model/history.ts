import type { TestCounts } from "./facts.ts";
import type { Outcome } from "./gate.ts";
import type { Measured } from "./kpi.ts";
import type { Unit } from "./unit.ts";

/** A KPI as a record keeps it: with what it takes to show and compare it without the configuration of today. */
export interface RecordedKpi {
  readonly unit: Unit;
  readonly better: "higher" | "lower";
  readonly value: Measured;
}

/** A failing test as a record keeps it. */
export interface RecordedFailure {
  /** What the test is known by from run to run; see `testIdentity`. */
  readonly test: string;
  /** First line of what the tool said, cut. */
  readonly message: string;
}

/** The tests of a recorded run. */
export interface RecordedTests {
  readonly counts: TestCounts;
  /** At most a stated number; the counts go on. */
  readonly failing: readonly RecordedFailure[];
  readonly flaky: readonly string[];
}

/** A complete run of the default branch. Written once and never changed. */
export interface RunRecord {
  /** Id of the workflow run, or its number where there is none. With the attempt, what the record is known by. */
  readonly id: number;
  /** Order of the runs: a later one has a higher number. */
  readonly number: number;
  readonly attempt: number;
  /** When the gate ran, ISO 8601 in UTC. Shown and used for "30d ago", never for order. */
  readonly at: string;
  readonly sha: string;
  readonly parents: readonly string[];
  readonly branch: string;
  readonly outcome: Outcome;
  /** Names of the phases that were reached, in order. */
  readonly reached: readonly string[];
  readonly kpis: ReadonlyMap<string, RecordedKpi>;
  readonly tests: RecordedTests | null;
  /** Report files read, by family. */
  readonly files: Readonly<Record<string, number>>;
}

/** The recorded run that this one is compared with. */
export interface Baseline {
  readonly record: RunRecord;
  /** Commits from the merge base back to it; absent where no commits are known. */
  readonly distance?: number;
}

/** What the history says to a run: every recorded run but its own earlier attempts, and its baseline. */
export interface Past {
  /** When the run that looks back was, ISO 8601 in UTC. */
  readonly at: string;
  /** Oldest first, the newest attempt of each. */
  readonly records: readonly RunRecord[];
  /** The history could not be read: there may be records that are not here. */
  readonly unread?: true;
  readonly baseline: Baseline | { readonly none: string };
}

/** The commits that a run stands on. */
export interface Ancestry {
  /** The merge base with the target branch (on the default branch the commit itself) and its first parents, newest first. */
  readonly commits: readonly string[];
  /** The list stops because the checkout does, not because history begins. */
  readonly shallow: boolean;
}
