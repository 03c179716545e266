import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { isError, type Problem } from "../src/core/model/problem.ts";
import { readText, testPath } from "./runner/bytes.ts";

/** Good files of formats that have an end: whoever cuts one anywhere must be told. */
const whole = [
  "read/k6/handle-summary.json",
  "read/k6/summary-export.json",
  "read/k6/machine-readable.json",
  "read/jmeter-xml/redirects-and-transactions.jtl",
  "read/artillery/timeouts.json",
  "read/oha/statuses-and-errors.json",
  "read/vegeta/report.json",
  "genuine/load/autocannon.json",
  "read/openmetrics/whole.txt",
  "genuine/metrics/promclient.txt",
  "read/metrics-json/metrics.json",
  "read/sarif/security-and-quality.sarif",
  "read/npm-audit/version-2.json",
  "read/trivy/vulnerabilities-and-more.json",
  "read/grype/matches.json",
  "read/osv-scanner/groups.json",
  "read/pip-audit/report.json",
  "genuine/lint/eslint.json",
  "genuine/lint/codeclimate.json",
  "genuine/lint/checkstyle.xml",
  "read/benchmark-json/custom.json",
  "read/octocov-json/custom.json",
  "genuine/load/locust_stats.csv",
];

/** Good files of formats without an end: only a cut between two records cannot be seen. */
const endless = ["read/jmeter/with-transactions.jtl", "genuine/load/hey.csv", "read/metrics-csv/metrics.csv"];

/** An error, or that nothing was found at all: both leave a KPI without a value. */
function isTold(problem: Problem): boolean {
  return isError(problem) || problem.code === "no-samples";
}

/** Places at which a cut is not told, of some hundred that are the same in every run. */
function silentCuts(file: string): readonly number[] {
  const bytes = readFileSync(testPath(file));
  const end = bytes.toString("latin1").trimEnd().length;
  expect(readText(bytes, file).problems.filter(isError)).toEqual([]);
  const step = Math.ceil(end / 300);
  return Array.from({ length: Math.ceil(end / step) }, (_, i) => end - 1 - i * step).filter(
    (size) => !readText(bytes.subarray(0, size), file, 4096).problems.some(isTold),
  );
}

test.each(whole)("%s cut anywhere is an error", (file) => {
  expect(silentCuts(file)).toEqual([]);
});

test.each(endless)("%s cut anywhere but between two records is an error", (file) => {
  const text = readFileSync(testPath(file), "latin1");
  expect(silentCuts(file).filter((size) => text[size - 1] !== "\n")).toEqual([]);
});
