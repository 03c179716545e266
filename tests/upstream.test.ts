import { describe, expect, test } from "vitest";
import { parseConfig } from "../src/core/config/parse-config.ts";
import { evaluate } from "../src/core/evaluate.ts";
import { exitCode } from "../src/core/model/exit-code.ts";
import type { UpstreamJob } from "../src/core/model/upstream.ts";
import { readUpstreamJobs } from "../src/core/read/upstream-jobs.ts";
import { problemText } from "../src/core/report/problem-text.ts";
import { readText } from "./runner/bytes.ts";

const needs = (result: string) => JSON.stringify({ unit: { result, outputs: {} } });

describe("the context needs", () => {
  test("names jobs and how they ended, and its outputs are not looked at", () => {
    const text = `{
  "unit": { "result": "success", "outputs": { "result": "cancelled" } },
  "e2e": { "result": "failure", "outputs": {} }
}`;
    expect(readUpstreamJobs(text)).toEqual({
      jobs: [
        { name: "unit", result: "success" },
        { name: "e2e", result: "failure" },
      ],
      problems: [],
    });
  });

  test.each([
    ["is cut off", '{"unit": {"result": "succ', "is not the JSON of the context needs"],
    ["is not JSON", "unit, e2e", "is not the JSON of the context needs"],
    ["is what a mapping prints as in an expression", "Object", "is not the JSON of the context needs"],
    ["is a list", "[]", "is not the JSON of the context needs"],
    ["is null", "null", "is not the JSON of the context needs"],
    ["names no job", "{}", "names no job"],
    ["has a job without a result", '{"unit": {}}', 'the job "unit" has no result that is known'],
    ["has a job that is no object", '{"unit": "success"}', 'the job "unit" has no result that is known'],
    ["has a result that is no text", '{"unit": {"result": 1}}', 'the job "unit" has no result that is known'],
    ["has a result of another time", needs("neutral"), 'the job "unit" has no result that is known'],
    ["has a result in capitals", needs("Success"), 'the job "unit" has no result that is known'],
    ["inherits a result", '{"__proto__": {"result": 1}}', 'the job "__proto__" has no result that is known'],
  ])("is an error when it %s", (_, text, message) => {
    const { jobs, problems } = readUpstreamJobs(text);
    expect(jobs).toEqual([]);
    expect(problems).toMatchObject([
      { code: "input", severity: "error", message: `input needs: ${message}` },
    ]);
  });
});

describe("an upstream job", () => {
  const passing = readText('<testsuite name="s"><testcase name="a"/></testsuite>');

  function judged(
    upstream: readonly UpstreamJob[],
    limits = "tests.pass_rate: above 85%",
    files = [passing],
  ) {
    const { config } = parseConfig(`version: 1\nphases: [{ name: A, kpis: { ${limits} } }]`, "c.yml");
    const report = evaluate({
      name: "phase-gate",
      run: { at: "2026-11-24T00:00:00.000Z" },
      config,
      evidence: {
        sources: [{ family: "tests", glob: "*.xml", files, problems: [] }],
        problems: [],
        root: "",
      },
      upstream,
      problems: [],
      locate: () => undefined,
    });
    return { exitCode: exitCode(report), problems: report.problems.map(problemText) };
  }

  test("that succeeded is not spoken of", () => {
    expect(judged([{ name: "unit", result: "success" }])).toEqual({ exitCode: 0, problems: [] });
  });

  test.each(["cancelled", "skipped"] as const)("that was %s is an error that names it", (result) => {
    const { exitCode, problems } = judged([
      { name: "unit", result: "success" },
      { name: "e2e", result },
    ]);
    expect(exitCode).toBe(2);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`error: the upstream job "e2e" was ${result}`);
  });

  test("that failed is shown, and its tests decide", () => {
    expect(judged([{ name: "unit", result: "failure" }])).toEqual({
      exitCode: 0,
      problems: ['note: the upstream job "unit" failed [upstream-failed]'],
    });
  });

  test("that failed is an error where a family with a rule has no report file, even if the rule may be skipped", () => {
    const { exitCode, problems } = judged(
      [{ name: "cover", result: "failure" }],
      "tests.pass_rate: above 85%, coverage.lines: { pass: 90%, missing: skip }",
    );
    expect(exitCode).toBe(2);
    expect(problems[0]).toMatch(
      /^error: the upstream job "cover" failed, and there is no report file of coverage \[upstream-failed\]/,
    );
  });

  test("that failed is a note where only a family without a rule has no report file", () => {
    expect(judged([{ name: "cover", result: "failure" }]).exitCode).toBe(0);
  });

  test("that failed before it wrote anything names every family that is missing", () => {
    const { problems } = judged(
      [{ name: "unit", result: "failure" }],
      "tests.pass_rate: above 85%, coverage.lines: 90%",
      [],
    );
    expect(problems[0]).toContain("no report file of tests and coverage");
  });
});
