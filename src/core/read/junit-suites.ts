import type { Place, Problem } from "../model/problem.ts";
import { readCount } from "./text/numbers.ts";
import { detached } from "./text/window.ts";
import type { Tag } from "./text/xml.ts";

/** A `testsuite` or `testsuites` element while it is open: what it declares, and what was found inside so far. */
export interface Suite {
  readonly name: string;
  readonly file: string | undefined;
  readonly line: number;
  /** Host, time of day and duration as declared; absent where it does not say when it began. */
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

export function openSuite(tag: Tag): Suite {
  return {
    name: detached(tag.attribute("name") ?? ""),
    file: tag.attribute("file") ?? tag.attribute("filepath"),
    line: tag.line(),
    began: beginning(tag),
    declaredTests: declared(tag, "tests"),
    declaredBad: (declared(tag, "failures") ?? 0) + (declared(tag, "errors") ?? 0),
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

function declared(tag: Tag, name: string): number | undefined {
  const count = tag.number(name);
  return Number.isInteger(count) ? count : readCount(tag.attribute(name));
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
  const who = suite.name === "" ? "a suite" : `suite "${suite.name.slice(0, 80)}"`;
  const at = { file, line: suite.line };
  if (declaredBad > 0 && bad === 0 && reruns === 0) {
    return {
      code: "unexplained-failures",
      severity: "error",
      message: `${who} declares ${declaredBad} failures or errors, but no test case shows one`,
      at,
      hint: "Something failed outside the test cases, such as a build or a set-up: look at the log of the test run.",
    };
  }
  if (reruns > 0) return undefined;
  if (declaredBad > bad) {
    return {
      code: "unexplained-failures",
      severity: "warning",
      message: `${who} declares ${declaredBad} failures or errors, found ${bad} failing test cases`,
      at,
      hint: "Some tools count every failed assertion; otherwise the file lost test cases.",
    };
  }
  if (declaredTests === undefined) return undefined;
  if (declaredTests > cases) {
    return {
      code: "count-shortfall",
      severity: cases === 0 ? "error" : "warning",
      message: `${who} declares ${declaredTests} tests, found ${cases}`,
      at,
      hint: "Some tools leave out skipped tests on purpose; otherwise the file lost test cases.",
    };
  }
  if (declaredTests < cases) {
    return {
      code: "count-surplus",
      severity: "note",
      message: `${who} declares ${declaredTests} tests, found ${cases}`,
      at,
    };
  }
  return undefined;
}

/** Tells of a failure that a suite reports beside those of its tests. */
export function suiteErrorIn(suite: Suite, message: string, at: Place): Problem {
  const what = `suite "${suite.name.slice(0, 80)}" reports a failure of its own`;
  return {
    code: "suite-error",
    severity: "note",
    message: message === "" ? what : `${what}: ${message.slice(0, 120)}`,
    at,
  };
}
