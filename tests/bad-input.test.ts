import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { exitCode } from "../src/core/model/exit-code.ts";
import type { Report } from "../src/core/model/report.ts";
import { annotationsOf } from "../src/core/report/annotations.ts";
import { renderConsole } from "../src/core/report/console.ts";
import { renderJson } from "../src/core/report/json.ts";
import {
  commentLimit,
  renderCheckSummary,
  renderMarkdown,
  renderSummary,
} from "../src/core/report/markdown.ts";
import { problemText } from "../src/core/report/problem-text.ts";
import { runGate } from "../src/gate.ts";
import { loadConfig } from "../src/io/config-file.ts";
import type { BadInput } from "./bad-input/case.ts";
import { configCases } from "./bad-input/config.ts";
import { coverageCases, coverageConfig } from "./bad-input/coverage.ts";
import { findingsCases, findingsConfig } from "./bad-input/findings.ts";
import { formatCases, withoutRows } from "./bad-input/formats.ts";
import { junitCases, junitConfig } from "./bad-input/junit.ts";
import { loadCases, loadTestConfig } from "./bad-input/load.ts";
import { metricValueCases } from "./bad-input/metric-values.ts";
import { metricsCases, metricsConfig } from "./bad-input/metrics.ts";
import { hostileNames } from "./bad-input/names.ts";
import { runCases, runsConfig } from "./bad-input/runs.ts";
import { testPath } from "./runner/bytes.ts";
import { cli } from "./runner/run-cli.ts";

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "phase-gate-bad-")));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function put(files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/** The gate over the folder, from its configuration to the report. */
function judged(): Report {
  const { config, problems } = loadConfig("gate.yml", folder);
  const workspace = { root: folder, base: folder };
  return runGate({
    name: "phase-gate",
    run: { at: "2026-11-24T00:00:00.000Z" },
    config,
    problems,
    workspace,
  });
}

/** Everything that is shown of a report, by place. */
function pages(report: Report): Readonly<Record<string, string>> {
  return {
    console: renderConsole(report),
    comment: renderMarkdown(report, commentLimit),
    summary: renderSummary(report),
    check: renderCheckSummary(report),
    json: renderJson(report),
    annotations: JSON.stringify(annotationsOf(report)),
  };
}

const internal =
  /(?:Type|Range|Syntax|Reference)Error|\.[cm]?[jt]s:\d+|\bundefined\b|\[object |Maximum call stack/;
const codes = { pass: 0, warn: 0, fail: 1, error: 2 } as const;

/** Runs the case as a process of its own; its CPU time in ms and peak memory in MB come with the exit code. */
function measured(): { status: number | null; ms: number; mb: number } {
  const args = ["--require", testPath("..", "bench", "usage.cjs"), cli, "check", "--config", "gate.yml"];
  const { status, output } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  const { cpu, peak } = JSON.parse(output[3]!) as { cpu: number; peak: number };
  return { status, ms: cpu, mb: peak / 1024 };
}

function check({ files, outcome, code, says, hides, within }: BadInput, config: string): void {
  put({ "gate.yml": config, ...files });
  const report = judged();
  const shown = pages(report);
  const said = report.problems.filter((problem) => problem.code === code);

  expect([report.gate?.outcome ?? "error", exitCode(report)], shown["console"]).toEqual([
    outcome,
    codes[outcome],
  ]);
  if (code !== undefined) {
    expect(
      said.map(({ at }) => at?.file).every((file) => file !== undefined),
      shown["console"],
    ).toBe(true);
    expect(report.problems.map((problem) => problem.code)).toContain(code);
  }
  if (says) expect([...said.map(problemText), shown["console"], shown["json"]].join("\n")).toMatch(says);
  for (const [place, text] of Object.entries(shown)) {
    expect(text, place).not.toMatch(internal);
    if (hides) expect(text, place).not.toMatch(hides);
  }
  if (within) {
    const { status, ms, mb } = measured();
    expect(status).toBe(codes[outcome]);
    expect(ms).toBeLessThan(within.ms);
    expect(mb).toBeLessThan(within.mb);
  }
}

describe.each([
  ["a test report", junitCases, junitConfig],
  ["the report of a run", runCases, runsConfig],
  ["a coverage report", coverageCases, coverageConfig],
  ["numbers in files", metricsCases, metricsConfig],
  ["numbers that are well-formed", metricValueCases, ""],
  ["a scan", findingsCases, findingsConfig],
  ["a load test", loadCases, loadTestConfig],
  ["each format of numbers, scans and load tests", formatCases, ""],
  ["the configuration", configCases, ""],
])("bad input in %s", (_, cases, config) => {
  test.each(cases)("$name", (badInput) => check(badInput, badInput.config ?? config));
});

test("every format of numbers, scans and load tests is there", () => {
  expect(withoutRows).toEqual([]);
});

describe("the name of a failing test", () => {
  function shownWith(name: string): Readonly<Record<string, string>> {
    const attribute = name.replace(/[<>&"\n]/g, (c) => `&#${c.charCodeAt(0)};`);
    check(
      {
        name,
        files: {
          "reports/unit.xml": `<testsuite name="s"><testcase name="${attribute}"><failure message="no"/></testcase></testsuite>`,
        },
        outcome: "fail",
      },
      junitConfig,
    );
    return pages(judged());
  }

  test.each(Object.entries(hostileNames))("with %s stays text", (_, name) => {
    const { console: page = "", ...rest } = shownWith(name);
    const rows = (text = "") => text.split("\n").filter((line) => line.startsWith("|"));
    const harmless = shownWith("sinks");
    for (const place of ["comment", "summary", "check"]) {
      const text = rest[place] ?? "";
      expect(text).not.toMatch(
        /<!--|<img|<a |!\[|\]\(http:\/\/127|@octocat|(?<!&)#[12]\b|[\u202a-\u202e\u2066\u200b]/,
      );
      expect(rows(text)).toHaveLength(rows(harmless[place]).length);
    }
    for (const line of page.split("\n")) expect(line.trim()).not.toMatch(/^::|##\[/);
    expect(page.split("\n")).toHaveLength(harmless["console"]!.split("\n").length);
    expect(page).not.toMatch(/[\u202a-\u202e\u2066\u200b]/);
  });
});
