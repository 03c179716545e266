import type { Outcome } from "../../src/core/model/gate.ts";
import { amount, commit, day, ratio, record } from "../history/records.ts";
import { added, type Given, junit, lcov } from "./gate.ts";

/** A trap: what is given, what the gate must come to, and what its page must say. */
export type Trap = readonly [
  number: number,
  name: string,
  given: Given,
  outcome: Outcome,
  says: readonly RegExp[],
];

const tests = { "junit.xml": junit(9, 1) };
const coverage = (covered: number, missed: number) => ({ "lcov.info": lcov(covered, missed) });
/** One phase with rules. */
const one = (kpis: string, more = "") => `${more}\nphases: [{ name: A, kpis: { ${kpis} } }]`;
const count = (kpi: string, value: number, better: "higher" | "lower" = "higher") =>
  new Map([[kpi, { unit: "count" as const, better, value: amount(value) }]]);
const covered = (part: number, whole: number) => record(30, { lines: ratio(part, whole) });
const metric = (value: string) => ({ "metrics.json": `{"load": {"p95": ${value}}}` });
const custom = (limit: string, about = "unit: ms, better: lower") =>
  `custom: { page.time: { file: metrics.json, value: /load/p95, ${about} } }\nphases: [{ name: A, kpis: { page.time: ${limit} } }]`;

/**
 * What other gates fall into, in the order of the field study that this product began with. What one run of the gate cannot
 * show stands in `elsewhere.ts`.
 */
