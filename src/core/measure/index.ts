import type { Selection } from "../model/config.ts";
import type { Evidence, SourceEvidence } from "../model/evidence.ts";
import type { Facts, Family, TestFacts } from "../model/facts.ts";
import type { Measured, Measurements } from "../model/kpi.ts";
import { isError, type Problem } from "../model/problem.ts";
import { coverageKpis } from "./coverage.ts";
import { sumCoverage } from "./coverage-sums.ts";
import type { Kpi, United } from "./kpi.ts";
import { mergeCoverage, type ReportedCoverage } from "./merge-coverage.ts";
import { mergeTests } from "./merge-tests.ts";
import { selectFiles } from "./selection.ts";
import { sourceResolver } from "./source-paths.ts";
import { testKpis } from "./tests.ts";

export type { Kpi } from "./kpi.ts";

/** The registry of KPIs, by name. The name begins with the family of report files that it is measured from. */
export const kpis: Readonly<Record<string, Kpi>> = { ...testKpis, ...coverageKpis };

export const kpiNames: readonly string[] = Object.keys(kpis);

/** What was measured, and why what is missing is missing. */
export interface Measuring {
  readonly measurements: Measurements;
  readonly tests: TestFacts | null;
  /** One sentence for each family whose KPIs, or some of them, could not be measured. */
  readonly reasons: ReadonlyMap<Family, string>;
  readonly problems: readonly Problem[];
}

/**
 * Unites the facts of all report files and measures every KPI; the order of files does not matter. A family with
 * an error in its evidence is not measured at all: part of the evidence would give a number that looks like the whole.
 */
export function measure(evidence: Omit<Evidence, "problems">, selection: Selection = everything): Measuring {
  const tests = factsOf(evidence, "tests").map((facts) => facts.tests);
  const coverage = reportedCoverage(evidence);
  const allTests = tests.length > 0 ? mergeTests(tests) : null;
  const merged = mergeCoverage(coverage, sourceResolver(evidence.tracked ?? [], evidence.root));
  const reasons = new Map(families.map((family) => [family, reasonOf(evidence, family)]));
  const sound = (family: Family) =>
    !evidence.sources.some((source) => source.family === family && isUnsound(source));
  const idle = idleSource(evidence);
  if (sound("tests") && idle !== undefined) reasons.set("tests", idle);
  const united: United = {
    tests: allTests && sound("tests") ? (idle === undefined ? allTests : unexecuted(allTests)) : null,
    coverage:
      coverage.length > 0 && sound("coverage") && !merged.problems.some(isError)
        ? sumCoverage(selectFiles(merged.files, selection))
        : null,
  };
  const measurements = new Map<string, Measured>();
  for (const [name, kpi] of Object.entries(kpis)) {
    const value = kpi.measure(united);
    if (value !== undefined) measurements.set(name, value);
  }
  return { measurements, tests: allTests, reasons, problems: merged.problems };
}

const everything: Selection = { include: [], exclude: [] };

const families: readonly Family[] = ["tests", "coverage"];

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

function factsOf<F extends Family>(evidence: Pick<Evidence, "sources">, family: F) {
  return evidence.sources
    .flatMap((source) => source.files)
    .flatMap(({ facts }) => (facts?.kind === family ? [facts as Extract<Facts, { kind: F }>] : []));
}

/** Says of the first source of tests that has files but in which nothing was executed: empty is never green. */
function idleSource(evidence: Pick<Evidence, "sources">): string | undefined {
  for (const { family, files, glob } of evidence.sources) {
    if (family !== "tests" || files.length === 0) continue;
    const counts = files.flatMap(({ facts }) => (facts?.kind === "tests" ? [facts.tests.counts] : []));
    if (counts.some(({ passed, failed, errored }) => passed + failed + errored > 0)) continue;
    const skipped = counts.reduce((sum, count) => sum + count.skipped, 0);
    if (skipped === 0) return `0 tests in ${glob}`;
    return skipped === 1
      ? `the only test in ${glob} was skipped`
      : `all ${skipped} tests in ${glob} were skipped`;
  }
  return undefined;
}

function unexecuted(tests: TestFacts): TestFacts {
  return { ...tests, counts: { ...tests.counts, passed: 0, failed: 0, errored: 0, flaky: 0 } };
}

function reasonOf(evidence: Pick<Evidence, "sources">, family: Family): string {
  const sources = evidence.sources.filter((source) => source.family === family);
  const files = sources.flatMap((source) => source.files);
  const globs = sources.map(({ glob }) => glob).join(", ");
  if (sources.length === 0) return `no ${family} files are named under sources`;
  if (sources.some(isUnsound)) return "incomplete evidence, see the problems";
  if (files.length === 0) return `no file matched ${globs}`;
  return `the files of ${globs} do not hold it`;
}
