import type { Problem } from "../model/problem.ts";

/** How many tests failed by the comments that `node --test` ends its JUnit XML with, and where it says so. */
export interface NodeSummary {
  failed: number;
  line: number;
}

/** Takes in a comment. https://github.com/nodejs/node/blob/main/lib/internal/test_runner/reporter/junit.js */
export function takeComment(summary: NodeSummary, text: string, line: () => number): void {
  const failed = /^ (?:fail|cancelled) (\d{1,9}) $/.exec(text)?.[1];
  if (failed === undefined) return;
  summary.failed += Number(failed);
  summary.line = line();
}

/** Node writes no failure of a test that has subtests; then these comments are all that shows it. */
export function unshownFailures(
  { failed, line }: NodeSummary,
  bad: number,
  file: string,
): readonly Problem[] {
  if (failed === 0 || bad > 0) return [];
  const tests = failed === 1 ? "1 test" : `${failed} tests`;
  return [
    {
      code: "unexplained-failures",
      severity: "error",
      message: `a comment at the end says that ${tests} failed, but no test case shows one`,
      at: { file, line },
      hint: "node --test writes no failure of a test that has subtests: look at its log, or let it write TAP.",
    },
  ];
}