export const traps: readonly Trap[] = [
  [
    1,
    "an unquoted >= is told with line and cure",
    { plan: one("tests.pass_rate: >= 85%"), files: tests },
    "error",
    [/phase-gate\.yml:3/, /at least 85%/],
  ],
  [
    2,
    "an unquoted != 0 is no text",
    { plan: one("tests.failed: != 0"), files: tests },
    "error",
    [/phase-gate\.yml:3/],
  ],
  [
    3,
    "a share of errors is absolute",
    {
      plan: one("tests.error_rate: below 5%"),
      files: tests,
      records: [
        record(30, {
          kpis: new Map([["tests.error_rate", { unit: "%", better: "lower", value: ratio(50, 100) }]]),
        }),
      ],
    },
    "fail",
    [/10%\s+below 5%/],
  ],
  [
    4,
    "points of a percentage are written pp",
    { plan: one("coverage.lines: at least baseline - 0.5%"), files: coverage(9, 1) },
    "error",
    [/write pp for points: "- 0\.5pp"/],
  ],
  [
    5,
    "an unknown KPI is an error with a suggestion",
    { plan: one("coverage.line: 90%"), files: coverage(9, 1) },
    "error",
    [/did you mean "coverage\.lines"\?/],
  ],
  [
    5,
    "an unknown key is an error with a suggestion",
    { plan: one("coverage.lines: 90%", "requires: A"), files: coverage(9, 1) },
    "error",
    [/did you mean "require"\?/],
  ],
  [
    6,
    "no file is missing, with the glob",
    { plan: one("coverage.lines: 90%", "sources: { coverage: cov/*.info }"), files: tests },
    "error",
    [/missing .* no file matched cov\/\*\.info/],
  ],
  [
    7,
    "an empty file is an error",
    { plan: one("tests.pass_rate: 90%"), files: { "junit.xml": "" } },
    "error",
    [/empty-file/],
  ],
  [
    7,
    "a suite without tests has no rate",
    { plan: one("tests.pass_rate: 90%"), files: { "junit.xml": "<testsuites/>" } },
    "error",
    [/tests\.pass_rate\s+missing/],
  ],
  [
    7,
    "only skipped tests have no rate",
    { plan: one("tests.pass_rate: 90%"), files: { "junit.xml": junit(0, 0, 3) } },
    "error",
    [/all 3 tests in .* were skipped/],
  ],
  [
    8,
    "the first run: a number is judged",
    { plan: one("coverage.lines: [95%, at least baseline]"), files: coverage(9, 1), records: [] },
    "fail",
    [/90%\s+at least 95%/],
  ],
  [
    8,
    "the first run: a comparison has nothing to compare with",
    {
      plan: one("tests.total: 1, coverage.lines: at least baseline"),
      files: { ...tests, ...coverage(9, 1) },
      records: [],
    },
    "pass",
    [/coverage\.lines.*no recorded run yet/, /1 of 2 · 1 without a comparison/],
  ],
  [
    9,
    "no lines have no share",
    { plan: one("coverage.lines: 90%"), files: { "lcov.info": "TN:\nSF:a.ts\nend_of_record\n" } },
    "error",
    [/coverage\.lines\s+missing/],
  ],
  [
    10,
    "a change of documentation has no changed line",
    {
      plan: one("tests.total: 1, coverage.diff: 90%"),
      files: { ...tests, ...coverage(9, 1) },
      diff: added("README.md", 1, 3),
    },
    "pass",
    [/coverage\.diff.*no value/],
  ],
  [
    11,
    "a new file that is absent from the report counts as uncovered",
    {
      plan: one("coverage.diff: 90%", 'coverage: { include: ["src/**"] }'),
      files: coverage(9, 1),
      diff: added("src/new.ts", 1, 4),
    },
    "fail",
    [/0%\s+at least 90%/, /src\/new\.ts/],
  ],
  [
    11,
    "without globs it is named",
    {
      plan: one("coverage.diff: 90%"),
      files: coverage(9, 1),
      diff: added("src/a.ts", 1, 2) + added("src/new.ts", 1, 4),
    },
    "pass",
    [/src\/new\.ts.*unmeasured-change/s],
  ],
  [
    12,
    "lines of context never count",
    {
      plan: one("coverage.diff: 100%"),
      files: coverage(3, 3),
      diff: "diff --git a/src/a.ts b/src/a.ts\n--- a/src/a.ts\n+++ b/src/a.ts\n@@ -2,3 +2,4 @@\n x\n+y\n z\n z\n",
    },
    "pass",
    [/coverage\.diff\s+100%/],
  ],
  [
    13,
    "a file that moved has no new lines",
    {
      plan: one("tests.total: 1, coverage.diff: 100%"),
      files: { ...tests, ...coverage(0, 9) },
      diff: "diff --git a/src/b.ts b/src/a.ts\nsimilarity index 100%\nrename from src/b.ts\nrename to src/a.ts\n",
    },
    "pass",
    [/coverage\.diff.*no value/],
  ],
  [
    14,
    "deleting covered code costs no uncovered line",
    {
      plan: one("coverage.uncovered: at most baseline", "shrink: 90%"),
      files: coverage(40, 10),
      records: [record(30, { kpis: count("coverage.uncovered", 10, "lower") })],
    },
    "pass",
    [/10\s+at most baseline \(10\)/],
  ],
  [
    14,
    "and a share that falls explains itself",
    {
      plan: one("coverage.lines: at least baseline", "shrink: 90%"),
      files: coverage(40, 10),
      records: [covered(90, 100)],
    },
    "fail",
    [/80%\s+at least baseline \(90%\).*-10 points since the baseline/],
  ],
  [
    15,
    "digits show why 89.996% is not 90%",
    { plan: one("coverage.lines: at least 90%"), files: coverage(22_499, 2_501) },
    "fail",
    [/89\.996%\s+at least 90%/],
  ],
  [
    15,
    "90% is at least 90%",
    { plan: one("coverage.lines: at least 90%"), files: coverage(9, 1) },
    "pass",
    [/at the limit/],
  ],
  [
    15,
    "90% is not above 90%",
    { plan: one("coverage.lines: above 90%"), files: coverage(9, 1) },
    "fail",
    [/90%\s+above 90%/],
  ],
  [
    16,
    "three of four shards are an error",
    {
      plan: one("tests.pass_rate: 50%", 'sources: { tests: { files: "junit-*.xml", expect: 4 } }'),
      files: { "junit-1.xml": junit(1), "junit-2.xml": junit(1), "junit-3.xml": junit(1) },
    },
    "error",
    [/3 of 4/],
  ],
  [
    16,
    "a shard that is lost unseen trips over the baseline",
    {
      plan: one("tests.pass_rate: 50%"),
      files: tests,
      records: [record(30, { kpis: count("tests.total", 40) })],
    },
    "error",
    [/10 tests, 75% fewer than the 40 of the baseline/],
  ],
  [
    18,
    "of runs that finish out of order the nearest commit is the baseline, whatever the clock says",
    {
      plan: one("coverage.lines: at least baseline"),
      files: coverage(90, 10),
      records: [record(31, { lines: ratio(90, 100) }), record(30, { at: day(35), lines: ratio(99, 100) })],
      commits: [commit(32), commit(31), commit(30)],
    },
    "pass",
    [/at least baseline \(90%\)/, /\(run 31, pass, 1 commit back\)/],
  ],
  [
    19,
    "the baseline is named with its distance",
    { plan: one("coverage.lines: at least baseline"), files: coverage(90, 10), records: [covered(90, 100)] },
    "pass",
    [/Compared with 0000000 \(run 30, pass, 1 commit back\)/],
  ],
  [
    20,
    "another target branch has nothing to compare with",
    {
      plan: one("tests.total: 1, coverage.lines: at least baseline"),
      files: { ...tests, ...coverage(9, 1) },
      records: [covered(90, 100)],
      noBaseline: "the only recorded run is not of a commit before 1234567",
    },
    "pass",
    [/not of a commit before 1234567/],
  ],
  [
    22,
    "a merge queue is judged without a pull request",
    { plan: one("tests.pass_rate: 95%"), files: tests, run: { event: "merge_group" } },
    "fail",
    [/90%\s+at least 95%/],
  ],
  [
    23,
    "a change that loosens a limit is judged by the base",
    { plan: one("tests.pass_rate: 80%"), base: one("tests.pass_rate: 95%"), files: tests },
    "error",
    [/This change loosens the gate in 1 way/, /90%\s+at least 95%/, /"at least 95%" is now "at least 80%"/],
  ],
  [
    23,
    "a label that only the change names accepts nothing",
    {
      plan: one("tests.pass_rate: 80%", 'policy: { accept-weaker: "label:ok" }'),
      base: one("tests.pass_rate: 95%"),
      labels: ["ok"],
      files: tests,
    },
    "error",
    [/loosens the gate in 2 ways/],
  ],
  [
    24,
    "a waiver that ended yesterday is an error that names it",
    {
      plan: one(
        "tests.failed: 0, tests.errored: 0",
        "waivers: [{ kpi: tests.failed, allow: 1, until: 2026-02-09, reason: known }]",
      ),
      files: tests,
    },
    "error",
    [/ended on 2026-02-09: known/],
  ],
  [
    24,
    "one that ends today still counts",
    {
      plan: one(
        "tests.failed: 0, tests.errored: 0",
        "waivers: [{ kpi: tests.failed, allow: 1, until: 2026-02-10, reason: known }]",
      ),
      files: tests,
    },
    "warn",
    [/1 waived until 2026-02-10: known/],
  ],
  [
    25,
    "a rise of two is not waived by one",
    {
      plan: one(
        "tests.failed: at most baseline, tests.errored: 0",
        "waivers: [{ kpi: tests.failed, allow: 1, until: 2026-12-31, reason: known }]",
      ),
      files: { "junit.xml": junit(8, 2) },
      records: [record(30, { kpis: count("tests.failed", 0, "lower") })],
    },
    "fail",
    [/1 waived until 2026-12-31, which is not enough/],
  ],
  [
    25,
    "a waiver of a rule about folders is one for each of them",
    {
      plan: one(
        '"coverage.lines@src/*": 90%',
        'waivers: [{ kpi: "coverage.lines@src/*", allow: 5pp, until: 2026-12-31, reason: known }]',
      ),
      files: { "lcov.info": lcov(88, 12, "src/a/x.ts") + lcov(95, 5, "src/b/x.ts") },
    },
    "warn",
    [/coverage\.lines@src\/a .*5pp waived until 2026-12-31: known/],
  ],
  [
    26,
    "a waiver that nothing needs is told",
    {
      plan: one(
        "tests.failed: 1, tests.errored: 0",
        "waivers: [{ kpi: tests.failed, allow: 1, until: 2026-12-31, reason: known }]",
      ),
      files: tests,
    },
    "pass",
    [/is not needed \[waiver-unused\]/],
  ],
  [
    27,
    "a tenth more than nothing is nothing",
    {
      plan: one("tests.failed: at most baseline + 10%, tests.errored: 0"),
      files: tests,
      records: [record(30, { kpis: count("tests.failed", 0, "lower") })],
    },
    "fail",
    [/at most baseline \+ 10% \(0\)/],
  ],
  [
    28,
    "lcov of Windows, with checksums, long counts and two records of a file",
    {
      plan: one("coverage.lines: 75%, coverage.files: exactly 1"),
      files: {
        "lcov.info":
          "TN:\r\nSF:C:\\w\\a.ts\r\nFN:1,f(a, b)\r\nDA:1,18446744073709551615,c2Vl\r\nDA:2,0\r\nend_of_record\r\nSF:C:\\w\\a.ts\r\nDA:2,1\r\nDA:3,0\r\nDA:4,1\r\nend_of_record\r\n",
      },
    },
    "pass",
    [/coverage\.lines\s+75%/],
  ],
  [
    29,
    "Cobertura without rates, with a file in two classes",
    {
      plan: one("coverage.lines: exactly 50%, coverage.files: exactly 1"),
      files: {
        "coverage.xml":
          '<coverage><packages><package name="p"><classes><class name="A" filename="a.py"><lines><line number="1" hits="1"/></lines></class><class name="B" filename="a.py"><lines><line number="2" hits="0"/></lines></class></classes></package></packages></coverage>',
      },
    },
    "pass",
    [/50%/],
  ],
  [
    30,
    "JaCoCo with groups in groups",
    {
      plan: one("coverage.lines: exactly 50%"),
      files: {
        "jacoco.xml":
          '<report name="r"><group name="g"><group name="h"><package name="p"><sourcefile name="A.java"><line nr="1" mi="0" ci="1" mb="0" cb="0"/><line nr="2" mi="1" ci="0" mb="0" cb="0"/></sourcefile></package></group></group></report>',
      },
    },
    "pass",
    [/50%/],
  ],
  [
    31,
    "a Go profile with a block twice",
    {
      plan: one("coverage.statements: exactly 50%"),
      files: { "cover.out": "mode: set\nm/a.go:1.1,2.2 1 0\nm/a.go:1.1,2.2 1 1\nm/a.go:3.1,4.2 1 0\n" },
    },
    "pass",
    [/50%/],
  ],
  [
    32,
    "Istanbul with two statements on a line",
    {
      plan: one("coverage.lines: exactly 100%, coverage.statements: exactly 50%"),
      files: {
        "coverage-final.json":
          '{"/w/a.js":{"path":"/w/a.js","statementMap":{"0":{"start":{"line":1,"column":0},"end":{"line":1,"column":5}},"1":{"start":{"line":1,"column":6},"end":{"line":1,"column":9}}},"fnMap":{},"branchMap":{},"s":{"0":1,"1":0},"f":{},"b":{}}}',
      },
    },
    "pass",
    [/coverage\.lines\s+100%/, /coverage\.statements\s+50%/],
  ],
  [
    33,
    "two formats of one source file are united by line",
    {
      plan: one("coverage.lines: exactly 75%, coverage.files: exactly 1"),
      files: {
        "lcov.info": "TN:\nSF:a.py\nDA:1,1\nDA:2,0\nDA:3,0\nDA:4,0\nend_of_record\n",
        "coverage.xml":
          '<coverage><packages><package name="p"><classes><class name="A" filename="a.py"><lines><line number="1" hits="0"/><line number="2" hits="1"/><line number="3" hits="1"/><line number="4" hits="0"/></lines></class></classes></package></packages></coverage>',
      },
    },
    "pass",
    [/75%/],
  ],
  [
    35,
    "paths with blanks and letters of any script",
    {
      plan: one("coverage.diff: 100%"),
      files: { "lcov.info": lcov(3, 0, "src/süß & ñ/文 a.ts") },
      diff: added("src/süß & ñ/文 a.ts", 1, 2),
    },
    "pass",
    [/coverage\.diff\s+100%/],
  ],
  [
    36,
    "an entity of one's own is refused, and nothing is fetched",
    {
      plan: one("tests.total: 1"),
      files: { "junit.xml": `<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>${junit(1)}` },
    },
    "error",
    [/xml-doctype/],
  ],
  [
    37,
    "milliseconds against seconds",
    { plan: custom("under 2s"), files: metric("1800") },
    "pass",
    [/1\.8s\s+under 2s/],
  ],
  [
    37,
    "a limit without the unit that its KPI has",
    { plan: custom("under 2"), files: metric("1800") },
    "error",
    [/has no unit; write for example "2s"/],
  ],
  [
    38,
    "a text is no number",
    { plan: custom("under 2s"), files: metric('"fast"') },
    "error",
    [/metrics\.json/],
  ],
  [
    38,
    "a number beyond all numbers is none",
    { plan: custom("under 2s"), files: metric("1e999") },
    "error",
    [/metrics\.json/],
  ],
  [
    39,
    "a KPI of one's own without direction needs the word",
    { plan: one("page.weight: 5 kg") },
    "error",
    [/page\.weight/, /at least/],
  ],
  [
    40,
    "12 days are no 30 days",
    {
      plan: one("tests.total: 1, coverage.lines: above 30d ago"),
      files: { ...tests, ...coverage(90, 10) },
      records: [record(28, { lines: ratio(90, 100) })],
    },
    "pass",
    [/12 of 30 days/],
  ],
  [
    41,
    "a flat history has no tolerance, and is divided by nothing",
    {
      plan: one("coverage.lines: at least median(10) - 3 iqr"),
      files: coverage(89, 11),
      records: [1, 2, 3, 4, 5].map((n) => record(n)),
    },
    "fail",
    [/89%\s+at least median\(10\) - 3 iqr \(90%\)/],
  ],
  [
    42,
    "a stricter limit of a later phase blocks that phase alone",
    {
      plan: "phases: [{ name: A, kpis: { coverage.lines: 80% } }, { name: B, kpis: { coverage.lines: 95% } }]\nrequire: A",
      files: coverage(9, 1),
    },
    "pass",
    [/Reached A \(1 of 2\)/, /Next, B/],
  ],
  [
    43,
    "a phase that main reached is not lost",
    {
      plan: "keep: true\nphases: [{ name: A, kpis: { tests.total: 1 } }, { name: B, kpis: { coverage.lines: 95% } }]\nrequire: A",
      files: { ...tests, ...coverage(90, 10) },
      records: [record(30, { reached: ["A", "B"] })],
    },
    "fail",
    [/Missing for B \(reached by 0000000\)/],
  ],
  [
    43,
    "and where that is not known nothing passes",
    { plan: "keep: true\nphases: [{ name: A, kpis: { tests.total: 1 } }]", files: tests },
    "error",
    [/no history was given \[keep-without-history\]/],
  ],
  [
    44,
    "a phase of which nothing was judged is not reached",
    { plan: one("coverage.lines: { pass: 90%, missing: skip }"), files: tests },
    "error",
    [/No phase reached \(0 of 1\)/],
  ],
  [
    46,
    "a re-run adds no run to the history: its newest attempt stands for it",
    {
      plan: one("history.runs: exactly 1, coverage.lines: at least baseline"),
      files: coverage(90, 10),
      records: [
        record(30, { lines: ratio(80, 100) }),
        { ...record(30, { lines: ratio(90, 100) }), attempt: 2 },
      ],
      commits: [commit(30)],
    },
    "pass",
    [/history\.runs\s+1\s/, /at least baseline \(90%\)/],
  ],
  [
    47,
    "a month is one of the calendar in UTC",
    {
      plan: one("history.runs: exactly 2, coverage.lines: above 30d ago"),
      files: coverage(91, 9),
      records: [record(10, { at: day(10) }), record(11, { at: "2026-01-11T12:00:00.000Z" })],
    },
    "pass",
    [/above 30d ago \(90%\)/],
  ],
  [
    48,
    "a report file that is older than the job",
    { plan: one("tests.pass_rate: 80%"), files: tests, hoursOld: 5 },
    "error",
    [/stale-file/],
  ],
];
