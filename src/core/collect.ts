import { type FactsDocument, factsVersion } from "./facts-file/document.ts";
import { packFacts } from "./facts-file/pack.ts";
import { mergeCoverage } from "./measure/merge-coverage.ts";
import { mergeTests } from "./measure/merge-tests.ts";
import { sourceResolver } from "./measure/source-paths.ts";
import { suitesTwice } from "./measure/suites-twice.ts";
import type { Collected, Evidence, ReadFile, SourceEvidence } from "./model/evidence.ts";
import type { ReportFacts, TestFacts } from "./model/facts.ts";

/** Most failing and most flaky tests that one facts file names of a source; the counts go on. */
const maxNamed = 5_000;

/**
 * The evidence of one runner as one small document: problems of report files are kept, so that an error here is an
 * error in the gate, and facts are united as far as that loses nothing. Tests always are. Coverage is, where git says
 * which files the repository has: then paths are found here, where the tools ran, and are final. Elsewhere coverage
 * stays apart by report file, for the gate to find the paths.
 */
export function collect(evidence: Evidence, origin: Omit<Collected, "sources">): string {
  const document: FactsDocument = {
    "phase-gate-facts": factsVersion,
    ...origin,
    groups: [...origin.groups].map(([name, tests]) => [name, [...tests]]),
    sources: evidence.sources
      .filter(({ files, also = 0, problems }) => files.length + also + problems.length > 0)
      .map((source) => packSource(source, evidence)),
  };
  return `${inAscii(JSON.stringify(document))}\n`;
}

/** The same document in characters of one byte, which the gate takes in three times as fast. */
function inAscii(json: string): string {
  return json.replaceAll(/[\x80-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function packSource(
  { family, glob, group, kpi, files, also, ...source }: SourceEvidence,
  evidence: Evidence,
) {
  if (family === "facts") throw new Error("facts files are not collected again");
  const united = unite(files, evidence);
  // Afterwards nobody can tell in which of the files a suite stood.
  const problems = [...source.problems, ...suitesTwice(files)];
  return {
    family,
    glob,
    ...(group === undefined ? {} : { group }),
    ...(kpi === undefined ? {} : { kpi }),
    ...(problems.length > 0 ? { problems: problems as FactsDocument["sources"][number]["problems"] } : {}),
    files: files.map((file) => packFile(file, united !== undefined)),
    ...(also ? { also } : {}),
    ...(united ? { united: packFacts(united) } : {}),
  };
}

function packFile({ path, format, problems, facts }: ReadFile, united: boolean) {
  return {
    path,
    format,
    ...(problems.length > 0 ? { problems: problems as FactsDocument["sources"][number]["problems"] } : {}),
    ...(facts && facts.kind !== "facts" && !united ? { facts: packFacts(facts) } : {}),
  };
}

function unite(files: readonly ReadFile[], evidence: Evidence): ReportFacts | undefined {
  const tests = files.flatMap(({ facts }) => (facts?.kind === "tests" ? [facts.tests] : []));
  if (tests.length > 0) {
    const runs = [...new Set(tests.flatMap(({ suiteRuns = [] }) => suiteRuns))];
    const united = named(mergeTests(tests));
    return { kind: "tests", tests: runs.length > 0 ? { ...united, suiteRuns: runs } : united };
  }
  const { tracked = [], root } = evidence;
  const coverage = files.flatMap(({ path, facts }) =>
    facts?.kind === "coverage" ? [{ file: path, coverage: facts.coverage }] : [],
  );
  if (coverage.length === 0 || tracked.length === 0) return undefined;
  const merged = mergeCoverage(coverage, sourceResolver(tracked, root));
  return { kind: "coverage", coverage: { located: true, files: merged.files } };
}

function named({ failing, flaky, groups, ...tests }: TestFacts): TestFacts {
  return {
    ...tests,
    failing: failing.slice(0, maxNamed),
    flaky: flaky.slice(0, maxNamed),
    ...(groups ? { groups: new Map([...groups].map(([group, own]) => [group, named(own)])) } : {}),
  };
}
