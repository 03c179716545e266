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
  /** Elements that tell of repeated attempts, which some tools count in their totals. */
  reruns: number;
  /** The first case inside, which tells runs of suites of one name apart; kept only where it is known when it began. */
  first: string | undefined;
  readonly told: Told;
}

/**
 * How far what is declared may differ from what is found without a word: suites inside have told of it, or a failure of
 * a suite itself stands for a case.
 */
interface Told {
  missing: number;
  surplus: number;
  bad: number;
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
    first: undefined,
    told: { missing: 0, surplus: 0, bad: 0 },
  };
}

function beginning(tag: Tag): string | undefined {
  const timestamp = tag.attribute("timestamp") ?? "";
  // Some tools write the first second of 1970 where they know no time.
  if (timestamp.trim() === "" || timestamp.startsWith("1970-")) return undefined;
  return [tag.attribute("hostname") ?? "", timestamp, tag.attribute("time") ?? ""].join("\0");
}

/** Whether the first case of a suite is still to be told to `beginWith`. */
export function isFirst({ began, cases, first }: Suite): boolean {
  return began !== undefined && cases === 0 && first === undefined;
}

/** Takes the class and the name of the first case of a suite, as written. */
export function beginWith(suite: Suite, tag: Tag): void {
  suite.first = `${tag.raw("classname") ?? ""}\0${tag.raw("name") ?? ""}`;
}

/** What tells this run of a suite from any other, its name first; undefined where nothing does. */
export function runOf({ name, began, cases, first }: Suite): string | undefined {
  return began === undefined || cases === 0 ? undefined : detached([name, began, cases, first].join("\0"));
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
export function closeSuite(suite: Suite, outer: Suite | undefined, file: string): readonly Problem[] {
  const problems = disagreements(suite, file);
  if (outer) {
    outer.cases += suite.cases;
    outer.bad += suite.bad;
    outer.reruns += suite.reruns;
    outer.told.missing += suite.told.missing;
    outer.told.surplus += suite.told.surplus;
    outer.told.bad += suite.told.bad;
    outer.first ??= suite.first;
  }
  return problems;
}

const none: readonly Problem[] = [];

function disagreements(suite: Suite, file: string): readonly Problem[] {
  const { declaredTests, declaredBad, cases, bad, reruns, told } = suite;
  const unexplained = declaredBad - bad - reruns - told.bad;
  const missing = declaredTests === undefined ? 0 : declaredTests - cases - reruns - told.missing;
  const surplus = declaredTests === undefined ? 0 : cases - declaredTests - told.surplus;
  if (unexplained <= 0 && missing <= 0 && surplus <= 0) return none;
  const at = { file, line: suite.line };
  if (unexplained > 0) told.bad += unexplained;
  if (unexplained > 0 && bad === 0) {
    const problem: Problem = {
      code: "unexplained-failures",
      severity: "error",
      message: `${who(suite)} declares ${declaredBad} failures or errors, but no test case shows one`,
      at,
      hint: "Something failed outside the test cases, such as a build or a set-up: look at the log of the test run.",
    };
    return [problem];
  }
  const problems: Problem[] = [];
  if (unexplained > 0) {
    problems.push({
      code: "unexplained-failures",
      severity: "warning",
      message: `${who(suite)} declares ${declaredBad} failures or errors, found ${bad} failing test cases`,
      at,
      hint: "Some tools count every failed assertion; otherwise the file lost test cases.",
    });
  }
  const message = `${who(suite)} declares ${declaredTests} tests, found ${cases}`;
  if (missing > 0) {
    told.missing += missing;
    problems.push({
      code: "count-shortfall",
      severity: cases === 0 && bad === 0 ? "error" : "warning",
      message,
      at,
      hint: "Some tools leave out skipped tests on purpose; otherwise the file lost test cases.",
    });
  } else if (surplus > 0) {
    told.surplus += surplus;
    problems.push({ code: "count-surplus", severity: "note", message, at });
  }
  return problems;
}

function who({ name }: Suite): string {
  return name === "" ? "a suite" : `suite "${detached(name.slice(0, 80))}"`;
}

/** The test that a failure of a suite itself is counted as. */
export function nameOfSuite({ name, file }: Suite, around: readonly string[]): TestName {
  const at = file === undefined ? {} : { at: { file } };
  return { suite: around, className: "", name: name || "(suite)", ...at };
}

/** Tells of a failure that a suite reports beside those of its tests. */
export function suiteErrorIn(suite: Suite, message: string, at: Place): Problem {
  const what = `${who(suite)} reports a failure of its own`;
  return {
    code: "suite-error",
    severity: "note",
    message: message === "" ? what : `${what}: ${message.slice(0, 120)}`,
    at,
  };
}
