import { expect, test } from "vitest";
import { readReportFile } from "../src/core/read/index.ts";
import { always, never, sourceFor } from "./runner/plain-reading.ts";

test.each([
  ["a mark inside", "<skipped/>", "skipped"],
  ["a mark with text", '<skipped message="later">because</skipped>', "skipped"],
  ["output inside", "<system-out>a &lt; b</system-out>", "passed"],
  ["output in CDATA that looks like a failure", "<system-out><![CDATA[<failure/>]]></system-out>", "passed"],
  ["a failure inside of output", "<system-out><failure/></system-out>", "passed"],
  ["a mark inside of output", "<system-out><skipped/></system-out>", "passed"],
  ["a mark inside of a mark", "<skipped><skipped/></skipped>", "skipped"],
  ["a failure after output", "<system-out>x</system-out><failure/>", "failed"],
  ["a failure after properties", '<properties><property name="a"/></properties><failure/>', "failed"],
  ["a failure after a mark", "<skipped/><failure/>", "failed"],
  ["a failure before output", "<failure/><system-out>x</system-out>", "failed"],
  ["an error in a comment", "<!-- <error/> -->", "passed"],
  ["an error", "<error/>", "errored"],
  ["a flaky failure", "<flakyFailure/>", "flaky"],
  ["a rerun", "<rerunFailure/>", "failed"],
])("counts a test case with %s as what it is", (_, inside, how) => {
  const other = '<testcase name="b" time="2"><system-out>b</system-out></testcase>';
  const one = `<testcase name="a" time="1">${inside}</testcase>`;
  const bytes = new TextEncoder().encode(`<testsuite>${other}${one}${other}</testsuite>`);
  const [kernel, scanner] = [always, never].map((from) =>
    readReportFile("a.xml", sourceFor(bytes, 99, from)),
  );
  expect(kernel).toEqual(scanner);
  const found = kernel!.facts?.kind === "tests" ? kernel!.facts.tests : undefined;
  const counts = { total: 3, passed: 2, failed: 0, errored: 0, skipped: 0, flaky: 0 };
  const passes = how === "flaky" || how === "passed";
  expect(found?.counts).toEqual({
    ...counts,
    ...(passes ? { passed: 3 } : {}),
    ...(how === "passed" ? {} : { [how]: 1 }),
  });
  expect(found?.seconds).toBe(5);
});
