import type { Counting, TestName } from "../model/facts.ts";
import type { Problem } from "../model/problem.ts";
import { noTests } from "./declared.ts";
import { firstLine } from "./first-line.ts";
import { timesLeftOut } from "./odd-times.ts";
import type { Reader } from "./reader.ts";
import { createTally, maxDetailed, maxDetails, maxKept, maxMessage } from "./test-tally.ts";
import { readTimeSpan } from "./text/numbers.ts";
import { scanXml, type Tag } from "./text/xml.ts";
import { failingTest, howEnded, isResult, openResult, type Result } from "./trx-result.ts";
import { runErrorIn, runWords } from "./trx-run.ts";

/** Visual Studio test results. https://learn.microsoft.com/visualstudio/test, schema vstst.xsd. */
export const trx: Reader = {
  label: "TRX",
  families: ["tests"],
  writtenBy: "dotnet test --logger trx, vstest",
  roots: ["TestRun"],
  claims: ({ text }) =>
    /microsoft\.com\/schemas\/VisualStudio\/TeamTest|<(?:[^\s<>:]+:)?(?:Results|TestRun)/.test(text),
  read(source, file, counting) {
    const reading = runReader(file, counting);
    const notes = scanXml(source, file, reading.events);
    return reading.finish(notes);
  },
};

/** Most names of classes that are kept to tell failing tests apart. */
const maxClasses = 500_000;

function runReader(file: string, counting: Counting | undefined) {
  const tally = createTally(counting);
  const run = runWords(file);
  const path: string[] = [];
  const open: Result[] = [];
  const classes = new Map<string, string>();
  /** Results come before the definitions that name their classes, which failing tests are told with, and groups by. */
  const waiting: Result[] = [];
  const outcomes = new Map<string, number>();
  let around = 0;
  let badAround = 0;
  let odd = 0;
  let unitTest = "";

  const events = {
    open(name: string, tag: Tag) {
      if (isResult(name, path.at(-1))) {
        const outer = open.at(-1);
        if (outer) outer.leaf = false;
        open.push(openResult(tag));
      } else if (name === "UnitTest") unitTest = tag.attribute("id") ?? "";
      else if (name === "TestMethod" && classes.size < maxClasses)
        classes.set(unitTest, tag.attribute("className") ?? "");
      else run.open(name, tag);
      path.push(name);
    },
    close(name: string) {
      path.pop();
      if (isResult(name, path.at(-1))) closeResult(open.pop()!, open.at(-1));
      else run.close(name);
    },
    wantsText: () => wanted() !== undefined,
    text(piece: string) {
      wanted()?.(piece);
    },
  };

  /** Takes the text at hand, where it is wanted. */
  function wanted(): ((piece: string) => void) | undefined {
    const at = path.at(-1);
    const told = at === "Text" ? run.listening() : undefined;
    if (told) return (piece) => (told.text += piece);
    const result = open.at(-1);
    if (!result || path.at(-2) !== "ErrorInfo") return undefined;
    if (at === "Message" && result.message.length < maxMessage) return (piece) => (result.message += piece);
    if (at === "StackTrace" && result.details.length < maxDetails)
      return (piece) => (result.details += piece);
    return undefined;
  }

  function closeResult(result: Result, outer: Result | undefined): void {
    const { leaf, badInside, outcome } = result;
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    const how = howEnded(result);
    const isBad = how === "failed" || how === "errored";
    // Rows of data are the tests, and not what is around them, unless it fails itself.
    const counts = leaf || (isBad && !badInside && outcome !== "");
    if (outer) outer.badInside ||= badInside || (counts && isBad);
    if (counts) count(result, isBad);
    else {
      around++;
      if (isBad) badAround++;
    }
  }

  function count(result: Result, isBad: boolean): void {
    if (!tally.about) {
      timed(result);
      // Only failing tests wait then, of which no more is kept in the end.
      if (waiting.length >= maxDetailed) result.details = "";
      if (waiting.length >= maxKept) result.message = "";
    }
    if (tally.about || isBad) waiting.push(result);
    else decided(result, "");
  }

  function timed({ leaf, duration, name }: Result): void {
    if (!leaf || duration === "") return;
    const seconds = readTimeSpan(duration);
    if (seconds === undefined) odd++;
    else tally.time(seconds, () => ({ suite: [], className: "", name }));
  }

  function decided(result: Result, className: string): void {
    const how = howEnded(result);
    if (how === "passed") tally.passed();
    else if (how === "skipped") tally.skipped();
    else tally.failing(how, () => failingTest(result, how, className, file));
  }

  /** An error of the run counts as one failed test. */
  function failRun(text: string, line: number): Problem {
    const from = { file, line };
    const name: TestName = { suite: [], className: "", name: "(test run)" };
    const message = firstLine(text);
    const details = text.slice(0, maxDetails).trim();
    tally.about?.(name);
    tally.failing("failed", () => ({ ...name, how: "failed", message, details, from }));
    return runErrorIn(message, from);
  }

  return {
    events,
    finish(notes: readonly Problem[]) {
      for (const result of waiting) {
        const className = classes.get(result.testId) ?? "";
        if (tally.about) {
          tally.about({ suite: [], className, name: result.name }, result.testId);
          timed(result);
        }
        decided(result, className);
      }
      const found = { tests: tally.total(), bad: tally.bad(), around, badAround, outcomes };
      run.checkEnd(found);
      const error = run.error(found.bad > 0);
      const problems = [...notes, ...run.differs(found, error !== undefined)];
      if (error) problems.push(failRun(error.text, error.line));
      problems.push(...timesLeftOut(odd, "duration of the form hh:mm:ss", file), ...noTests(tally, file));
      return { facts: { kind: "tests", tests: tally.facts() } as const, problems };
    },
  };
}
