import { expect, test } from "vitest";
import { readReportFile } from "../src/core/read/index.ts";
import { pieces } from "./runner/bytes.ts";

function failuresOf(count: number, failure: string) {
  const cases = Array.from({ length: count }, (_, i) => `<testcase name="t${i}">${failure}</testcase>`);
  const text = `<testsuite name="s" tests="${count}">${cases.join("")}</testsuite>`;
  const { facts } = readReportFile("junit.xml", pieces(text));
  if (facts?.kind !== "tests") throw new Error("these are tests");
  return facts.tests;
}

test("Of 6,000 failing tests all count, 5,000 are kept by name and message, and 1,000 with their details", () => {
  const { counts, failing } = failuresOf(6_000, '<failure message="no">at one\nat two</failure>');
  expect(counts.failed).toBe(6_000);
  expect(failing.length).toBe(5_000);
  expect(failing.every(({ message }) => message === "no")).toBe(true);
  expect(failing.filter(({ details }) => details === "at one\nat two").length).toBe(1_000);
  expect(failing.filter(({ details }) => details === "").length).toBe(4_000);
});

test("A failure without a message is kept with the first line of its text, wherever it stands", () => {
  const { failing } = failuresOf(1_200, "<failure>at one\nat two</failure>");
  expect(failing.every(({ message }) => message === "at one")).toBe(true);
});

test("The same of failing tests in TRX, which wait for the names of their classes", () => {
  const one = (
    i: number,
  ) => `<UnitTestResult testId="t${i}" testName="t${i}" outcome="Failed"><Output><ErrorInfo>
    <Message>no</Message><StackTrace>at one</StackTrace></ErrorInfo></Output></UnitTestResult>`;
  const results = Array.from({ length: 6_000 }, (_, i) => one(i)).join("");
  const classes =
    '<TestDefinitions><UnitTest id="t4999"><TestMethod className="Cart"/></UnitTest></TestDefinitions>';
  const text = `<TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010"><Results>${results}</Results>${classes}</TestRun>`;
  const { facts } = readReportFile("unit.trx", pieces(text));
  if (facts?.kind !== "tests") throw new Error("these are tests");
  const { counts, failing } = facts.tests;
  expect(counts.failed).toBe(6_000);
  expect(failing.every(({ message }) => message === "no")).toBe(true);
  expect(failing.filter(({ details }) => details === "at one").length).toBe(1_000);
  expect(failing.at(-1)).toMatchObject({ name: "t4999", className: "Cart" });
});
