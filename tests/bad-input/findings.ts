import { type BadInput, gateOn } from "./case.ts";

export const findingsConfig = gateOn("security", '"scan/*"', "security.critical: 0");

const debtConfig = gateOn("debt", '"lint/*"', "debt.issues: 0");

type Rest = Omit<BadInput, "name" | "files" | "config">;

function scan(name: string, path: string, content: unknown, rest: Rest): BadInput {
  const text = typeof content === "string" ? content : JSON.stringify(content);
  return { name, files: { [`scan/${path}`]: text }, ...rest };
}

function lint(name: string, path: string, content: unknown, rest: Rest): BadInput {
  const text = typeof content === "string" ? content : JSON.stringify(content);
  return { name, files: { [`lint/${path}`]: text }, config: debtConfig, ...rest };
}

const driver = {
  name: "scanner",
  rules: [{ id: "r", properties: { "security-severity": "9.8", tags: ["security"] } }],
};
const result = { ruleId: "r", level: "error", message: { text: "bad" } };
const sarif = (...runs: readonly object[]) => ({ version: "2.1.0", runs });
const failed = [{ executionSuccessful: false, exitCode: 137 }];
const trivy = (severity: string) => ({
  SchemaVersion: 2,
  ArtifactName: ".",
  Results: [
    { Target: "a", Vulnerabilities: [{ VulnerabilityID: "CVE-2026-1", PkgName: "a", Severity: severity }] },
  ],
});
const audit = {
  auditReportVersion: 2,
  vulnerabilities: {},
  metadata: { vulnerabilities: { critical: 0, total: 0 } },
};

