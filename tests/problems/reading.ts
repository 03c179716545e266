import { readFileSync } from "node:fs";
import { testPath } from "../runner/bytes.ts";
import { type Example, type Examples, file } from "./example.ts";

/** A file that is kept with the examples of bad content, under the name a user would have. */
function kept(path: string, name: string): Example {
  return file(name, readFileSync(testPath("read", path)));
}

const dated =
  '<testsuite name="cart" timestamp="2026-11-24T08:30:05" time="0.2"><testcase name="a" time="0.2"/></testsuite>';

/** Problems of reading a report file, and of what it says of itself. */
export const reading = {
  "empty-file": [file("reports/junit.xml", "")],
  "unknown-format": [kept("junit/html-error-page.xml", "reports/junit.xml")],
  "wrong-family": [
    {
      kind: "gate",
      files: { "reports/lcov.info": "TN:\nSF:a.js\nDA:1,1\nend_of_record\n" },
      sources: "{ tests: reports/* }",
    },
  ],
  encoding: [
    kept("other/gzip.xml", "reports/junit.xml"),
    kept("junit/unknown-encoding.xml", "reports/junit.xml"),
  ],
  "xml-syntax": [
    kept("junit/cut-after-a-case.xml", "reports/integration.xml"),
    kept("junit/two-documents.xml", "reports/junit.xml"),
  ],
  "xml-doctype": [kept("junit/billion-laughs.xml", "reports/junit.xml")],
  "json-syntax": [
    kept("istanbul/cut-off.json", "coverage/coverage-final.json"),
    kept("istanbul/nan-in-the-middle.json", "coverage/coverage-final.json"),
  ],
  "duplicate-key": [kept("istanbul/key-twice.json", "coverage/coverage-final.json")],
  "lcov-syntax": [kept("lcov/hits-garbage.info", "coverage/lcov.info")],
  truncated: [
    kept("lcov/no-end-of-record.info", "coverage/lcov.info"),
    kept("tap/fewer-than-planned.tap", "reports/tests.tap"),
    kept("trx/run-in-progress.trx", "reports/unit.trx"),
  ],
  "bad-value": [
    kept("istanbul/count-missing.json", "coverage/coverage-final.json"),
    kept("cobertura/hits-missing.xml", "coverage/cobertura.xml"),
  ],
  "impossible-totals": [kept("istanbul/summary-25-of-10.json", "coverage/coverage-summary.json")],
  "limit-depth": [kept("junit/nested-300-deep.xml", "reports/junit.xml")],
  "limit-size": [file("coverage/lcov.info", `TN:\nSF:${"a".repeat(1 << 21)}\n`)],
  "limit-count": [kept("junit/300-attributes.xml", "reports/junit.xml")],
  "repaired-text": [
    kept("junit/invalid-utf8.xml", "reports/junit.xml"),
    kept("junit/control-characters.xml", "reports/junit.xml"),
  ],
  "blank-before-declaration": [
    file(
      "reports/junit.xml",
      '\n<?xml version="1.0"?>\n<testsuite name="s"><testcase name="a"/></testsuite>\n',
    ),
  ],
  "encoding-mismatch": [kept("junit/declares-utf16-but-is-not.xml", "reports/junit.xml")],
  "no-tests": [file("reports/junit.xml", "<testsuites/>\n")],
  "count-shortfall": [
    kept("junit/declared-100-found-3.xml", "reports/junit.xml"),
    kept("junit/declared-3-found-none.xml", "reports/junit.xml"),
  ],
  "count-surplus": [
    file(
      "reports/junit.xml",
      '<testsuite name="pytest" tests="1"><testcase name="a"/><testcase name="a"><error message="tear-down"/></testcase></testsuite>',
    ),
  ],
  "unexplained-failures": [
    kept("junit/declared-failures-no-case.xml", "reports/junit.xml"),
    kept("junit/declares-three-failures-shows-one.xml", "reports/junit.xml"),
  ],
  "suite-error": [
    kept("junit/suite-level-error.xml", "reports/junit.xml"),
    kept("trx/error-outside-beside-a-failing-test.trx", "reports/unit.trx"),
  ],
  "suite-twice": [
    {
      kind: "gate",
      files: { "reports/junit.xml": dated, "reports/copy/junit.xml": dated },
      sources: "{ tests: reports/**/*.xml }",
    },
  ],
  "odd-time": [
    file("reports/junit.xml", '<testsuite name="s"><testcase name="a" time="0,160"/></testsuite>\n'),
    kept("ctrf/times-that-are-no-numbers.json", "reports/ctrf.json"),
  ],
  "tool-error": [
    kept("npm-audit/no-lock-file.json", "audit.json"),
    kept("sarif/failed-invocation.sarif", "semgrep.sarif"),
  ],
  "nothing-scanned": [
    kept("sarif/zero-runs.sarif", "codeql.sarif"),
    kept("sarif/critical-finding-before-a-run-without-results.sarif", "merged.sarif"),
    kept("code-climate/empty-list.json", "quality.json"),
  ],
  "partly-scanned": [
    kept("pip-audit/report.json", "pip-audit.json"),
    kept("sarif/error-notification-of-a-run-that-succeeded.sarif", "semgrep.sarif"),
  ],
  "counts-differ": [
    kept("npm-audit/total-differs.json", "audit.json"),
    kept("npm-audit/version-1-counts-critical-and-lists-none.json", "pnpm.json"),
    kept("eslint/counts-differ.json", "eslint.json"),
  ],
  "same-finding": [
    {
      kind: "gate",
      files: {
        "trivy.json": readFileSync(testPath("read", "trivy", "vulnerabilities-and-more.json"), "utf8"),
        "osv.json": readFileSync(testPath("read", "osv-scanner", "groups.json"), "utf8"),
      },
      sources: "{ security: [trivy.json, osv.json] }",
    },
  ],
  suppressed: [kept("eslint/suppressed.json", "eslint.json")],
  "metrics-syntax": [kept("openmetrics/value-is-text.prom", "metrics/app.prom")],
  "not-finite": [kept("openmetrics/nan.prom", "metrics/app.prom")],
  "duplicate-series": [kept("openmetrics/series-twice.prom", "metrics/app.prom")],
  "no-samples": [kept("k6/no-metrics.json", "load/summary.json")],
  "no-lines": [kept("lcov/no-records.info", "coverage/lcov.info")],
  "totals-only": [kept("lcov/totals-only.info", "coverage/lcov.info")],
  "totals-differ": [kept("lcov/totals-differ.info", "coverage/lcov.info")],
  "cannot-merge": [
    {
      kind: "gate",
      files: { "a/coverage-summary.json": summary(8), "b/coverage-summary.json": summary(9) },
      sources: "{ coverage: '*/coverage-summary.json' }",
    },
  ],
  "ambiguous-path": [
    {
      kind: "gate",
      files: {
        "web/src/index.ts": "",
        "api/src/index.ts": "",
        "lcov.info": "TN:\nSF:src/index.ts\nDA:1,1\nend_of_record\n",
      },
      sources: "{ coverage: lcov.info }",
      tracked: true,
    },
  ],
  "unmeasured-change": [
    {
      kind: "gate",
      files: { "coverage/lcov.info": "SF:src/cart.ts\nDA:1,1\nend_of_record\n" },
      changed: { "src/discount.ts": 12 },
    },
    {
      kind: "gate",
      files: {
        "coverage/lcov.info":
          "SF:src/cart.ts\nDA:1,1\nend_of_record\nSF:src/sum.ts\nLF:9\nLH:9\nend_of_record\n",
      },
      changed: { "src/sum.ts": 3 },
    },
  ],
  "changes-unknown": [
    {
      kind: "command",
      args: ["check", "--config", "examples/quickstart/phase-gate.yml", "--base", "origin/develop"],
    },
  ],
  "unknown-record": [kept("lcov/unknown-record.info", "coverage/lcov.info")],
} as const satisfies Examples;

function summary(covered: number): string {
  return JSON.stringify({ "src/cart.ts": { lines: { total: 10, covered, skipped: 0, pct: covered * 10 } } });
}
