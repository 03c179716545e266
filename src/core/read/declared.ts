import type { Place, Problem } from "../model/problem.ts";
import type { TestTally } from "./test-tally.ts";

/** What a report file declares about itself. It never decides a count; it only testifies. */
export interface Declared {
  readonly who: string;
  readonly tests: number | undefined;
  /** Failures and errors. */
  readonly bad: number;
}

/** Compares what a whole report file declares with what was found in it. */
export function declaredDiffers(
  { who, tests, bad }: Declared,
  tally: TestTally,
  at: Place,
): readonly Problem[] {
  if (bad > 0 && tally.bad() === 0) {
    const message = `${who} declares ${bad} failures or errors, but no test case shows one`;
    const hint = "Something failed outside the test cases: look at the log of the test run.";
    return [{ code: "unexplained-failures", severity: "error", message, at, hint }];
  }
  if (tests === undefined || tests === tally.total()) return [];
  const message = `${who} declares ${tests} tests, found ${tally.total()}`;
  if (tests < tally.total()) return [{ code: "count-surplus", severity: "note", message, at }];
  const severity = tally.total() === 0 ? "error" : "warning";
  return [{ code: "count-shortfall", severity, message, at, hint: "The file lost test cases." }];
}

/** Zero test cases are never silent. */
export function noTests(tally: TestTally, file: string): readonly Problem[] {
  if (tally.total() > 0) return [];
  const hint = "Did the test run find any test?";
  return [{ code: "no-tests", severity: "warning", message: "holds 0 tests", at: { file }, hint }];
}
