import type { Fraction } from "./exact.ts";
import type { Limit } from "./gate.ts";
import type { RunRecord } from "./history.ts";
import type { Measured } from "./kpi.ts";
import type { Unit } from "./unit.ts";

/** A recorded run in which a limit does not hold. */
export interface ReplayedFailure {
  readonly run: Pick<RunRecord, "number" | "sha" | "at">;
  readonly value: Measured;
  /** What the limit came to in that run; made when it is asked for, because most are only counted. */
  readonly bound: () => Fraction;
}

/** What the spread of the newest runs asks for. */
export interface Suggestion {
  readonly text: string;
  /** How many of `of` runs it does not hold in. */
  readonly failed: number;
  readonly of: number;
}

/** One limit, replayed over the recorded runs. */
export interface ReplayedLimit {
  /** Null for a limit that was given for the replay. */
  readonly phase: string | null;
  readonly kpi: string;
  readonly unit: Unit;
  readonly limit: Limit;
  /** Runs in which it could be judged. */
  readonly judged: number;
  /** Runs that had nothing to compare with. */
  readonly incomparable: number;
  /** Runs that do not know the KPI. */
  readonly absent: number;
  /** Oldest first. */
  readonly failures: readonly ReplayedFailure[];
  /** The one that is furthest from its limit. */
  readonly worst?: ReplayedFailure;
  /** Absent where too few runs know the KPI, or the limit is what they ask for. */
  readonly suggestion?: Suggestion;
}

/** Limits, replayed over the recorded runs, each of them against those before it. */
export interface Tuning {
  readonly runs: number;
  readonly from: string;
  readonly to: string;
  /** Runs that were recorded as red. */
  readonly recordedRed: number;
  /** Runs in which a rule of a required phase is broken. */
  readonly red: number;
  /** The same with the limits that were given in place of those of their KPIs; absent where none were. */
  readonly redChanged?: number;
  readonly limits: readonly ReplayedLimit[];
}
