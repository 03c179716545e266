import type { Changes } from "../model/changes.ts";
import type { Config } from "../model/config.ts";
import type { Evidence } from "../model/evidence.ts";
import { type Family, type FileCoverage, families, type TestFacts } from "../model/facts.ts";
import type { Past } from "../model/history.ts";
import { isError, type Problem } from "../model/problem.ts";
import { sumCoverage } from "./coverage-sums.ts";
import { judgesChanges, measureDiff } from "./diff.ts";
import { uniteFindings } from "./findings.ts";
import { inGroup } from "./groups.ts";
import { idleSource, unexecuted } from "./idle.ts";
import type { United } from "./kpi.ts";
import { mergeCoverage } from "./merge-coverage.ts";
import { mergeLoad } from "./merge-load.ts";
import { mergeTests } from "./merge-tests.ts";
import { selectFiles } from "./selection.ts";
import { incomplete, isSound, whyMissing } from "./soundness.ts";
import { sourceResolver } from "./source-paths.ts";
import { suitesTwice } from "./suites-twice.ts";

/** The facts of all report files, united, and what was found while uniting them. */
export interface Uniting {
  readonly united: United;
  /** Tests for display alone: those of evidence with errors, too. */
  readonly seen: TestFacts | null;
  /** Tests that may be judged, by group. */
  readonly tests: TestFacts | null;
  /** Covered files that may be judged. */
  readonly files: ReadonlyMap<string, FileCoverage> | null;
  /** By family, why a KPI of it that has no number has none. */
  readonly why: ReadonlyMap<Family, string>;
  /** The same for the coverage of changed lines, where that has a reason of its own. */
  readonly whyNoDiff: string | undefined;
  readonly problems: readonly Problem[];
}

type Sources = Pick<Evidence, "sources">;

/** Unites the facts of each family; the order of files does not matter. A family that is not sound is null. */
export function unite(
  evidence: Omit<Evidence, "problems">,
  config: Pick<Config, "coverage" | "phases">,
  changes: Changes,
  past: Past | undefined,
): Uniting {
  const tests = uniteTests(evidence);
  const coverage = uniteCoverage(evidence, config.coverage);
  const { files, problems } = coverage;
  const changed = measureDiff(changes, files, config.coverage);
  const security = uniteFindings("security", evidence);
  const debt = uniteFindings("debt", evidence);
  const why = new Map(families.map((family) => [family, whyMissing(family, evidence)]));
  for (const [family, { reason }] of [
    ["tests", tests],
    ["coverage", coverage],
    ["security", security],
    ["debt", debt],
  ] as const)
    if (reason !== undefined) why.set(family, reason);
  return {
    united: {
      tests: tests.executed,
      coverage: files && sumCoverage(files),
      load: uniteLoad(evidence),
      security: security.findings,
      debt: debt.findings,
      ...(past ? { past } : {}),
      diff: changed.diff,
    },
    seen: tests.seen,
    tests: tests.sound,
    files,
    why,
    whyNoDiff: changed.reason,
    problems: [
      ...tests.problems,
      ...problems,
      ...(judgesChanges(config) ? changed.problems : []),
      ...security.problems,
    ],
  };
}

interface UnitedTests {
  readonly seen: TestFacts | null;
  readonly sound: TestFacts | null;
  /** Sound, and known to have been executed. */
  readonly executed: TestFacts | null;
  readonly reason?: string;
  readonly problems: readonly Problem[];
}

function uniteTests(evidence: Sources): UnitedTests {
  const found = evidence.sources.flatMap(({ files, group }) =>
    files.flatMap(({ facts }) => (facts?.kind === "tests" ? [inGroup(facts.tests, group)] : [])),
  );
  const seen = found.length > 0 ? mergeTests(found) : null;
  const problems = suitesTwice(evidence.sources.flatMap(({ files }) => files));
  if (!isSound("tests", evidence) || problems.length > 0)
    return { seen, sound: null, executed: null, reason: incomplete, problems };
  const reason = idleSource(evidence.sources);
  if (reason === undefined) return { seen, sound: seen, executed: seen, problems };
  return { seen, sound: seen, executed: seen && unexecuted(seen), reason, problems };
}

interface UnitedCoverage {
  readonly files: ReadonlyMap<string, FileCoverage> | null;
  readonly reason?: string;
  readonly problems: readonly Problem[];
}

function uniteCoverage(evidence: Omit<Evidence, "problems">, selection: Config["coverage"]): UnitedCoverage {
  const reported = evidence.sources
    .flatMap(({ files }) => files)
    .flatMap(({ path, facts }) =>
      facts?.kind === "coverage" ? [{ file: path, coverage: facts.coverage }] : [],
    );
  const merged = mergeCoverage(reported, sourceResolver(evidence.tracked ?? [], evidence.root));
  const { problems } = merged;
  if (problems.some(isError)) return { files: null, reason: incomplete, problems };
  if (reported.length === 0 || !isSound("coverage", evidence)) return { files: null, problems };
  const files = selectFiles(merged.files, selection);
  if (files.size > 0 || merged.files.size === 0) return { files, problems };
  const left =
    merged.files.size === 1 ? "the only source file" : `any of the ${merged.files.size} source files`;
  const reason = `coverage: include and exclude do not leave ${left} of the coverage reports`;
  return { files, reason, problems };
}

function uniteLoad(evidence: Sources) {
  const load = evidence.sources
    .flatMap(({ files }) => files)
    .flatMap(({ facts }) => (facts?.kind === "load" ? [facts.load] : []));
  return load.length > 0 && isSound("load", evidence) ? mergeLoad(load) : null;
}
