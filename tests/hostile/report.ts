import { parseConfig } from "../../src/core/config/parse-config.ts";
import { evaluate } from "../../src/core/evaluate.ts";
import type { Past } from "../../src/core/model/history.ts";
import type { Problem, Severity } from "../../src/core/model/problem.ts";
import type { Report } from "../../src/core/model/report.ts";
import { maskReport } from "../../src/core/report/mask-report.ts";
import { day, record } from "../history/records.ts";
import { readText } from "../runner/bytes.ts";

const config = `version: 1
comment: { title: Plan }
groups:
  slow: { tests: ["s*"], owner: "@acme/slow" }
keep: true
waivers: [{ kpi: tests.duration, allow: 1min, reason: slow, until: 2026-12-31, owner: "@acme/core" }]
phases:
  - name: First
    owner: "@acme/core"
    due: 2026-11-01
    kpis: { tests.total: at least 1, tests.error_rate@slow: 0%, tests.pass_rate: { pass: 100%, warn: 1% } }
  - name: Second
    due: 2027-11-01
    kpis: { tests.failed: 0, tests.errored: 0, tests.duration: under 1s, coverage.lines: 90% }
`;

const baseline = record(1, {
  reached: ["First", "Second"],
  tests: {
    counts: { total: 1, passed: 1, failed: 0, errored: 0, skipped: 0, flaky: 0 },
    failing: [],
    flaky: [],
  },
});
const past: Past = {
  at: day(2),
  records: [record(0), baseline],
  baseline: { record: baseline, distance: 1 },
};

/** A report in which there is something of everything: verdicts of all kinds, failing tests, problems, owners. */
export function richReport(tests = 2, severities: readonly Severity[] = ["warning", "note"]): Report {
  const cases = `<testcase classname="s" name="n" file="f.ts" line="3" time="2"><failure message="m">d</failure></testcase>`;
  const read = readText(
    `<testsuite name="s" tests="99">${cases.repeat(tests)}<testcase name="s"/></testsuite>`,
    "r.xml",
  );
  const coverage = readText("SF:f.ts\nDA:1,0\nDA:2,0\nDA:9,0\nend_of_record\n", "c.info");
  const eslint = readText(
    '[{"filePath":"f.ts","messages":[{"ruleId":"r","severity":2,"message":"m","line":1},{"ruleId":"r","severity":1,"message":"m","line":5}],"errorCount":1,"warningCount":1,"fatalErrorCount":0,"fixableErrorCount":0,"fixableWarningCount":0,"usedDeprecatedRules":[]}]',
    "e.json",
  );
  const { config: parsed, problems } = parseConfig(config, "c.yml");
  if (!parsed) throw new Error(`the configuration does not parse: ${JSON.stringify(problems)}`);
  const more = severities.map(
    (severity): Problem => ({ code: "event", severity, message: "m", at: { file: "f" }, hint: "h" }),
  );
  return evaluate({
    name: "phase-gate",
    run: {
      at: "2026-11-24T00:00:00.000Z",
      sha: "c".repeat(40),
      number: 3,
      url: "https://github.com/acme/shop/actions/runs/3",
    },
    config: parsed,
    evidence: {
      sources: [
        { family: "tests", glob: "*.xml", files: [read], problems: [] },
        { family: "coverage", glob: "*.info", files: [coverage], problems: [] },
        { family: "debt", glob: "*.json", files: [eslint], problems: [] },
      ],
      problems: [],
      root: "",
    },
    changes: { kind: "known", since: "main", files: [{ path: "f.ts", lines: [1, 2, 9], written: 3 }] },
    policy: { where: "main", weaker: [{ kind: "rules", what: "w" }], accepted: "label" },
    past,
    upstream: [{ name: "unit", result: "failure" }],
    problems: more,
    locate: (file) => file,
  });
}

/**
 * A report in which a text stands wherever one can that is not a word of our own: from report files, the configuration,
 * names of files, jobs and artifacts, and whatever will be added to a report.
 */
export function hostileReport(text: string, report = richReport()): Report {
  return maskReport(report, () => text);
}
