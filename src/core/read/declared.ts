import type { Place, Problem } from "../model/problem.ts";
import type { TestTally } from "./test-tally.ts";

/** What a report file declares about itself. It never decides a count; it only testifies. */
export interface Declared {
  readonly who: string;
  readonly tests: number | undefined;
  /** Failures and errors. */
  readonly bad: number;
}

/** What was found of the same, attempts included. */
export interface Found {
  readonly tests: number;
  readonly bad: number;
}

/** Compares what a whole report file declares with what was found in it. */
export function declaredDiffers({ who, tests, bad }: Declared, found: Found, at: Place): readonly Problem[] {
  if (bad > 0 && found.bad === 0) {
    const message = `${who} declares ${bad} failures or errors, but no test case shows one`;
    const hint = "Something failed outside the test cases: look at the log of the test run.";
    return [{ code: "unexplained-failures", severity: "error", message, at, hint }];
  }
  const problems: Problem[] = [];
  if (bad > found.bad) {
    const message = `${who} declares ${bad} failures or errors, found ${found.bad} failing test cases`;
    const hint =
      "The file lost test cases, or something failed outside of them: look at the log of the test run.";
    problems.push({ code: "unexplained-failures", severity: "warning", message, at, hint });
  }
  if (tests === undefined || tests === found.tests) return problems;
  const message = `${who} declares ${tests} tests, found ${found.tests}`;
  if (tests < found.tests) return [...problems, { code: "count-surplus", severity: "note", message, at }];
  const severity = found.tests === 0 ? "error" : "warning";
  return [...problems, { code: "count-shortfall", severity, message, at, hint: "The file lost test cases." }];
}

/** Zero test cases are never silent. */
export function noTests(tally: TestTally, file: string): readonly Problem[] {
  if (tally.total() > 0) return [];
  const hint = "Did the test run find any test?";
  return [{ code: "no-tests", severity: "warning", message: "holds 0 tests", at: { file }, hint }];
}
