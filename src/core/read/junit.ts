import type { Counting, FailingTest, TestName } from "../model/facts.ts";
import { InputError, type Problem } from "../model/problem.ts";
import { noTests } from "./declared.ts";
import { firstLine } from "./first-line.ts";
import {
  type CaseName,
  caseName,
  elements,
  failureText,
  type OpenCase,
  openCase,
  plainCases,
  readSeconds,
  settle,
} from "./junit-case.ts";
import {
  beginWith,
  closeSuite,
  isFirst,
  nameOfSuite,
  openSuite,
  runOf,
  type Suite,
  type SuiteError,
  suiteErrorIn,
} from "./junit-suites.ts";
import { type NodeSummary, takeComment, unshownFailures } from "./node-summary.ts";
import { type OddTimes, oddTimes, secondsOf } from "./odd-times.ts";
import type { Reader } from "./reader.ts";
import { summarise } from "./summarise.ts";
import { createTally, maxDetails, maxKept } from "./test-tally.ts";
import { detached, openWindow, type Window } from "./text/window.ts";
import { attributeText, type Row, scanXml, type Tag } from "./text/xml.ts";

/**
 * JUnit XML in all its dialects. There is no standard; the nearest things to one are
 * https://github.com/testmoapp/junitxml and the schema of Maven Surefire.
 */
export const junit: Reader = {
  label: "JUnit XML",
  families: ["tests"],
  writtenBy:
    "JUnit, Surefire, Gradle, pytest, jest-junit, vitest, mocha, PHPUnit, gotestsum, GoogleTest and most others",
  roots: ["testsuites", "testsuite"],
  read(source, file, counting) {
    const window = openWindow(source, file);
    const events = junitEvents(window, file, counting);
    try {
      return events.finish(scanXml(window, file, events));
    } catch (error) {
      if (!(error instanceof InputError) || events.isEmpty()) throw error;
      // What was read until the break is shown; the error keeps it from being judged.
      return events.broken(error.problem);
    }
  },
};

