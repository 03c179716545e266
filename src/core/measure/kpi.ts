import type { ChangedCoverage } from "../model/changes.ts";
import { type Family, type Finding, families, type LoadFacts, type TestFacts } from "../model/facts.ts";
import type { Past } from "../model/history.ts";
import type { KpiInfo, Measured } from "../model/kpi.ts";
import type { CoverageSums } from "./coverage-sums.ts";

/** All facts of a run, united. A family without report files is null. */
export interface United {
  readonly tests: TestFacts | null;
  readonly coverage: CoverageSums | null;
  readonly load: LoadFacts | null;
  readonly security: readonly Finding[] | null;
  readonly debt: readonly Finding[] | null;
  /** Absent where no history was given. */
  readonly past?: Past;
  /** Coverage of the changed lines. */
  readonly diff: ChangedCoverage | Incomparable | null;
}

/** A run without any facts, to be filled with those that are there. */
export const noFacts: United = {
  tests: null,
  coverage: null,
  load: null,
  security: null,
  debt: null,
  diff: null,
};

/**
 * A KPI: how users see it, and how it comes from facts. Undefined where it cannot be measured. A KPI without `measure`
 * is found by its name in metrics files.
 */
export interface Kpi extends KpiInfo {
  /** It is made of recorded runs or compares with them: without a history it has no number. */
  readonly looksBack?: true;
  measure?(facts: United): Measured | Incomparable | undefined;
}

/** Why this run cannot have a number, by its nature, such as nothing to compare with. */
export interface Incomparable {
  readonly kind: "incomparable";
  readonly reason: string;
}

/** Whether a KPI is measured from recorded runs and from no report file. */
export function isOfHistory(kpi: string): boolean {
  return kpi.startsWith("history.");
}

/** Which report files a KPI is measured from: its first word tells, where that is a family of report files. */
export function familyOf(kpi: string): Family {
  const first = kpi.split(".", 1)[0];
  return families.find((family) => family === first) ?? "metrics";
}

export function amount(value: number | undefined): Measured | undefined {
  return value === undefined || !Number.isFinite(value) ? undefined : { kind: "amount", amount: value };
}

/** A share; nothing of nothing is not 0 % and not 100 %, but unknown. */
export function ratio(part: number, whole: number): Measured | undefined {
  return whole > 0 ? { kind: "ratio", part, whole } : undefined;
}
