import type { ChangedCoverage, Changes } from "../model/changes.ts";
import type { Config } from "../model/config.ts";
import type { Evidence, SourceEvidence } from "../model/evidence.ts";
import { type Facts, type Family, type Finding, families, type TestFacts } from "../model/facts.ts";
import type { Past } from "../model/history.ts";
import type { Measured, Measurements } from "../model/kpi.ts";
import { isError, type Problem } from "../model/problem.ts";
import { coverageKpis } from "./coverage.ts";
import { sumCoverage } from "./coverage-sums.ts";
import { debtKpis } from "./debt.ts";
import { measureDiff } from "./diff.ts";
import { countFindings } from "./findings.ts";
import { inGroup } from "./groups.ts";
import { historyKpis } from "./history.ts";
import { idleSource, unexecuted } from "./idle.ts";
import { familyOf, isOfHistory, type Kpi, type United } from "./kpi.ts";
import { loadKpis } from "./load.ts";
import { mergeCoverage, type ReportedCoverage } from "./merge-coverage.ts";
import { mergeLoad } from "./merge-load.ts";
import { mergeTests } from "./merge-tests.ts";
import { measureMetric } from "./metrics.ts";
import { operationKpis } from "./operation.ts";
import { measureScopes } from "./scopes.ts";
import { securityKpis, unrated } from "./security.ts";
import { selectFiles } from "./selection.ts";
import { sourceResolver } from "./source-paths.ts";
import { suitesTwice } from "./suites-twice.ts";
import { testKpis } from "./tests.ts";

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
  const tests = evidence.sources.flatMap(({ files, group }) =>
    files.flatMap(({ facts }) => (facts?.kind === "tests" ? [inGroup(facts.tests, group)] : [])),
  );
  const coverage = reportedCoverage(evidence);
  const allTests = tests.length > 0 ? mergeTests(tests) : null;
  const merged = mergeCoverage(coverage, sourceResolver(evidence.tracked ?? [], evidence.root));
  const load = factsOf(evidence, "load").map((facts) => facts.load);
  const twice = suitesTwice(evidence.sources.flatMap(({ files }) => files));
  const sound = (family: Family) =>
    !evidence.sources.some((source) => isOf(source, family) && isUnsound(source)) &&
    !(family === "tests" && twice.length > 0);
  const idle = sound("tests") ? idleSource(evidence.sources) : undefined;
  const files =
    coverage.length > 0 && sound("coverage") && !merged.problems.some(isError)
      ? selectFiles(merged.files, config.coverage)
      : null;
  const counted = (family: "security" | "debt") =>
    sound(family) && evidence.sources.some((source) => source.family === family && source.files.length > 0)
      ? countFindings(family, evidence.sources)
      : undefined;
  const [vulnerabilities, issues] = [counted("security"), counted("debt")];
  const changed = measureDiff(changes, files, config.coverage);
  const united: United = {
    tests: allTests && sound("tests") ? (idle === undefined ? allTests : unexecuted(allTests)) : null,
    coverage: files && sumCoverage(files),
    load: load.length > 0 && sound("load") ? mergeLoad(load) : null,
    security: vulnerabilities && "findings" in vulnerabilities ? vulnerabilities.findings : null,
    debt: issues && "findings" in issues ? issues.findings : null,
    ...(past ? { past } : {}),
    diff: changed.diff,
  };
  const why = new Map(families.map((family) => [family, reasonOf(evidence, family)]));
  if (idle !== undefined) why.set("tests", idle);
  if (vulnerabilities && "reason" in vulnerabilities) why.set("security", vulnerabilities.reason);
  if (issues && "reason" in issues) why.set("debt", issues.reason);
  if (united.security && unrated(united.security) > 0)
    why.set("security", noSeverity(unrated(united.security)));
  const measurements = new Map<string, Measured>();
  const incomparable = new Map<string, string>();
  const reasons = new Map<string, string>();
  for (const [name, kpi] of Object.entries(kpis)) {
    const value = kpi.measure?.(united);
    if (value === undefined)
      reasons.set(name, isOfHistory(name) ? "no history was given" : why.get(familyOf(name))!);
    else if (value.kind === "incomparable") incomparable.set(name, value.reason);
    else measurements.set(name, value);
  }
  const byName = Object.entries(kpis).filter(([, kpi]) => !kpi.measure);
  for (const [name, kpi] of [...byName, ...(config.own ?? [])]) {
    const found = measureMetric(name, kpi, evidence.sources);
    if ("value" in found) measurements.set(name, found.value);
    else reasons.set(name, found.reason);
  }
  if (changed.reason !== undefined) reasons.set("coverage.diff", changed.reason);
  const soundTests = sound("tests") ? allTests : null;
  const scoped = measureScopes({ config, evidence, kpis, tests: soundTests, files, changes });
  for (const [name, value] of scoped.measurements) measurements.set(name, value);
  for (const [name, reason] of scoped.incomparable) incomparable.set(name, reason);
  for (const [name, reason] of scoped.reasons) reasons.set(name, reason);
  const { scopes } = scoped;
  const problems = [
    ...twice,
    ...merged.problems,
    ...changed.problems,
    ...(vulnerabilities && "problems" in vulnerabilities ? vulnerabilities.problems : []),
  ];
  const findings = [...(united.security ?? []), ...(united.debt ?? [])];
  return {
    measurements,
    incomparable,
    tests: allTests,
    findings,
    scopes,
    changes: united.diff?.kind === "changed" ? united.diff : null,
    reasons,
    problems,
  };
}

