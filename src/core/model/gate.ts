import type { Decimal, Fraction } from "./exact.ts";
import type { Measured } from "./kpi.ts";
import type { Unit } from "./unit.ts";

/** Words of comparison in limits. */
export type Op = "at least" | "at most" | "above" | "below" | "exactly";

/**
 * Recorded runs of the default branch that a limit compares with.
 * baseline: the run that this one is compared with. first: the oldest. best: the one with the best value.
 * ago: the newest that is at least so old. median: the middle value of the newest runs, by number or by age.
 */
export type Reference =
  | { readonly kind: "baseline" | "first" | "best" }
  | { readonly kind: "ago"; readonly milliseconds: number }
  | { readonly kind: "median"; readonly runs: number }
  | { readonly kind: "median"; readonly milliseconds: number };

/** How far a bound lies from its reference; negative: below it. */
export interface Shift {
  readonly by: Decimal;
  /** unit: in the KPI's own unit, points for percentages. percent: of the reference. iqr: interquartile ranges. */
  readonly of: "unit" | "percent" | "iqr";
}

/** The number that a limit compares with: given, or taken from recorded runs. */
export type Bound =
  | { readonly kind: "value"; readonly value: Decimal }
  | {
      readonly kind: "reference";
      readonly reference: Reference;
      /** So many percent of the reference. Absent: all of it. */
      readonly percent?: Decimal;
      readonly shift?: Shift;
    };

/** What a KPI must satisfy, in the KPI's own unit (percent for ratios). */
export interface Limit {
  readonly op: Op;
  readonly bound: Bound;
  /** The limit in the words of the configuration, such as "under 2s". */
  readonly text: string;
}

/** What a reference came to for one KPI: its value and interquartile range; or why there is nothing to compare with. */
export type Referred = { readonly value: Fraction; readonly iqr: Fraction } | { readonly none: string };

/** A limit as it was applied: with the number that its bound came to, absent where there is nothing to compare with. */
export interface AppliedLimit extends Limit {
  readonly number?: Fraction;
}

/** What a missing number costs. */
export type Missing = "error" | "warn" | "skip";

/** One KPI and its limits inside a phase. All limits of a list must hold. */
export interface Rule {
  /** With its scope, such as `tests.pass_rate@critical`. */
  readonly kpi: string;
  readonly pass: readonly Limit[];
  readonly warn: readonly Limit[];
  readonly missing: Missing;
  /** A share of fewer lines than this is too little to be judged. */
  readonly minLines?: number;
  /** A reference to fewer recorded runs than this is too little to compare with. */
  readonly minSamples?: number;
}

/** Ordered, named group of rules. */
export interface Phase {
  readonly name: string;
  readonly rules: readonly Rule[];
  readonly owner?: string;
  /** Day by which the team wants it reached, `yyyy-mm-dd`. Shown; never changes a verdict. */
  readonly due?: string;
}

/**
 * What one rule came to.
 * met: holds. warned: only the `warn` limits hold. broken: does not hold. missing: this run should have the number
 * and has not. incomparable: there is nothing to compare with, by the nature of the run.
 */
export type Verdict = "met" | "warned" | "broken" | "missing" | "incomparable";

/** What a phase or the gate came to. `error`: could not be judged. */
export type Outcome = "pass" | "warn" | "fail" | "error";

/** What would make a broken rule hold: so many steps (milliseconds of times, bytes of sizes), and what one is called. */
export type Remedy = { readonly steps: number; readonly step: readonly [one: string, many: string] };

export interface RuleResult {
  readonly rule: Rule;
  readonly verdict: Verdict;
  /** The KPI as users see it, such as "Line coverage" or "Line coverage (packages/api)". */
  readonly label: string;
  /** Who owns the group of tests that the rule is about. */
  readonly owner?: string;
  readonly unit: Unit;
  /** Absent when the verdict is missing; an incomparable one may be there. */
  readonly value?: Measured;
  /** The limits of `pass` as they were applied. */
  readonly limits: readonly AppliedLimit[];
  /** The one that decided: the first broken one, else the first that has nothing to compare with, else the first. */
  readonly limit: AppliedLimit;
  readonly remedy?: Remedy;
  /** The waiver of this KPI that moved its limits, where they do not hold without it. */
  readonly waiver?: Waiver;
  /** Why there is no number, for missing and incomparable. */
  readonly reason?: string;
}

export interface PhaseResult {
  readonly phase: Phase;
  readonly outcome: Outcome;
  readonly rules: readonly RuleResult[];
}

export interface GateResult {
  readonly outcome: Outcome;
  readonly phases: readonly PhaseResult[];
  /** How many phases in a row from the first pass or warn; 0 when none is reached. */
  readonly reached: number;
  /** How many phases must be reached, 1 to the number of phases. */
  readonly require: number;
  /** Phases that the default branch reaches are kept without being required. */
  readonly keeps?: true;
  /** With `keep`: how many phases the default branch had reached, if that is more than now; and by which commit. */
  readonly lost?: { readonly phases: number; readonly sha: string };
}

/** An agreed exception: moves the limits of one KPI for a time. */
export interface Waiver {
  readonly kpi: string;
  /** How far limits move, in the KPI's own unit, points for percentages. */
  readonly allow: Decimal;
  /** The same in the words of the configuration. */
  readonly text: string;
  readonly reason: string;
  /** Last day on which it counts, `yyyy-mm-dd` in UTC. */
  readonly until: string;
  readonly owner?: string;
}

/** The outcome that a verdict costs. The one place where a verdict becomes a colour; `null`: nothing was judged. */
export function outcomeOf(verdict: Verdict, missing: Missing): Outcome | null {
  switch (verdict) {
    case "met":
      return "pass";
    case "warned":
      return "warn";
    case "broken":
      return "fail";
    case "incomparable":
      return null;
    case "missing":
      return missing === "skip" ? null : missing;
  }
}

const ranking: readonly Outcome[] = ["pass", "warn", "fail", "error"];

/** The worst of some outcomes; `error` for none at all, because empty is never green. */
export function worst(outcomes: readonly Outcome[]): Outcome {
  return outcomes.reduce((a, b) => (ranking.indexOf(b) > ranking.indexOf(a) ? b : a), outcomes[0] ?? "error");
}
