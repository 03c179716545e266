import type { TestName } from "../model/facts.ts";
import type { Place, Problem } from "../model/problem.ts";
import { readCount } from "./text/numbers.ts";
import { detached } from "./text/window.ts";
import type { Tag } from "./text/xml.ts";

/** A `testsuite` or `testsuites` element while it is open: what it declares, and what was found inside so far. */
export interface Suite {
  readonly name: string;
  readonly file: string | undefined;
  readonly line: number;
  /** Host, time of day and duration as declared; absent where it does not say when it began, or nobody asks. */
  readonly began: string | undefined;
  readonly declaredTests: number | undefined;
  readonly declaredBad: number;
  cases: number;
  bad: number;
  /** Elements that tell of repeated attempts, which tools count in their totals by design. */
  reruns: number;
  /** Whether a disagreement inside was reported already. */
  told: boolean;
}

/** A failure of a suite itself while its element is open. */
export interface SuiteError {
  readonly line: number;
  readonly message: string;
  details: string;
}

/** `isRun`: whether it matters what tells this run of the suite from any other. */
export function openSuite(tag: Tag, isRun: boolean): Suite {
  tag.numbers(counts, declaredCounts);
  return {
    name: tag.attribute("name") ?? "",
    file: tag.attribute("file") ?? tag.attribute("filepath"),
    line: tag.line(),
    began: isRun ? beginning(tag) : undefined,
    declaredTests: declared(tag, 0),
    declaredBad: (declared(tag, 1) ?? 0) + (declared(tag, 2) ?? 0),
    cases: 0,
    bad: 0,
    reruns: 0,
    told: false,
  };
}

function beginning(tag: Tag): string | undefined {
  const timestamp = tag.attribute("timestamp") ?? "";
  // Some tools write the first second of 1970 where they know no time.
  if (timestamp.trim() === "" || timestamp.startsWith("1970-")) return undefined;
  return [tag.attribute("hostname") ?? "", timestamp, tag.attribute("time") ?? ""].join("\0");
}

/** What tells this run of a suite from any other, its name first; undefined where nothing does. */
export function runOf({ name, began, cases }: Suite): string | undefined {
  return began === undefined || cases === 0 ? undefined : detached([name, began, cases].join("\0"));
}

const counts = ["tests", "failures", "errors"] as const;
/** What the suite that opens declares of them, where it is written in plain digits. */
const declaredCounts = new Float64Array(counts.length);

function declared(tag: Tag, which: 0 | 1 | 2): number | undefined {
  const count = declaredCounts[which]!;
  return Number.isInteger(count) ? count : readCount(tag.attribute(counts[which]));
}

/**
 * Compares what a suite declares with what it holds when it closes. Attributes never decide a count, but where they
 * claim failures that no element shows, the file may not be judged. Adds what was found to the suite around it.
 */
export function closeSuite(suite: Suite, outer: Suite | undefined, file: string): Problem | undefined {
  if (outer) {
    outer.cases += suite.cases;
    outer.bad += suite.bad;
    outer.reruns += suite.reruns;
  }
  const problem = suite.told ? undefined : disagreement(suite, file);
  if (outer && (suite.told || problem)) outer.told = true;
  return problem;
}

function disagreement(suite: Suite, file: string): Problem | undefined {
  const { declaredTests, declaredBad, cases, bad, reruns } = suite;
  const at = { file, line: suite.line };
  const who = () => (suite.name === "" ? "a suite" : `suite "${detached(suite.name.slice(0, 80))}"`);
  if (declaredBad > 0 && bad === 0 && reruns === 0) {
    return {
      code: "unexplained-failures",
      severity: "error",
      message: `${who()} declares ${declaredBad} failures or errors, but no test case shows one`,
      at,
      hint: "Something failed outside the test cases, such as a build or a set-up: look at the log of the test run.",
    };
  }
  if (reruns > 0) return undefined;
  if (declaredBad > bad) {
    return {
      code: "unexplained-failures",
      severity: "warning",
      message: `${who()} declares ${declaredBad} failures or errors, found ${bad} failing test cases`,
      at,
      hint: "Some tools count every failed assertion; otherwise the file lost test cases.",
    };
  }
  if (declaredTests === undefined) return undefined;
  if (declaredTests > cases) {
    return {
      code: "count-shortfall",
      severity: cases === 0 ? "error" : "warning",
      message: `${who()} declares ${declaredTests} tests, found ${cases}`,
      at,
      hint: "Some tools leave out skipped tests on purpose; otherwise the file lost test cases.",
    };
  }
  if (declaredTests < cases) {
    return {
      code: "count-surplus",
      severity: "note",
      message: `${who()} declares ${declaredTests} tests, found ${cases}`,
      at,
    };
  }
  return undefined;
}

/** The test that a failure of a suite itself is counted as. */
export function nameOfSuite({ name, file }: Suite, around: readonly string[]): TestName {
  const at = file === undefined ? {} : { at: { file } };
  return { suite: around, className: "", name: name || "(suite)", ...at };
}

/** Tells of a failure that a suite reports beside those of its tests. */
export function suiteErrorIn(suite: Suite, message: string, at: Place): Problem {
  const what = `suite "${detached(suite.name.slice(0, 80))}" reports a failure of its own`;
  return {
    code: "suite-error",
    severity: "note",
    message: message === "" ? what : `${what}: ${message.slice(0, 120)}`,
    at,
  };
}