function noSeverity(count: number): string {
  const findings = count === 1 ? "1 finding has" : `${count} findings have`;
  return `${findings} no severity, so none can be counted by it; limit security.total`;
}

const noChanges: Changes = { kind: "none", reason: "this run is about no change" };

/** What of the configuration says what is measured. */
type Asked = Pick<Config, "coverage" | "groups" | "phases"> & Partial<Pick<Config, "own">>;

const everything: Asked = { coverage: { include: [], exclude: [] }, groups: new Map(), phases: [] };

/** What a facts file that cannot be read would have held nobody knows, so it belongs to every family. */
function isOf(source: SourceEvidence, family: Family): boolean {
  return source.family === family || source.family === "facts";
}

function isUnsound({ problems, files }: SourceEvidence): boolean {
  return problems.some(isError) || files.some((file) => file.problems.some(isError));
}

function reportedCoverage(evidence: Pick<Evidence, "sources">): readonly ReportedCoverage[] {
  return evidence.sources
    .flatMap((source) => source.files)
    .flatMap(({ path, facts }) =>
      facts?.kind === "coverage" ? [{ file: path, coverage: facts.coverage }] : [],
    );
}

function factsOf<K extends Facts["kind"]>(evidence: Pick<Evidence, "sources">, kind: K) {
  return evidence.sources
    .flatMap((source) => source.files)
    .flatMap(({ facts }) => (facts?.kind === kind ? [facts as Extract<Facts, { kind: K }>] : []));
}

function reasonOf(evidence: Pick<Evidence, "sources">, family: Family): string {
  const sources = evidence.sources.filter((source) => source.family === family);
  const files = sources.flatMap((source) => source.files);
  const globs = sources.map(({ glob }) => glob).join(", ");
  if (evidence.sources.some((source) => isOf(source, family) && isUnsound(source)))
    return "incomplete evidence, see the problems";
  if (sources.length === 0) {
    return evidence.sources.some((source) => source.family === "facts")
      ? `the facts files hold no ${family} files`
      : `no ${family} files are named under sources`;
  }
  if (files.length === 0) return `no file matched ${globs}`;
  const idle = files.find(({ facts }) => facts?.kind === "load" && facts.load.requests === 0);
  if (idle) return `0 requests in ${idle.path}`;
  if (family === "load" && files.length > 1) return `not every file of ${globs} holds it`;
  return `the files of ${globs} do not hold it`;
}
