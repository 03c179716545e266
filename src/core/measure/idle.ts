import type { SourceEvidence } from "../model/evidence.ts";
import type { TestFacts } from "../model/facts.ts";

/** Says of the first source of tests that has files but in which nothing was executed: empty is never green. */
export function idleSource(sources: readonly SourceEvidence[]): string | undefined {
  for (const { family, files, glob } of sources) {
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

/** The tests of a source in which nothing was executed: only how many there are is known of them. */
export function unexecuted(tests: TestFacts): TestFacts {
  return { ...tests, counts: { ...tests.counts, passed: 0, failed: 0, errored: 0, flaky: 0 } };
}
