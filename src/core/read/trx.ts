import type { Counting, FailingTest, TestName } from "../model/facts.ts";
import { type Problem, refuse } from "../model/problem.ts";
import { declaredDiffers, noTests } from "./declared.ts";
import type { Reader } from "./reader.ts";
import { createTally, maxDetails, maxMessage } from "./test-tally.ts";
import { readCount } from "./text/numbers.ts";
import { scanXml, type Tag } from "./text/xml.ts";

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

/** A `UnitTestResult` while it is open. */
interface Result {
  readonly testId: string;
  readonly name: string;
  readonly outcome: string;
  readonly seconds: number | undefined;
  readonly line: number;
  message: string;
  details: string;
  /** A result around inner results is a row of data for each of them. */
  leaf: boolean;
}

const passed = new Set(["Passed", "Completed", "Warning"]);
const skipped = new Set(["NotExecuted", "Inconclusive", "Pending", "NotRunnable"]);

/** Most names of classes that are kept to tell failing tests apart. */
const maxClasses = 500_000;

function runReader(file: string, counting: Counting | undefined) {
  const tally = createTally(counting);
  const path: string[] = [];
  const open: Result[] = [];
  const classes = new Map<string, string>();
  /** Results come before the definitions that name their classes; groups are told by these. */
  const failing: { testId: string; test: Omit<FailingTest, "className"> }[] = [];
  const ungrouped: Result[] = [];
  let unitTest = "";
  let run = { outcome: "", total: undefined as number | undefined, bad: 0, line: 1 };
  let info: { message: string; line: number } | undefined;
  let aborted: { message: string; line: number } | undefined;
  let outside: { message: string; line: number } | undefined;

  const events = {
    open(name: string, tag: Tag) {
      path.push(name);
      if (name === "UnitTestResult" || name === "TestResult") openResult(tag);
      else if (name === "UnitTest") unitTest = tag.attribute("id") ?? "";
      else if (name === "TestMethod" && classes.size < maxClasses)
        classes.set(unitTest, tag.attribute("className") ?? "");
      else if (name === "ResultSummary")
        run = { ...run, outcome: tag.attribute("outcome") ?? "", line: tag.line() };
      else if (name === "Counters") openCounters(tag);
      else if (name === "RunInfo" && tag.attribute("outcome") === "Error")
        info = { message: "", line: tag.line() };
    },
    close(name: string) {
      path.pop();
      if (name === "UnitTestResult" || name === "TestResult") closeResult(open.pop()!);
      else if (name === "RunInfo" && info) closeInfo(info);
    },
    wantsText: () => wanted() !== undefined,
    text(piece: string) {
      const target = wanted();
      if (target === "info") info!.message += piece;
      else if (target) open.at(-1)![target] += piece;
    },
  };

  function wanted(): "message" | "details" | "info" | undefined {
    const at = path.at(-1);
    if (info && at === "Text") return info.message.length < maxMessage ? "info" : undefined;
    const result = open.at(-1);
    if (!result || path.at(-2) !== "ErrorInfo") return undefined;
    if (at === "Message") return result.message.length < maxMessage ? "message" : undefined;
    return at === "StackTrace" && result.details.length < maxDetails ? "details" : undefined;
  }

  function openResult(tag: Tag): void {
    const around = open.at(-1);
    if (around) around.leaf = false;
    open.push({
      testId: tag.attribute("testId") ?? "",
      name: tag.attribute("testName") ?? "",
      outcome: tag.attribute("outcome") ?? "",
      seconds: duration(tag.attribute("duration")),
      line: tag.line(),
      message: "",
      details: "",
      leaf: true,
    });
  }

  function closeResult(result: Result): void {
    if (!result.leaf) return;
    if (tally.about) ungrouped.push(result);
    else count(result);
  }

  function count(result: Result): void {
    const { outcome, name, testId, seconds, line } = result;
    if (seconds !== undefined) tally.time(seconds, () => ({ suite: [], className: "", name }));
    if (passed.has(outcome)) tally.passed();
    else if (skipped.has(outcome)) tally.skipped();
    else {
      const how = outcome === "Failed" ? "failed" : "errored";
      const message = /^\s*([^\r\n]*)/.exec(result.message)?.[1] || `outcome "${outcome || "missing"}"`;
      failing.push({
        testId,
        test: {
          suite: [],
          name,
          how,
          message,
          details: result.details.slice(0, maxDetails).trim(),
          from: { file, line },
        },
      });
    }
  }

  function openCounters(tag: Tag): void {
    const counted = (name: string) => readCount(tag.attribute(name)) ?? 0;
    const bad = counted("failed") + counted("error") + counted("timeout") + counted("aborted");
    run = { ...run, total: readCount(tag.attribute("total")), bad };
  }

  /** What the runner says went wrong: it repeats failing tests here, but also tells of what is outside of them. */
  function closeInfo({ message, line }: { message: string; line: number }): void {
    const first = (/^\s*([^\r\n]*)/.exec(message)?.[1] ?? "").slice(0, 200);
    info = undefined;
    if (/\babort|\bcrash/i.test(message)) aborted ??= { message: first, line };
    else outside ??= { message: first, line };
  }

  function checkRun(): readonly Problem[] {
    if (aborted || run.outcome === "Aborted") {
      const { message, line } = aborted ?? { message: 'outcome "Aborted"', line: run.line };
      const hint = "Tests after the break are missing: look at the log of the test run.";
      refuse({
        code: "truncated",
        message: `the test run was aborted: ${message}`,
        at: { file, line },
        hint,
      });
    }
    if (!outside || tally.bad() > 0) return [];
    const from = { file, line: outside.line };
    const name: TestName = { suite: [], className: "", name: "(test run)" };
    const { message: told } = outside;
    tally.about?.(name);
    tally.failing("failed", () => ({ ...name, how: "failed", message: told, details: "", from }));
    const message = `the test run reports an error of its own: ${told}`;
    return [{ code: "suite-error", severity: "note", message, at: from }];
  }

  return {
    events,
    finish(notes: readonly Problem[]) {
      for (const result of ungrouped) {
        tally.about?.({ suite: [], className: classes.get(result.testId) ?? "", name: result.name });
        count(result);
      }
      for (const { testId, test } of failing) {
        const told: FailingTest = { ...test, className: classes.get(testId) ?? "" };
        tally.about?.(told);
        tally.failing(told.how, () => told);
      }
      const problems = checkRun();
      const bad = run.bad > 0 ? run.bad : /^(?:Failed|Error|Aborted|Timeout)$/.test(run.outcome) ? 1 : 0;
      const declared = { who: "the result summary", tests: run.total, bad };
      const at = { file, line: run.line };
      const all = [...notes, ...problems, ...declaredDiffers(declared, tally, at), ...noTests(tally, file)];
      return { facts: { kind: "tests", tests: tally.facts() } as const, problems: all };
    },
  };
}

/** `hh:mm:ss.fffffff` in seconds. */
function duration(text: string | undefined): number | undefined {
  const match = /^(\d+):(\d{2}):(\d{2}(?:\.\d+)?)$/.exec(text ?? "");
  return match ? Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3]) : undefined;
}
