import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { parseConfig } from "../src/core/config/parse-config.ts";
import type { Changes } from "../src/core/model/changes.ts";
import type { Report } from "../src/core/model/report.ts";
import { annotationsOf } from "../src/core/report/annotations.ts";
import { renderConsole } from "../src/core/report/console.ts";
import { renderJson } from "../src/core/report/json.ts";
import { runGate } from "../src/gate.ts";
import { testPath } from "./runner/bytes.ts";

const copied = (path: string) => readFileSync(testPath(path));

/** A checkout with every kind of evidence beside tests and coverage, some of it good, some bad and some missing. */
const files: Readonly<Record<string, string | Uint8Array>> = {
  "load/locust_stats.csv": copied("genuine/load/locust_stats.csv"),
  "load/locust_stats_history.csv": copied("genuine/load/locust_stats_history.csv"),
  "scan/trivy.json": copied("read/trivy/vulnerabilities-and-more.json"),
  "scan/osv.json": copied("read/osv-scanner/groups.json"),
  "lint/eslint.json": copied("genuine/lint/eslint.json"),
  "src/shop.js": "var total = 0;\n",
  "metrics/app.prom": copied("read/openmetrics/client.prom"),
  "metrics/plan.json": copied("read/metrics-json/metrics.json"),
  "metrics/uptime.json": '{ "months": [{ "uptime": 0.9987 }] }',
  "metrics/sessions.json": '{ "lost": "none" }',
};

const configuration = `version: 1
sources:
  tests: tests/*.xml
  coverage: coverage/*
  load: [load/locust_stats.csv, load/locust_stats_history.csv]
  security: scan/*.json
  debt: lint/eslint.json
  metrics: [metrics/app.prom, metrics/plan.json]
custom:
  service.uptime: { file: metrics/uptime.json, value: /months/0/uptime, unit: ratio }
  sessions.lost: { file: metrics/sessions.json, value: /lost, better: lower }
phases:
  - name: Reliability
    kpis:
      load.response_time: under 50ms
      load.concurrent_users: above 4
      load.error_rate: below 5%
      service.recovery_time: below 5 min
      resources.memory: below 400 MB
  - name: Readiness
    kpis:
      service.uptime: above 99.5%
      security.critical: 0
      debt.issues: at most 5
      debt.hours: below 40h
  - name: Monitoring
    kpis:
      harmony.achievement: at least 99.7%
      queue.depth: below 10
      sessions.lost: 0
      orchestration.success: above 95%
`;

function gate(change: Readonly<Record<string, string>> = {}, changes?: Changes): Report {
  const folder = mkdtempSync(join(tmpdir(), "phase-gate-evidence-"));
  try {
    for (const [path, content] of Object.entries({ ...files, ...change })) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    const { config, problems } = parseConfig(configuration, "phase-gate.yml");
    const run = { at: "2026-11-24T00:00:00.000Z" };
    const workspace = { root: folder, base: folder };
    const given = { name: "phase-gate", run, config, problems, workspace };
    return runGate(changes ? { ...given, changes } : given);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("every kind of evidence is judged as its golden says", async () => {
  const report = gate();
  await expect(renderConsole(report)).toMatchFileSnapshot(testPath("goldens", "evidence.txt"));
  expect(renderJson(report)).not.toMatch(/undefined|NaN|\[object/);
});

test("a tool that failed and a number that is none make their KPIs missing, and the outcome an error", () => {
  const report = gate({ "scan/osv.json": '{"error":{"code":"ENOLOCK"}}', "metrics/plan.json": "{}" });
  expect(report.gate?.outcome).toBe("error");
  expect(report.kpis.has("security.critical")).toBe(false);
  expect(report.kpis.has("harmony.achievement")).toBe(false);
  // What stands in files of its own, and the other families, are still shown.
  expect(report.kpis.has("service.uptime")).toBe(true);
  expect(report.kpis.has("debt.issues")).toBe(true);
});

const eslint = readFileSync(testPath("genuine/lint/eslint.json"), "utf8").replaceAll("/app/src/", "src/");

test("findings with a place in the repository become annotations, the worst first", () => {
  const annotations = annotationsOf(gate({ "lint/eslint.json": eslint }));
  expect(annotations.map(({ path, line, level, title }) => `${path}:${line} ${level} ${title}`)).toEqual([
    "src/shop.js:1 failure ESLint: no-var",
    "src/shop.js:4 failure ESLint: no-debugger",
    "src/shop.js:10 failure ESLint: no-unreachable",
    "src/shop.js:3 warning ESLint: eqeqeq",
  ]);
});

test("failing tests and findings on lines that the change touches are annotated before all others", () => {
  const cases = [2, 7].map(
    (line) => `<testcase name="t${line}" file="src/shop.js" line="${line}"><failure/></testcase>`,
  );
  const shop = { path: "src/shop.js", lines: [3, 4, 7, 9], written: 4 };
  const report = gate(
    {
      "lint/eslint.json": eslint,
      "tests/r.xml": `<testsuite name="s">${cases.join("")}</testsuite>`,
      "coverage/lcov.info": "SF:src/shop.js\nDA:9,0\nend_of_record\n",
    },
    { kind: "known", since: "main", files: [shop] },
  );
  expect(annotationsOf(report).map(({ line, title }) => `${line} ${title}`)).toEqual([
    "7 s > t7",
    "4 ESLint: no-debugger",
    "3 ESLint: eqeqeq",
    "2 s > t2",
    "9 Not covered",
    "1 ESLint: no-var",
    "10 ESLint: no-unreachable",
  ]);
  expect(report.problems.filter(({ code }) => code === "unmeasured-change")).toEqual([]);
});
