import { firstLine } from "./first-line.ts";
import { maxDetails } from "./test-tally.ts";
import { readCount, readTime, type Time } from "./text/numbers.ts";
import type { Tag } from "./text/xml.ts";

/** What names a `testcase`, as written: most cases pass, and nobody reads theirs. */
export interface CaseName {
  readonly rawClass: string;
  readonly rawName: string;
  readonly at: { readonly file: string; readonly line?: number } | undefined;
}

/** A `testcase` element while it is open. */
export interface OpenCase extends CaseName {
  readonly time: Time | undefined;
  readonly status: string;
  readonly result: string;
  how: "failed" | "errored" | undefined;
  skipped: boolean;
  flaky: boolean;
  rerun: boolean;
  /** Line of the element that says it failed; 0 where there is none. */
  line: number;
  message: string;
  details: string;
  /** A case around other cases is a suite by another name. */
  leaf: boolean;
}

const failingStatus = /^(?:failed|fail|failure|error|errored)$/i;
const skippedStatus = /^(?:notrun|suppressed|disabled|ignored|skipped)$/i;

/** Elements that say something, if only by being there. */
export const elements: ReadonlySet<string> = new Set([
  "testsuites",
  "testsuite",
  "testcase",
  "error",
  "failure",
  "skipped",
  "rerunFailure",
  "rerunError",
  "flakyFailure",
  "flakyError",
]);

/** Cases of which all that may be wanted is their time. */
export const plainCases = {
  element: "testcase",
  number: "time",
  without: ["status", "result"],
  mark: "skipped",
  unread: ["system-out", "system-err", "properties", "property"],
} as const;

export function caseName(tag: Tag, suite: string | undefined): CaseName {
  const source = tag.attribute("file") ?? tag.attribute("filepath");
  const written = readCount(tag.attribute("line") ?? tag.attribute("lineno"));
  // pytest counts lines from 0 (_pytest/junitxml.py, family xunit1), everyone else from 1.
  const line = written !== undefined && suite === "pytest" ? written + 1 : written;
  return {
    rawClass: tag.raw("classname") ?? tag.raw("class") ?? "",
    rawName: tag.raw("name") ?? "",
    at: source === undefined ? undefined : { file: source, ...(line === undefined ? {} : { line }) },
  };
}

export function openCase(tag: Tag, suite: string): OpenCase {
  const { rawClass, rawName, at } = caseName(tag, suite);
  return {
    rawClass,
    rawName,
    at,
    time: readSeconds(tag),
    status: tag.attribute("status")?.trim() ?? "",
    result: tag.attribute("result")?.trim() ?? "",
    how: undefined,
    skipped: false,
    flaky: false,
    rerun: false,
    line: 0,
    message: "",
    details: "",
    leaf: true,
  };
}

/** The time of a case: undefined where it says nothing of it, without seconds where none can be known. */
export function readSeconds(tag: Tag): Time | undefined {
  const text = tag.attribute("time") ?? tag.attribute("duration");
  return text === undefined || text.trim() === "" ? undefined : readTime(text);
}

/** Decides a case that no `error`, `failure` or `skipped` element decided, by reruns and by its status. */
export function settle(test: OpenCase): void {
  if (test.how !== undefined || test.skipped) return;
  if (test.rerun || failingStatus.test(test.status) || failingStatus.test(test.result)) test.how = "failed";
  else if (skippedStatus.test(test.status) || skippedStatus.test(test.result)) test.skipped = true;
}

/** What is kept to read of a failing case: the first line of what it says, and its text. */
export function failureText(test: OpenCase): { message: string; details: string } {
  const details = test.details.slice(0, maxDetails).trim();
  const status =
    test.line > 0 ? "" : `status "${test.status || test.result || "rerun"}" without a failure element`;
  return { message: firstLine(test.message) || firstLine(details) || status, details };
}
