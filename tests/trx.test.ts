import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { TestFacts } from "../src/core/model/facts.ts";
import { isError } from "../src/core/model/problem.ts";
import { readReportFile } from "../src/core/read/index.ts";
import { readTimeSpan } from "../src/core/read/text/numbers.ts";
import { saysAborted } from "../src/core/read/trx-abort.ts";
import { pieces } from "./runner/bytes.ts";

const namespace = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

function read(results: string, summary = "") {
  const text = `<TestRun xmlns="${namespace}"><Results>${results}</Results>${summary}</TestRun>`;
  const { facts, problems } = readReportFile("unit.trx", pieces(text));
  const tests = facts?.kind === "tests" ? facts.tests : undefined;
  return { tests, problems, isGreen: tests !== undefined && isGreen(tests) && !problems.some(isError) };
}

function isGreen({ counts }: TestFacts): boolean {
  return counts.passed > 0 && counts.failed + counts.errored === 0;
}

describe("what aborts a run is no test that is named after it", () => {
  const table: readonly (readonly [told: string, aborted: boolean])[] = [
    ["The active test run was aborted. Reason: Test host process crashed : Stack overflow.", true],
    ["The active Test Run was aborted.", true],
    ["Testhost process for source(s) '/w/Shop.Tests.dll' exited with error: Cannot use file stream", true],
    ["Test host process pid: 4711 crashed.", true],
    ["Test Run Aborted.", true],
    ["The run was cancelled by the user", true],
    ["活动的测试运行已中止。原因: 测试主机进程崩溃", true],
    ["La série de tests active a été abandonnée. Raison : Plantage du processus hôte de test", true],
    ["Exit code indicates failure: '13'. Please refer to https://aka.ms/x for more information.", true],
    ["Exit code indicates failure: '9'. Please refer to https://aka.ms/x for more information.", false],
    ["TearDown failed for test fixture Shop.AbortedOrders", false],
    ["OneTimeSetUp: System.Threading.ThreadAbortException : Thread was being aborted.", false],
    ["[xUnit.net 00:00:01.02] Shop.Tests: [Test Class Cleanup Failure (Shop.CrashedTill)]", false],
    ["Data collector 'Code Coverage' message: no profiler", false],
  ];

  test.each(table)("%s", (told, aborted) => {
    expect(saysAborted(told)).toBe(aborted);
  });
});

test.each([
  ["00:00:01.5000000", 1.5],
  ["01:02:03", 3_723],
  ["1.02:03:04", 93_784],
  ["10675199.02:48:05", 922_337_203_685],
  ["-00:00:01", undefined],
  ["90", undefined],
  ["1:2:3", undefined],
  ["00:60:00", undefined],
])("the time %s is %s seconds", (text, seconds) => {
  expect(readTimeSpan(text)).toBe(seconds);
});

test("a result that fails around passing ones tells why, and its time counts once", () => {
  const { tests } = read(
    `<UnitTestResult testName="o" outcome="Failed" duration="00:00:09">
      <Output><ErrorInfo><Message>\n\n clean-up failed\n</Message></ErrorInfo></Output>
      <InnerResults><UnitTestResult testName="o (1)" outcome="Passed" duration="00:00:09"/></InnerResults>
    </UnitTestResult>`,
  );
  expect(tests?.failing).toMatchObject([{ name: "o", how: "failed", message: "clean-up failed" }]);
  expect(tests?.counts).toMatchObject({ total: 2, passed: 1, failed: 1 });
  expect(tests?.seconds).toBe(9);
});

test("an error of the run keeps its words", () => {
  const { tests } = read(
    '<UnitTestResult testName="a" outcome="Passed"/>',
    '<ResultSummary outcome="Failed"><RunInfos><RunInfo outcome="Error"><Text>No assembly\n  at Load</Text></RunInfo></RunInfos></ResultSummary>',
  );
  expect(tests?.failing).toMatchObject([
    { name: "(test run)", message: "No assembly", details: "No assembly\n  at Load" },
  ]);
});

const good = fc.constantFrom("Passed", "Completed", "Warning", "NotExecuted", "Inconclusive");
const bad = fc.constantFrom("Failed", "Error", "Timeout", "Aborted", "InProgress", "Disconnected", "odd");
const kind = fc.constantFrom("UnitTestResult", "GenericTestResult", "ManualTestResult", "WebTestResult");
const result = (outcome: string, name = "UnitTestResult", inner = "") =>
  `<${name} testName="t" outcome="${outcome}">${inner && `<InnerResults>${inner}</InnerResults>`}</${name}>`;

test("one word of something bad anywhere keeps a run from being green", () => {
  const fine = fc.tuple(good, kind).map(([outcome, name]) => result(outcome, name));
  const failed = fc.oneof(
    fc.tuple(bad, kind).map(([outcome, name]) => ({ results: result(outcome, name), summary: "" })),
    bad.map((one) => ({ results: result(one, "TestResultAggregation", result("Passed")), summary: "" })),
    bad.map((one) => ({ results: result("Passed", "UnitTestResult", result(one)), summary: "" })),
    bad.map((one) => ({ results: "", summary: `<ResultSummary outcome="${one}"/>` })),
    bad.map((one) => ({
      results: "",
      summary: `<ResultSummary outcome="Completed"><RunInfos><RunInfo outcome="${one}"/></RunInfos></ResultSummary>`,
    })),
    fc
      .constantFrom("failed", "error", "timeout", "aborted", "inProgress", "disconnected", "notRunnable")
      .map((one) => ({
        results: "",
        summary: `<ResultSummary outcome="Completed"><Counters ${one}="1"/></ResultSummary>`,
      })),
  );
  fc.assert(
    fc.property(fc.array(fine), failed, fc.array(fine), (before, { results, summary }, after) => {
      const all = `${result("Passed")}${before.join("")}${results}${after.join("")}`;
      expect(read(all, summary).isGreen).toBe(false);
      expect(read(`${result("Passed")}${before.join("")}${after.join("")}`).isGreen).toBe(true);
    }),
  );
});
