import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Counting, TestCounts } from "../src/core/model/facts.ts";
import { readReportFile } from "../src/core/read/index.ts";
import { pieces } from "./runner/bytes.ts";

const byName: Counting = { retriesByName: true };

function counts(cases: string, counting?: Counting): TestCounts {
  const text = cases.includes("<testsuite") ? cases : `<testsuite name="s">${cases}</testsuite>`;
  const { facts, problems } = readReportFile("junit.xml", pieces(text), counting);
  expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
  return facts?.kind === "tests" ? facts.tests.counts : expect.fail("no tests");
}

const failed = '<testcase name="a" time="0.1"><failure/></testcase>';
const errored = '<testcase name="a" time="0.1"><error/></testcase>';
const passed = '<testcase name="a" time="0.2"/>';
const timeless = '<testcase name="a"/>';
const skipped = '<testcase name="a" time="0.1"><skipped/></testcase>';
const inSuite = (cases: string) => `<testsuite name="s">${cases}</testsuite>`;

describe("with retries: same-name-in-suite", () => {
  const table: readonly (readonly [what: string, cases: string, wanted: Partial<TestCounts>])[] = [
    ["a failure and then a pass are one flaky test", failed + passed, { total: 1, passed: 1, flaky: 1 }],
    ["an error and then a pass, too", errored + passed, { total: 1, passed: 1, flaky: 1 }],
    ["two failures and then a pass, too", failed + failed + passed, { total: 1, passed: 1, flaky: 1 }],
    [
      "a pass and then a failure stay two tests",
      passed + failed,
      { total: 2, passed: 1, failed: 1, flaky: 0 },
    ],
    [
      "a failure after the pass stays",
      failed + passed + failed,
      { total: 2, passed: 1, failed: 1, flaky: 1 },
    ],
    ["failures alone stay as many", failed + failed, { total: 2, failed: 2 }],
    ["passes alone are rows of data", passed + passed, { total: 2, passed: 2, flaky: 0 }],
    ["a skipped record clears nothing", failed + skipped, { total: 2, failed: 1, skipped: 1 }],
    [
      "a pass without a time of its own clears nothing",
      failed + timeless,
      { total: 2, failed: 1, passed: 1 },
    ],
    [
      "empty records before the failure, as pytest-rerunfailures writes them, clear nothing",
      timeless + timeless + failed,
      { total: 3, failed: 1, passed: 2 },
    ],
    [
      "another class is another test",
      `<testcase classname="x" name="a"><failure/></testcase>${passed}`,
      { total: 2, failed: 1, passed: 1 },
    ],
    [
      "another suite of the same name is another suite",
      inSuite(failed) + inSuite(passed),
      { total: 2, failed: 1 },
    ],
    [
      "failed, skipped, passed, as gotestsum orders attempts",
      failed + skipped + passed,
      { total: 2, passed: 1, flaky: 1, skipped: 1 },
    ],
  ];

  test.each(table)("%s", (_, cases, wanted) => {
    const whole = cases.includes("<testsuite") ? `<testsuites>${cases}</testsuites>` : cases;
    expect(counts(whole, byName)).toMatchObject(wanted);
  });

  test("attempts are no shortfall of a suite that declares them", () => {
    const text = `<testsuite name="s" tests="2" failures="1">${failed}${passed}</testsuite>`;
    expect(readReportFile("junit.xml", pieces(text), byName).problems).toEqual([]);
  });

  test("groups are counted alike", () => {
    const { facts } = readReportFile("junit.xml", pieces(inSuite(failed + passed)), {
      ...byName,
      groupsOf: () => ["g"],
    });
    const group = facts?.kind === "tests" ? facts.tests.groups?.get("g") : undefined;
    expect(group?.counts).toMatchObject({ total: 1, passed: 1, flaky: 1 });
  });
});

describe("what else tells runs of a test apart keeps them apart", () => {
  function countsOf(file: string, text: string): TestCounts {
    const { facts } = readReportFile(file, pieces(text), byName);
    return facts?.kind === "tests" ? facts.tests.counts : expect.fail("no tests");
  }
  const ctrf = (...runs: readonly object[]) =>
    countsOf(
      "ctrf.json",
      JSON.stringify({
        results: {
          tool: { name: "t" },
          tests: runs.map((run, i) => ({
            name: "pays",
            suite: ["till"],
            status: i < runs.length - 1 ? "failed" : "passed",
            duration: 9,
            ...run,
          })),
        },
      }),
    );
  const trx = (...ids: readonly string[]) => {
    const results = ids.map(
      (id, i) =>
        `<UnitTestResult testId="${id}" testName="pays" outcome="${i < ids.length - 1 ? "Failed" : "Passed"}" duration="00:00:01"/>`,
    );
    const classes = ids.map((id) => `<UnitTest id="${id}"><TestMethod className="Till"/></UnitTest>`);
    return countsOf(
      "unit.trx",
      `<TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010"><Results>${results.join("")}</Results>
       <TestDefinitions>${classes.join("")}</TestDefinitions></TestRun>`,
    );
  };
  const united = { total: 1, passed: 1, failed: 0, flaky: 1 };
  const apart = { total: 2, passed: 1, failed: 1, flaky: 0 };

  test("CTRF: attempts are united", () => {
    expect(ctrf({}, {})).toMatchObject(united);
    const run = { browser: "chromium", device: "phone", parameters: { user: "a" }, id: "1" };
    expect(ctrf({ ...run, threadId: "1" }, { ...run, threadId: "2" })).toMatchObject(united);
  });

  test.each(["browser", "device", "id", "testId", "executionId"])("CTRF: another %s", (key) => {
    expect(ctrf({ [key]: "a" }, { [key]: "b" })).toMatchObject(apart);
    expect(ctrf({ [key]: "a" }, {})).toMatchObject(apart);
  });

  test("CTRF: other parameters", () => {
    expect(ctrf({ parameters: { user: "a" } }, { parameters: { user: "b" } })).toMatchObject(apart);
  });

  test("TRX: attempts of one test are united, and tests of one name are not", () => {
    expect(trx("1", "1")).toMatchObject(united);
    expect(trx("1", "1", "1")).toMatchObject(united);
    expect(trx("1", "2")).toMatchObject(apart);
  });
});

test("without it every case is a test", () => {
  expect(counts(failed + passed)).toMatchObject({ total: 2, passed: 1, failed: 1, flaky: 0 });
});

test("a test whose every attempt failed is never green, and no passing test is lost", () => {
  const attempt = fc.constantFrom(failed, errored, passed, timeless, skipped);
  fc.assert(
    fc.property(fc.array(attempt, { minLength: 1, maxLength: 8 }), (attempts) => {
      const plain = counts(attempts.join(""));
      const united = counts(attempts.join(""), byName);
      const last = attempts.findLast((one) => one !== skipped && one !== timeless);
      if (last === failed || last === errored) expect(united.failed + united.errored).toBeGreaterThan(0);
      expect(united.passed).toBe(plain.passed);
      expect(united.failed + united.errored).toBeLessThanOrEqual(plain.failed + plain.errored);
      expect(united.total).toBe(united.passed + united.failed + united.errored + united.skipped);
    }),
  );
});
