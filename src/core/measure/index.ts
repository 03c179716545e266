import type { ChangedCoverage, Changes } from "../model/changes.ts";
import type { Config } from "../model/config.ts";
import type { Evidence } from "../model/evidence.ts";
import type { Finding, TestFacts } from "../model/facts.ts";
import type { Past } from "../model/history.ts";
import type { Measured, Measurements } from "../model/kpi.ts";
import type { Problem } from "../model/problem.ts";
import { coverageKpis } from "./coverage.ts";
import { debtKpis } from "./debt.ts";
import { historyKpis } from "./history.ts";
import { familyOf, isOfHistory, type Kpi } from "./kpi.ts";
import { loadKpis } from "./load.ts";
import { measureMetrics } from "./metrics.ts";
import { operationKpis } from "./operation.ts";
import { measureScopes } from "./scopes.ts";
import { securityKpis } from "./security.ts";
import { testKpis } from "./tests.ts";
import { unite } from "./unite.ts";

export type { Kpi } from "./kpi.ts";

/** The registry of KPIs, by name. The name begins with the family of report files that it is measured from. */
export const kpis: Readonly<Record<string, Kpi>> = {
  ...testKpis,
  ...coverageKpis,
  ...loadKpis,
  ...operationKpis,
  ...securityKpis,
  ...debtKpis,
  ...historyKpis,
};

export const kpiNames: readonly string[] = Object.keys(kpis);

/** What was measured, and why what is missing is missing. */
export interface Measuring {
  readonly measurements: Measurements;
  /** Why this run cannot have the number, by its nature, by name of the KPI. */
  readonly incomparable: ReadonlyMap<string, string>;
  readonly tests: TestFacts | null;
  /** Findings of scans and linters, those about security first and of each the worst first. */
  readonly findings: readonly Finding[];
  /** Scoped KPIs that a scoped KPI of the configuration stands for, such as one for each folder of a glob. */
  readonly scopes: ReadonlyMap<string, readonly string[]>;
  /** Coverage of the changed lines, where it could be looked up. */
  readonly changes: ChangedCoverage | null;
  /** By name of a KPI that could not be measured, one sentence that says why. */
  readonly reasons: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
}

/**
 * Unites the facts of all report files and measures every KPI; the order of files does not matter. A family with
 * an error in its evidence is not measured at all: part of the evidence would give a number that looks like the whole.
 */
export function measure(
  evidence: Omit<Evidence, "problems">,
  config: Asked = everything,
  past?: Past,
  changes: Changes = noChanges,
): Measuring {
  const { united, seen, tests, files, why, whyNoDiff, problems } = unite(evidence, config, changes, past);
  const measurements = new Map<string, Measured>();
  const incomparable = new Map<string, string>();
  const reasons = new Map<string, string>();
  for (const [name, kpi] of Object.entries(kpis)) {
    const value = kpi.measure?.(united);
    if (value === undefined) reasons.set(name, isOfHistory(name) ? noHistory : why.get(familyOf(name))!);
    else if (value.kind === "incomparable") incomparable.set(name, value.reason);
    else measurements.set(name, value);
  }
  if (whyNoDiff !== undefined) reasons.set("coverage.diff", whyNoDiff);
  const byName = Object.entries(kpis).filter(([, kpi]) => !kpi.measure);
  const metrics = measureMetrics([...byName, ...(config.own ?? [])], evidence.sources, config.phases);
  for (const [name, found] of metrics) {
    if ("value" in found) measurements.set(name, found.value);
    else reasons.set(name, found.reason);
  }
  const scoped = measureScopes({ config, evidence, kpis, tests, files, past, changes });
  return {
    measurements: new Map([...measurements, ...scoped.measurements]),
    incomparable: new Map([...incomparable, ...scoped.incomparable]),
    tests: seen,
    findings: [...(united.security ?? []), ...(united.debt ?? [])],
    scopes: scoped.scopes,
    changes: united.diff?.kind === "changed" ? united.diff : null,
    reasons: new Map([...reasons, ...scoped.reasons]),
    problems,
  };
}

const noHistory = "no history was given; write baseline: { store: branch }, or give --history";

const noChanges: Changes = { kind: "none", reason: "this run is about no change" };

/** What of the configuration says what is measured. */
type Asked = Pick<Config, "coverage" | "groups" | "phases"> & Partial<Pick<Config, "own">>;

const everything: Asked = { coverage: { include: [], exclude: [] }, groups: new Map(), phases: [] };
