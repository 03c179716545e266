import { touchedBy } from "./changes/touched.ts";
import { reportedPast } from "./history/baseline.ts";
import { type Columns, columnsOf } from "./history/columns.ts";
import { referTo } from "./history/refer.ts";
import { shrinkProblems } from "./history/shrink.ts";
import { trendsOf } from "./history/trends.ts";
import { judge } from "./judge/judge.ts";
import { keepProblems, keptPhases, withKept } from "./judge/keep.ts";
import type { Case } from "./judge/rule.ts";
import { upstreamProblems } from "./judge/upstream.ts";
import { unusedWaivers, waiversByScope, waiversOn } from "./judge/waivers.ts";
import { locatedFinding, locatedTest, touchedFirst } from "./locate.ts";
import { kpis, measure } from "./measure/index.ts";
import type { Changes } from "./model/changes.ts";
import type { Config } from "./model/config.ts";
import type { Evidence, SourceEvidence } from "./model/evidence.ts";
import type { FailingTest } from "./model/facts.ts";
import type { GateResult } from "./model/gate.ts";
import type { Past } from "./model/history.ts";
import { type KpiInfo, labelOf, unscoped } from "./model/kpi.ts";
import type { PolicyResult } from "./model/policy.ts";
import { isError, type Problem } from "./model/problem.ts";
import type { EvidenceFile, Report, ReportedFailure } from "./model/report.ts";
import type { Run } from "./model/run.ts";
import { testIdentity } from "./model/test-identity.ts";
import type { UpstreamJob } from "./model/upstream.ts";

/** Everything the gate is decided on. */
export interface Input {
  readonly name: string;
  readonly run: Run;
  /** Null when it could not be read; the problems then say why. */
  readonly config: Config | null;
  /** What this change does to the limits; absent where nothing was compared. */
  readonly policy?: PolicyResult | null;
  readonly evidence: Evidence;
  /** Absent where no history was given. */
  readonly past?: Past;
  /** Absent: this run is about no change. */
  readonly changes?: Changes;
  /** Jobs that ended before this one; absent where nobody said. */
  readonly upstream?: readonly UpstreamJob[];
  /** Path in the repository of a file that a report file names; undefined where there is no such file. */
  readonly locate: (file: string) => string | undefined;
  /** Problems found before anything was read, such as those of the configuration. */
  readonly problems: readonly Problem[];
}

/** Most findings that a report keeps: those on touched lines, then the worst; the rest is counted. */
export const maxFindings = 500;

/** The whole gate as one function: the same input gives the same report, on every machine and at any time. */
export function evaluate(input: Input): Report {
  const { name, run, config, evidence, past, changes, upstream = [], problems: before, locate } = input;
  const measured = measure(evidence, config ?? undefined, past, changes);
  const { measurements, tests } = measured;
  const known: Readonly<Record<string, KpiInfo>> = { ...kpis, ...Object.fromEntries(config?.own ?? []) };
  const repository = { locate, touched: touchedBy(changes) };
  const finding = distinct(evidence.sources.flatMap((source) => source.problems));
  const integrity = config?.integrity ?? "normal";
  const problems = [
    ...before,
    ...upstreamProblems(upstream, config, evidence),
    ...evidence.problems,
    ...finding,
    ...evidence.sources.flatMap(({ files }) => files.flatMap((file) => file.problems)),
    ...measured.problems,
  ].map((problem) => strictly(problem, integrity));
  const columns = columnsOf(past?.records ?? [], (kpi) => known[unscoped(kpi)]?.unit);
  const judged = config && judgeAll(config, { ...measured, kpis: known }, past, columns, run.at, problems);
  problems.push(...(judged?.problems ?? []));
  return {
    name,
    title: config?.title ?? "Phase Gate",
    mode: config?.mode ?? "enforce",
    run,
    gate: judged?.gate ?? null,
    kpis: new Map([...measurements].map(([kpi, value]) => [kpi, { ...reported(kpi, known, past), value }])),
    tests: tests && {
      counts: tests.counts,
      failing: newFirst(tests.failing, past).map((test) => locatedTest(test, repository)),
      flaky: tests.flaky,
      slowest: tests.slowest,
    },
    ...(past
      ? { past: reportedPast(past, judged ? trendsOf(columns, past.records.length, judged.gate) : []) }
      : {}),
    findings: {
      total: measured.findings.length,
      kept: touchedFirst(measured.findings.map((finding) => locatedFinding(finding, repository))).slice(
        0,
        maxFindings,
      ),
    },
    changes: measured.changes,
    policy: input.policy ?? null,
    problems: problems.toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity)),
    files: evidence.sources.flatMap(reportedFiles),
  };
}

/** The files of a source; a facts file stands in the evidence of every family that it serves, too. */
function reportedFiles({ family, files }: SourceEvidence): readonly EvidenceFile[] {
  return files
    .filter(({ format, facts }) => format !== "facts" || family === "facts" || !facts)
    .map(({ path, format }) => ({ path, format, family }));
}

/** Each once: several globs may lead into the same folder. */
function distinct(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

/** The gate with all that moves it: the shrink guard, waivers, and phases that may not be lost. */
function judgeAll(
  config: Config,
  measured: Omit<Case, "groups" | "waivers" | "refer">,
  past: Past | undefined,
  columns: Columns,
  at: string,
  before: readonly Problem[],
): { readonly gate: GateResult; readonly problems: readonly Problem[] } {
  const { valid: waivers, problems: expired } = waiversOn(config.waivers, at);
  const problems = [
    ...shrinkProblems(measured.measurements, past, config.shrink),
    ...(config.keep ? keepProblems(past) : []),
    ...expired,
  ];
  const given: Case = {
    ...measured,
    groups: config.groups,
    waivers: waiversByScope(waivers, measured.scopes ?? new Map()),
    refer: referTo(past, columns),
  };
  const gate = judge(config, given, [...before, ...problems].some(isError));
  return {
    gate: config.keep ? withKept(gate, keptPhases(config.phases, past)) : gate,
    problems: [...problems, ...unusedWaivers(gate, waivers)],
  };
}

/** Failing tests with the new ones first, as far as a baseline tells which these are. */
function newFirst(failing: readonly FailingTest[], past: Past | undefined): readonly ReportedFailure[] {
  const then = past && "record" in past.baseline ? past.baseline.record.tests : null;
  if (!then) return failing;
  const known = new Set(then.failing.map(({ test }) => test));
  const marked = failing.map((test) =>
    known.has(testIdentity(test)) ? test : { ...test, isNew: true as const },
  );
  return [...marked.filter((test) => "isNew" in test), ...marked.filter((test) => !("isNew" in test))];
}

function reported(kpi: string, known: Readonly<Record<string, KpiInfo>>, past: Past | undefined) {
  const info = known[unscoped(kpi)]!;
  const kept = past && "record" in past.baseline ? past.baseline.record.kpis.get(kpi) : undefined;
  const before = kept?.unit === info.unit ? { before: kept.value } : {};
  return { label: labelOf(kpi, info), unit: info.unit, better: info.better, ...before };
}

const severities = ["error", "warning", "note"];

/** With `integrity: strict` a suite that holds less than it declares is an error. */
function strictly(problem: Problem, integrity: Config["integrity"]): Problem {
  return integrity === "strict" &&
    (problem.code === "count-shortfall" || problem.code === "unexplained-failures")
    ? { ...problem, severity: "error" }
    : problem;
}
