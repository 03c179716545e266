import type { FailingTest } from "../model/facts.ts";
import { firstLine } from "./first-line.ts";
import { maxDetails } from "./test-tally.ts";
import type { Tag } from "./text/xml.ts";

/** A result while it is open, and until what it means is told. */
export interface Result {
  readonly testId: string;
  readonly name: string;
  readonly outcome: string;
  /** Duration as written. */
  readonly duration: string;
  readonly line: number;
  message: string;
  details: string;
  /** A result around others stands for them. */
  leaf: boolean;
  /** Whether one of the results inside failed. */
  badInside: boolean;
}

const passed = new Set(["Passed", "Completed", "Warning"]);
const skipped = new Set(["NotExecuted", "Inconclusive", "Pending", "NotRunnable"]);

/** Whether an element is the result of a test: `UnitTestResult`, `GenericTestResult`, `TestResultAggregation` and others. */
export function isResult(name: string, parent: string | undefined): boolean {
  return (
    parent === "Results" || parent === "InnerResults" || name === "UnitTestResult" || name === "TestResult"
  );
}

export function openResult(tag: Tag): Result {
  return {
    testId: tag.attribute("testId") ?? "",
    name: tag.attribute("testName") ?? "",
    outcome: tag.attribute("outcome") ?? "",
    duration: tag.attribute("duration") ?? "",
    line: tag.line(),
    message: "",
    details: "",
    leaf: true,
    badInside: false,
  };
}

export function howEnded({ outcome }: Result): "passed" | "skipped" | FailingTest["how"] {
  if (passed.has(outcome)) return "passed";
  if (skipped.has(outcome)) return "skipped";
  return outcome === "Failed" ? "failed" : "errored";
}

export function failingTest(
  { name, outcome, line, message, details }: Result,
  how: FailingTest["how"],
  className: string,
  file: string,
): FailingTest {
  return {
    suite: [],
    className,
    name,
    how,
    message: firstLine(message) || `outcome "${outcome.slice(0, 80) || "missing"}"`,
    details: details.slice(0, maxDetails).trim(),
    from: { file, line },
  };
}
