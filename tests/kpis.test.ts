import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { kpis, measure } from "../src/core/measure/index.ts";
import type { Changes } from "../src/core/model/changes.ts";
import type { SourceEvidence } from "../src/core/model/evidence.ts";
import type { Past } from "../src/core/model/history.ts";
import { readers } from "../src/core/read/index.ts";
import { day, record } from "./history/records.ts";
import { readText, testPath } from "./runner/bytes.ts";

const pytest = "genuine/pytest.xml";
const flaky = "genuine/surefire/TEST-FlakyTest.xml";
const istanbul = "genuine/vitestcov/coverage-final.json";
const python = "genuine/coveragepy.json";
const k6 = "read/k6/summary-export.json";
const npmAudit = "read/npm-audit/version-2.json";
const service = "read/metrics-json/service.json";
const nothing = "";
const days = 86_400_000;

/** Every KPI once: a file that holds it, and the number that is written there. */
const rows: readonly (readonly [kpi: string, file: string, value: string | number])[] = [
  ["tests.pass_rate", pytest, "5/9"],
  ["tests.error_rate", pytest, "4/9"],
  ["tests.total", pytest, 11],
  ["tests.passed", pytest, 5],
  ["tests.failed", pytest, 2],
  ["tests.errored", pytest, 2],
  ["tests.skipped", pytest, 2],
  ["tests.flaky", flaky, 1],
  ["tests.new_failures", pytest, 3],
  ["tests.fixed", pytest, 1],
  ["tests.duration", flaky, 1],
  ["tests.slowest", flaky, 1],
  ["coverage.lines", python, "21/34"],
  ["coverage.branches", istanbul, "1/2"],
  ["coverage.functions", istanbul, "1/1"],
  ["coverage.statements", istanbul, "2/3"],
  ["coverage.diff", python, "1/2"],
  ["coverage.uncovered", python, 13],
  ["coverage.files", python, 4],
  ["load.response_time", k6, 412.87],
  ["load.response_time.p50", k6, 131.4],
  ["load.response_time.p90", k6, 240.11],
  ["load.response_time.p99", k6, 655.02],
  ["load.response_time.avg", k6, 144.62],
  ["load.response_time.max", k6, 1871.92],
  ["load.error_rate", k6, "12/1200"],
  ["load.concurrent_users", k6, 50],
  ["load.throughput", k6, 39.944],
  ["service.uptime", service, 99.95],
  ["service.recovery_time", service, 150_000],
  ["service.mtbf", service, 21 * days],
  ["resources.memory", service, 412 * 1024 * 1024],
  ["resources.cpu", service, 37],
  ["security.critical", npmAudit, 1],
  ["security.high", npmAudit, 1],
  ["security.medium", npmAudit, 1],
  ["security.low", npmAudit, 1],
  ["security.total", npmAudit, 4],
  ["debt.issues", "genuine/lint/eslint.json", 4],
  ["debt.hours", service, 36 * 3_600_000],
  ["history.runs", nothing, 3],
  ["history.mtbf", nothing, 4 * days],
  ["history.recovery_time", nothing, 2 * days],
  ["history.failure_rate", nothing, "1/3"],
  ["history.flaky_rate", nothing, "1/1"],
];

const counts = { total: 9, passed: 7, failed: 2, errored: 0, skipped: 0, flaky: 1 };
const failing = ["test_breaks", "test_gone"].map((name) => ({
  test: `pytest > test_a > ${name}`,
  message: "",
}));
const last = record(7, { tests: { counts, failing, flaky: [] } });

/** Two lines of a change: the first of them ran. */
const changes: Changes = {
  kind: "known",
  since: "main",
  files: [{ path: "shop/cart.py", lines: [9, 10], written: 2 }],
};

/** Green for four days, red for two, then green. Two tests failed in the end, one of which is not there any more. */
const past: Past = {
  at: day(8),
  records: [record(1), record(5, { outcome: "fail" }), last],
  baseline: { record: last },
};

describe("every KPI", () => {
  test("has a row with an example", () => {
    expect(rows.map(([kpi]) => kpi)).toEqual(Object.keys(kpis));
  });

  test.each(rows)("%s of %s", (kpi, file, value) => {
    const found = measure({ sources: sourcesOf(file), root: "/w" }, undefined, past, changes);
    const measured = found.measurements.get(kpi);
    expect(measured?.kind === "ratio" ? `${measured.part}/${measured.whole}` : measured?.amount).toBe(value);
  });

  test.each(rows)("%s is absent without evidence, and the reason says why", (kpi) => {
    const { measurements, reasons, incomparable } = measure({ sources: [], root: "/w" });
    expect(measurements.has(kpi)).toBe(false);
    expect(reasons.get(kpi) ?? incomparable.get(kpi)).toMatch(/^(?:no |this run is about no change)/);
  });
});

/** The file, in every family that its format can stand in. */
function sourcesOf(file: string): readonly SourceEvidence[] {
  if (file === nothing) return [];
  const read = readText(readFileSync(testPath(file)), file);
  const { families } = readers[read.format as keyof typeof readers];
  return families.map((family) => ({ family, glob: file, files: [read], problems: [] }));
}
