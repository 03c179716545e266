import { describe, expect, test } from "vitest";
import { renderConsole } from "../src/core/report/console.ts";
import { headSentence } from "../src/core/report/sentence.ts";
import { gate, junit } from "./traps/gate.ts";

const report = (missing: string, passed: number) =>
  gate({
    plan: `
phases:
  - { name: A, kpis: { tests.total: at least 1 } }
  - name: B
    kpis: { tests.pass_rate: 100%, security.high: { pass: 0, missing: ${missing} } }
`,
    files: { "junit.xml": junit(passed, 10 - passed) },
  });
const row = (missing: string) =>
  /^ {4}\S security\.high.*$/m.exec(renderConsole(report(missing, 9)))?.[0] ?? "";
const head = (missing: string, passed: number) =>
  /^. 2 B {2}.*$/m.exec(renderConsole(report(missing, passed)))?.[0] ?? "";

describe("a rule whose KPI is missing", () => {
  test.each([
    ["skip", "Reached A (1 of 2). Missing for B: 1 more passing test."],
    ["warn", "Reached A (1 of 2). Missing for B: 1 more passing test."],
    ["error", "Reached A (1 of 2). Missing for B: 1 more passing test, a value for security.high."],
  ])("with missing: %s is needed only if that is so", (missing, words) => {
    expect(headSentence(report(missing, 9))).toBe(words);
  });

  test.each([
    ["skip", /^ {4}· security\.high +left out +at most 0 /],
    ["warn", /^ {4}! security\.high +missing +at most 0 /],
    ["error", /^ {4}\? security\.high +missing +at most 0 +/],
  ])("with missing: %s bears the sign of what it costs", (missing, form) => {
    expect(row(missing)).toMatch(form);
  });

  test("that is left out is not counted", () => {
    expect(head("skip", 10)).toMatch(/^✓ 2 B {2}1 of 1/);
    expect(head("warn", 10)).toMatch(/^! 2 B {2}1 of 2/);
  });
});