/** What can be wrong with the files of scans and linters. The gate asks for no critical vulnerability, or for no debt. */
export const findingsCases: readonly BadInput[] = [
  scan("SARIF: nothing found", "r.sarif", sarif({ tool: { driver }, results: [] }), { outcome: "pass" }),
  scan("SARIF: something critical", "r.sarif", sarif({ tool: { driver }, results: [result] }), {
    outcome: "fail",
  }),
  scan("SARIF: no run", "r.sarif", sarif(), { outcome: "error", code: "nothing-scanned", says: /r\.sarif/ }),
  scan("SARIF: a run without results", "r.sarif", sarif({ tool: { driver } }), { outcome: "error" }),
  scan(
    "SARIF: one of two runs without results",
    "r.sarif",
    sarif({ tool: { driver }, results: [] }, { tool: { driver } }),
    { outcome: "error" },
  ),
  scan(
    "SARIF: a scan that failed",
    "r.sarif",
    sarif({ tool: { driver }, invocations: failed, results: [] }),
    { outcome: "error", code: "tool-error" },
  ),
  {
    ...scan(
      "SARIF: something critical before a run without results, where what is missing only warns",
      "r.sarif",
      sarif({ tool: { driver }, results: [result] }, { tool: { driver } }),
      { outcome: "error", code: "nothing-scanned" },
    ),
    config: gateOn("security", '"scan/*"', "security.critical: { pass: 0, missing: warn }"),
  },
  scan(
    "SARIF: an error of a run that does not say that it succeeded",
    "r.sarif",
    sarif({
      tool: { driver },
      invocations: [{ toolExecutionNotifications: [{ level: "error", message: { text: "no memory" } }] }],
      results: [],
    }),
    { outcome: "error", code: "tool-error", says: /no memory/ },
  ),
  scan(
    "SARIF: a kind that nobody knows",
    "r.sarif",
    sarif({ tool: { driver }, results: [{ ...result, kind: "Fail" }] }),
    {
      outcome: "error",
      code: "bad-value",
    },
  ),
  scan(
    "SARIF: half a file",
    "r.sarif",
    JSON.stringify(sarif({ tool: { driver }, results: [] })).slice(0, -3),
    { outcome: "error", code: "json-syntax" },
  ),
  scan("SARIF: another version", "r.sarif", { version: "1.0.0", runs: [] }, { outcome: "error" }),
  scan("npm audit: nothing found", "a.json", audit, { outcome: "pass" }),
  scan(
    "npm audit: no lock file",
    "a.json",
    { error: { code: "ENOLOCK", summary: "This command requires an existing lockfile." } },
    { outcome: "error", code: "tool-error", says: /ENOLOCK/ },
  ),
  scan(
    "npm audit: refused by the registry",
    "a.json",
    { message: "request failed, reason: 404", error: { summary: "", detail: "" } },
    { outcome: "error" },
  ),
  scan(
    "npm audit: counts what it does not show",
    "a.json",
    { ...audit, metadata: { vulnerabilities: { critical: 2, total: 2 } } },
    { outcome: "error", code: "counts-differ" },
  ),
  scan("Trivy: nothing critical", "t.json", trivy("HIGH"), { outcome: "pass" }),
  scan("Trivy: something critical", "t.json", trivy("CRITICAL"), { outcome: "fail" }),
  scan("Trivy: a severity that nobody knows", "t.json", trivy("UNKNOWN"), {
    outcome: "error",
    says: /no severity/,
  }),
  scan(
    "Trivy: no results",
    "t.json",
    { SchemaVersion: 2, ArtifactName: "." },
    { outcome: "error", code: "nothing-scanned" },
  ),
  scan(
    "Trivy: results that are no list",
    "t.json",
    { SchemaVersion: 2, ArtifactName: ".", Results: {} },
    { outcome: "error" },
  ),
  scan(
    "Grype: matches that are no list",
    "g.json",
    { matches: {}, descriptor: { name: "grype" } },
    { outcome: "error" },
  ),
  scan(
    "Trivy: results that are junk",
    "t.json",
    { SchemaVersion: 2, ArtifactName: ".", Results: [null, 5] },
    {
      outcome: "error",
      code: "bad-value",
    },
  ),
  scan(
    "Bandit, which parsed nothing",
    "b.json",
    { errors: [{}], metrics: {}, results: [] },
    { outcome: "error" },
  ),
  scan("an empty list of results", "o.json", { results: [] }, { outcome: "error", code: "nothing-scanned" }),
  scan("OSV-Scanner: no results", "o.json", { results: null }, { outcome: "error" }),
  scan(
    "pip-audit: every dependency was skipped",
    "p.json",
    { dependencies: [{ name: "a", skip_reason: "not on PyPI" }], fixes: [] },
    { outcome: "error" },
  ),
  scan("an empty list", "x.json", "[]", { outcome: "error" }),
  scan("no content", "x.json", "", { outcome: "error", code: "empty-file" }),
  {
    name: "two scans, of which one failed",
    files: {
      "scan/a.sarif": JSON.stringify(sarif({ tool: { driver }, results: [] })),
      "scan/b.sarif": JSON.stringify(sarif({ tool: { driver }, invocations: failed, results: [] })),
    },
    outcome: "error",
    code: "tool-error",
    says: /scan\/b\.sarif/,
  },
  { name: "no scan", files: {}, outcome: "error", says: /no file matched scan\/\*/ },
  lint("ESLint: nothing found", "e.json", [{ filePath: "a.js", messages: [] }], { outcome: "pass" }),
  lint("ESLint: no file was looked at", "e.json", [], { outcome: "error" }),
  lint(
    "ESLint: a file that could not be parsed",
    "e.json",
    [
      {
        filePath: "a.js",
        messages: [{ fatal: true, severity: 2, message: "Parsing error", line: 1, column: 1 }],
      },
    ],
    { outcome: "error" },
  ),
  lint(
    "ESLint: counts what it does not show",
    "e.json",
    [{ filePath: "a.js", messages: [], errorCount: 3, warningCount: 0 }],
    { outcome: "error" },
  ),
  lint(
    "Code Climate: an entry without a place",
    "c.json",
    [{ description: "long", check_name: "a", fingerprint: "1" }],
    { outcome: "error" },
  ),
  lint("Checkstyle: cut off", "c.xml", '<checkstyle version="1"><file name="a.js">', {
    outcome: "error",
    code: "xml-syntax",
  }),
  lint("Checkstyle: no file has a finding", "c.xml", '<checkstyle version="1"/>', { outcome: "pass" }),
];
