import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseConfig } from "../src/core/config/parse-config.ts";
import { evaluate } from "../src/core/evaluate.ts";
import type { ReadFile } from "../src/core/model/evidence.ts";
import type { Report } from "../src/core/model/report.ts";
import { readText } from "./runner/bytes.ts";

/** What a run found. Each number but `passed` and `covered` is something bad. */
interface Run {
  readonly passed: number;
  readonly failed: number;
  readonly errored: number;
  readonly skipped: number;
  readonly covered: number;
  readonly uncovered: number;
}

const some = fc.nat(12);
const runs: fc.Arbitrary<Run> = fc.record({
  passed: some,
  failed: some,
  errored: some,
  skipped: some,
  covered: some,
  uncovered: some,
});

function testReport({ passed, failed, errored, skipped }: Run): ReadFile {
  const cases = (count: number, inside: string) =>
    Array.from(
      { length: count },
      (_, i) => `<testcase name="${inside}${i}">${inside && `<${inside}/>`}</testcase>`,
    );
  const all = [
    cases(passed, ""),
    cases(failed, "failure"),
    cases(errored, "error"),
    cases(skipped, "skipped"),
  ];
  return readText(`<testsuite name="s">${all.flat().join("")}</testsuite>`, "unit.xml");
}

function coverageReport({ covered, uncovered }: Run): ReadFile {
  const lines = Array.from({ length: covered + uncovered }, (_, i) => `DA:${i + 1},${i < covered ? 1 : 0}\n`);
  return readText(`TN:\nSF:a.js\n${lines.join("")}end_of_record\n`, "lcov.info");
}

const limits = fc.tuple(fc.nat(99), fc.nat(99));
const rule = fc.oneof(
  limits.map(
    ([a, b]) => `tests.pass_rate: { pass: at least ${Math.max(a, b)}%, warn: at least ${Math.min(a, b)}% }`,
  ),
  limits.map(
    ([a, b]) => `coverage.lines: { pass: above ${Math.max(a, b)}%, warn: above ${Math.min(a, b)}% }`,
  ),
  limits.map(([a]) => `tests.error_rate: below ${a + 1}%`),
  limits.map(([a]) => `coverage.uncovered: at most ${a % 12}`),
);

/** One to three phases, each of one to three rules of different KPIs. */
const configurations = fc
  .array(fc.uniqueArray(rule, { minLength: 1, maxLength: 3, selector: (text) => text.split(":")[0] }), {
    minLength: 1,
    maxLength: 3,
  })
  .map((phases) => phases.map((rules, i) => `  - { name: P${i}, kpis: { ${rules.join(", ")} } }`).join("\n"))
  .map((phases) => `version: 1\nphases:\n${phases}\n`);

function gate(text: string, files: readonly ReadFile[]): Report {
  const { config, problems } = parseConfig(text, "gate.yml");
  if (!config) throw new Error(problems.map(({ message }) => message).join("; "));
  const sources = (["tests", "coverage"] as const).map((family) => ({
    family,
    glob: family,
    files: files.filter(
      ({ facts, format }) => (facts?.kind ?? (format === "lcov" ? "coverage" : "tests")) === family,
    ),
    problems: [],
  }));
  return evaluate({
    name: "phase-gate",
    run: { at: "2026-11-24T00:00:00.000Z" },
    config,
    evidence: { sources, problems: [], root: "" },
    problems: [],
    locate: () => undefined,
  });
}

const rank = ["pass", "warn", "fail", "error"];

function expectNoBetter(worse: Report, than: Report): void {
  expect(rank.indexOf(worse.gate!.outcome)).toBeGreaterThanOrEqual(rank.indexOf(than.gate!.outcome));
  expect(worse.gate!.reached).toBeLessThanOrEqual(than.gate!.reached);
}

describe("what is worse never makes the gate better", () => {
  test("a passing test that fails, or a covered line that does not run", () => {
    fc.assert(
      fc.property(configurations, runs, some, some, (config, run, tests, lines) => {
        const [broken, lost] = [Math.min(tests, run.passed), Math.min(lines, run.covered)];
        const worse = {
          ...run,
          passed: run.passed - broken,
          failed: run.failed + broken,
          covered: run.covered - lost,
          uncovered: run.uncovered + lost,
        };
        const before = gate(config, [testReport(run), coverageReport(run)]);
        expectNoBetter(gate(config, [testReport(worse), coverageReport(worse)]), before);
      }),
      { numRuns: 150 },
    );
  });

  test("a report file that is missing, cut off, or empty", () => {
    fc.assert(
      fc.property(configurations, runs, (config, run) => {
        const [tests, coverage] = [testReport(run), coverageReport(run)];
        const before = gate(config, [tests, coverage]);
        const cut = readText('<testsuite name="s"><testcase name="a"/>', "unit.xml");
        for (const files of [[tests], [coverage], [], [tests, cut, coverage], [cut, coverage]]) {
          expectNoBetter(gate(config, files), before);
        }
        expectNoBetter(gate(config, [readText("<testsuites/>", "unit.xml"), coverage]), before);
      }),
      { numRuns: 80 },
    );
  });

  test("and a gate that passes has judged every rule", () => {
    fc.assert(
      fc.property(configurations, runs, (config, run) => {
        const { gate: result } = gate(config, [testReport(run), coverageReport(run)]);
        if (result!.outcome !== "pass") return;
        const verdicts = result!.phases.flatMap(({ rules }) => rules.map(({ verdict }) => verdict));
        expect(new Set(verdicts)).toEqual(new Set(["met"]));
      }),
      { numRuns: 150 },
    );
  });
});