function junitEvents(window: Window, file: string, counting: Counting | undefined) {
  const tally = createTally(counting);
  const problems: Problem[] = [];
  const suiteRuns: string[] = [];
  const path: string[] = [];
  const suites: Suite[] = [];
  /** Names of the open suites, the same list for all their tests. */
  let names: readonly string[] | undefined;
  const cases: OpenCase[] = [];
  /** The failing case or suite-level error whose text is being read. */
  let listening: { details: string } | undefined;
  let suiteError: SuiteError | undefined;
  const odd: OddTimes = { read: 0, unread: 0 };
  const summary: NodeSummary = { failed: 0, line: 0 };
  let hollow: Tag | undefined;
  const hollowName = () => named(caseName(hollow!, undefined), 0);

  return {
    open(name: string, tag: Tag) {
      const parent = path.at(-1);
      path.push(name);
      if (name === "testcase") {
        const around = cases.at(-1);
        if (around) around.leaf = false;
        const suite = suites.at(-1)!;
        if (isFirst(suite)) beginWith(suite, tag);
        cases.push(openCase(tag, suite.name));
      } else if (name === "testsuite" || name === "testsuites") {
        suites.push(openSuite(tag, suiteRuns.length < maxKept));
        names = undefined;
      } else if (parent === "testcase") inCase(name, tag, cases.at(-1)!);
      else if (parent === "testsuite" || parent === "testsuites") inSuite(name, tag);
    },
    /** A case with nothing inside, as most are: told by its attributes alone, and no name is read. */
    hollow(name: string, tag: Tag): boolean {
      if (listening === undefined && !elements.has(name)) return true;
      if (name !== "testcase" || cases.length > 0 || tag.has("status") || tag.has("result")) return false;
      const suite = suites.at(-1)!;
      if (isFirst(suite)) beginWith(suite, tag);
      suite.cases++;
      hollow = tag;
      tally.about?.(hollowName());
      const plain = tag.number("time");
      const seconds = plain >= 0 ? plain : secondsOf(readSeconds(tag), odd);
      if (seconds !== undefined) tally.time(seconds, hollowName);
      tally.passed();
      return true;
    },
    /** Many cases at once, where all that is to be known of them is how many, how long and which were skipped. */
    counted: {
      what: plainCases,
      tell(row: Row, tagOf: (index: number) => Tag): boolean {
        if (cases.length > 0 || !tally.timesOf) return false;
        const suite = suites.at(-1)!;
        if (isFirst(suite)) beginWith(suite, tagOf(row.first));
        suite.cases += row.end - row.first;
        tally.timesOf(row, (index) => {
          hollow = tagOf(index);
          return hollowName();
        });
        return true;
      },
    },
    close(name: string) {
      path.pop();
      if (name === "testcase") closeCase(cases.pop()!);
      else if (name === "testsuite" || name === "testsuites") {
        tally.suiteEnds?.();
        names = undefined;
        const suite = suites.pop()!;
        for (const problem of closeSuite(suite, suites.at(-1), file)) problems.push(problem);
        const run = suiteRuns.length < maxKept ? runOf(suite) : undefined;
        if (run !== undefined) suiteRuns.push(run);
      } else if (name === "failure" || name === "error") {
        listening = undefined;
        if (suiteError) closeSuiteError(suiteError);
        suiteError = undefined;
      }
    },
    wantsText: () => listening !== undefined && listening.details.length < maxDetails,
    text(piece: string) {
      listening!.details += piece;
    },
    comment(text: string, line: () => number) {
      if (path.length === 1) takeComment(summary, text, line);
    },
    isEmpty: () => tally.total() === 0,
    broken: (problem: Problem) => ({
      facts: facts(),
      problems: [problem],
    }),
    finish(notes: readonly Problem[]) {
      problems.push(...noTests(tally, file));
      problems.push(...oddTimes(odd, file), ...unshownFailures(summary, tally.bad(), file));
      return {
        facts: facts(),
        problems: [...notes, ...summarise(problems)],
      };
    },
  };

  function facts() {
    const runs = suiteRuns.length > 0 ? { suiteRuns } : {};
    return { kind: "tests", tests: { ...tally.facts(), ...runs } } as const;
  }

  function inCase(name: string, tag: Tag, test: OpenCase): void {
    switch (name) {
      case "error":
      case "failure":
        test.how = name === "error" || test.how === "errored" ? "errored" : "failed";
        if (test.line > 0) return;
        test.line = tag.line();
        if (tally.keeps() === "nothing") return;
        test.message = tag.attribute("message") ?? tag.attribute("type") ?? "";
        // Without a message, the first line of the text takes its place.
        if (tally.keeps() === "details" || test.message === "") listening = test;
        return;
      case "skipped":
        test.skipped = true;
        return;
      case "rerunFailure":
      case "rerunError":
        test.rerun = true;
        suites.at(-1)!.reruns++;
        return;
      case "flakyFailure":
      case "flakyError":
        test.flaky = true;
        suites.at(-1)!.reruns++;
        return;
    }
  }

  function inSuite(name: string, tag: Tag): void {
    if (name !== "error" && name !== "failure") return;
    const message = tag.attribute("message") ?? tag.attribute("type") ?? "";
    suiteError = { line: tag.line(), message, details: "" };
    listening = suiteError;
  }

  /** A failure of a suite itself, such as one of its set-up: counted as one failed test that bears its name. */
  function closeSuiteError(error: SuiteError): void {
    const suite = suites.at(-1)!;
    const details = error.details.slice(0, maxDetails).trim();
    const message = firstLine(error.message) || firstLine(details);
    const from = { file, line: error.line };
    suite.bad++;
    suite.told.missing++;
    const name = nameOfSuite(suite, suitePath().slice(0, -1));
    tally.about?.(name);
    tally.failing("failed", () => ({ ...name, how: "failed", message, details, from }));
    problems.push(suiteErrorIn(suite, message, from));
  }

  function closeCase(test: OpenCase): void {
    if (!test.leaf && test.how === undefined) return;
    const suite = suites.at(-1)!;
    suite.cases++;
    settle(test);
    tally.about?.(named(test, test.line));
    const seconds = secondsOf(test.time, odd);
    if (seconds !== undefined) tally.time(seconds, () => named(test, test.line));
    if (test.how !== undefined) {
      suite.bad++;
      const { how } = test;
      tally.failing(how, () => failingTest(test, how));
    } else if (test.skipped) tally.skipped();
    else if (test.flaky) tally.flaky(named(test, test.line));
    else tally.passed();
  }

  function failingTest(test: OpenCase, how: "failed" | "errored"): FailingTest {
    const from = { file, ...(test.line > 0 ? { line: test.line } : {}) };
    return { ...named(test, test.line), how, ...failureText(test), from };
  }

  function named(test: CaseName, failedAt: number): TestName {
    const line = failedAt > 0 ? () => failedAt : undefined;
    const at = test.at ?? (suites.at(-1)!.file === undefined ? undefined : { file: suites.at(-1)!.file! });
    return {
      suite: suitePath(),
      className: attributeText(window, test.rawClass, line),
      name: attributeText(window, test.rawName, line),
      ...(at === undefined ? {} : { at }),
    };
  }

  function suitePath(): readonly string[] {
    names ??= suites.map((suite) => detached(suite.name)).filter((name) => name !== "");
    return names;
  }
}
