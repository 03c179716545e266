import { describe, expect, test } from "vitest";
import { parseConfig } from "../src/core/config/parse-config.ts";
import { evaluate } from "../src/core/evaluate.ts";
import type { SourceEvidence } from "../src/core/model/evidence.ts";
import type { Report } from "../src/core/model/report.ts";
import { completionOf } from "../src/core/report/completion.ts";
import { renderMarkdown, renderSummary } from "../src/core/report/markdown.ts";
import { readText, testPath } from "./runner/bytes.ts";

const plan = `version: 1
require: Stabilization
phases:
  - { name: Stabilization, kpis: { tests.pass_rate: above 70% } }
  - name: Reliability
    owner: "@acme/core"
    due: 2027-03-31
    kpis:
      tests.slowest: under 1s
      load.response_time: under 2s
      coverage.lines: above 60%
      tests.total: at least 100
`;

/** The report over 4 tests, of which `failed` fail, and half covered lines. */
function report(text: string, failed: number): Report {
  const cases = [0, 1, 2, 3].map(
    (i) => `<testcase name="t${i}" time="1.5">${i < failed ? "<failure/>" : ""}</testcase>`,
  );
  const read = [
    ["tests", readText(`<testsuite name="s">${cases.join("")}</testsuite>`, "junit.xml")],
    ["coverage", readText("SF:a.js\nDA:1,1\nDA:2,0\nend_of_record\n", "lcov.info")],
  ] as const;
  const sources = read.map(
    ([family, file]): SourceEvidence => ({ family, glob: file.path, files: [file], problems: [] }),
  );
  const { config, problems } = parseConfig(text, "gate.yml");
  const evidence = { sources, problems: [], root: "" };
  return evaluate({
    name: "phase-gate",
    run: { at: "2026-11-24T00:00:00.000Z" },
    config,
    evidence,
    problems,
    locate: () => undefined,
  });
}

describe("the completion report", () => {
  test("tells what was reached, on what evidence, and the road to the next phase", async () => {
    await expect(renderSummary(report(plan, 1))).toMatchFileSnapshot(
      testPath("goldens", "completion", "summary.md"),
    );
  });

  test("names no line to write where what was reached is kept anyway", () => {
    const reached = report(plan, 1);
    expect(completionOf(reached)?.requirable).toBeUndefined();
    const early = report(
      plan
        .replace("slowest: under 1s", "slowest: under 2s")
        .replace(/^ +(?:load|coverage|tests\.total).*\n/gm, ""),
      1,
    );
    expect(completionOf(early)?.requirable).toBe("Reliability");
    expect(completionOf({ ...early, gate: { ...early.gate!, keeps: true } })?.requirable).toBeUndefined();
  });

  test("puts what is nearest to its limit first, and what has no value last", () => {
    expect(completionOf(report(plan, 1))?.road.map(({ rule }) => rule.kpi)).toEqual([
      "tests.slowest",
      "coverage.lines",
      "tests.total",
      "load.response_time",
    ]);
  });

  test("is not there while no phase is reached, nor in the comment", () => {
    expect(renderSummary(report(plan, 3))).not.toContain("Completion report");
    expect(renderMarkdown(report(plan, 1))).not.toContain("Completion report");
  });

  test("says that the whole plan is reached", () => {
    const all = plan.replace(/ {2}- name: Reliability[\s\S]*/, "");
    expect(renderSummary(report(all, 0))).toContain("The whole plan is reached.");
  });
});

describe("a phase that is reached and not required", () => {
  const two = plan.replace(/tests.slowest: under 1s[\s\S]*/, "tests.failed: 0\n      tests.errored: 0\n");

  test("is named with what to write to keep it", () => {
    const reached = renderMarkdown(report(two, 0));
    expect(reached).toContain("Reliability is reached, and only an earlier phase is required.");
    expect(reached).toContain("<code>require: Reliability</code>");
  });

  test("is not spoken of when it is required, or not reached", () => {
    for (const [text, failed] of [
      [two.replace("require: Stabilization", "require: Reliability"), 0],
      [two, 1],
    ] as const)
      expect(renderMarkdown(report(text, failed))).not.toContain("To keep it");
  });
});
