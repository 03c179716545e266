import type { Unit } from "./unit.ts";

/**
 * The value of a KPI in this run. A ratio keeps its two whole numbers, because percentages cannot be compared
 * exactly nor united. A KPI that could not be measured has no value at all, never 0.
 */
export type Measured =
  | { readonly kind: "ratio"; readonly part: number; readonly whole: number }
  | { readonly kind: "amount"; readonly amount: number };

/** What is measured, as users see it. */
export interface KpiInfo {
  readonly label: string;
  readonly unit: Unit;
  readonly better: "higher" | "lower";
  /** One sentence: what it is, and of what. */
  readonly definition: string;
  /**
   * What one step towards a limit is called, singular and plural: "more covered line", "more covered lines". Absent
   * where there are no whole steps; the distance to the limit says it all then.
   */
  readonly step?: readonly [one: string, many: string];
}

/** Values by name of the KPI. */
export type Measurements = ReadonlyMap<string, Measured>;

/** What stands behind the `@` of a scoped KPI: a group of tests, a folder, or a glob of folders. */
export function scopeOf(kpi: string): string | undefined {
  const at = kpi.indexOf("@");
  return at === -1 ? undefined : kpi.slice(at + 1);
}

/** The name of a KPI without its scope, which is its name in the registry. */
export function unscoped(kpi: string): string {
  const at = kpi.indexOf("@");
  return at === -1 ? kpi : kpi.slice(0, at);
}

/** A KPI as users see it, with its scope: "Line coverage (packages/api)". */
export function labelOf(kpi: string, { label }: Pick<KpiInfo, "label">): string {
  const scope = scopeOf(kpi);
  return scope === undefined ? label : `${label} (${scope})`;
}
