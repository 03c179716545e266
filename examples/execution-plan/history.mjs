// Makes up the history of this example: 39 runs, one every two weeks, that lead to the values of reports/ today.
// node history.mjs, after regenerate.py. The commits are the oldest of this repository, so that one of them is found.
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const runs = 39;
const day = 86_400_000;
const firstDay = Date.UTC(2025, 5, 2, 9);

rmSync(join(here, "history"), { recursive: true, force: true });
const today = report();
const commits = execFileSync("git", ["rev-list", "--first-parent", "--reverse", "HEAD"], { cwd: here, encoding: "utf8" })
  .trim()
  .split("\n");

/** Each KPI as it was when the plan began, in its own unit; the way to today is straight. */
const beginnings = {
  "tests.pass_rate": 64,
  "tests.error_rate": 36,
  "tests.error_rate@critical": 40,
  "tests.pass_rate@e2e": 25,
  "tests.total": 22,
  "coverage.lines": 71,
  "coverage.uncovered": 96,
  "coverage.files": 4,
  "load.response_time": 2_900,
  "load.concurrent_users": 40,
  "load.error_rate": 9,
  "service.recovery_time": 840_000,
  "service.uptime": 97.2,
  "resources.memory": 61_000_000,
  "resources.cpu": 74,
  "status.response_time": 1_400,
  "security.critical": 3,
  "security.high": 6,
  "security.total": 14,
  "debt.issues": 38,
  "harmony.achievement": 97.1,
  "orchestration.success": 91,
  "session.persistence": 93.5,
  "adaptation.efficiency": 90.5,
};

const records = [];
for (let i = 0; i < runs; i++) records.push(record(i));
for (const one of records) {
  const path = join(here, "history", "runs", one.at.slice(0, 7), `${one.id}-1.json`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(one)}\n`);
}
console.log(`wrote ${records.length} runs`);

/** What the gate says of reports/ without a history. It is red for want of one. */
function report() {
  try {
    return JSON.parse(check());
  } catch (error) {
    return JSON.parse(error.stdout);
  }
}

function check() {
  const cli = join(here, "..", "..", "dist", "cli.js");
  return execFileSync(process.execPath, [cli, "check", "--json", "--config", join(here, "phase-gate.yml")], {
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
}

/** The default branch turned red often at first, and later only now and then. */
function isRed(i) {
  return i < 12 ? i % 2 === 0 : i < 24 ? i % 3 === 0 : [27, 31, 35].includes(i);
}

function record(i) {
  const at = firstDay + i * 14 * day;
  const red = isRed(i);
  const kpis = { ...measured(i), ...remembered() };
  const total = kpis["tests.total"].value.amount;
  const failed = Math.round((total * (kpis["tests.error_rate"].value.part ?? 0)) / kpis["tests.error_rate"].value.whole);
  const journey = today.tests.failing.map(({ suite, className, name }) => [...suite, className, name].join(" > "));
  return {
    schema: 1,
    id: 100 + i,
    number: i + 1,
    attempt: 1,
    at: new Date(at).toISOString(),
    sha: commits[i],
    parents: i === 0 ? [] : [commits[i - 1]],
    branch: "main",
    outcome: red ? "fail" : "pass",
    reached: red || i < 3 ? [] : i < 22 ? names(1) : names(2),
    kpis,
    tests: {
      counts: { total, passed: total - failed, failed, errored: 0, skipped: 0, flaky: 0 },
      failing: journey.map((test) => ({ test, message: "AssertionError" })),
      flaky: [],
    },
    files: { tests: 3, coverage: 2, load: 2, security: 1, debt: 1, metrics: 2 },
  };
}

function names(count) {
  return today.phases.slice(0, count).map(({ name }) => name);
}

/** KPIs of the report files. The last fortnights change nothing but what wanders anyway. */
function measured(i) {
  const way = Math.min(1, i / (runs - 2));
  return Object.fromEntries(
    Object.entries(beginnings).map(([kpi, from]) => {
      const { unit, better, value, part, whole } = today.kpis[kpi];
      const now = from + (value - from) * way;
      // Before this month there was a bit more of everything that is counted and to be few.
      const later = unit === "count" && better === "lower" && i < runs - 1 ? Math.ceil(now + 0.5) : Math.round(now);
      if (whole !== undefined) {
        const of = Math.max(4, Math.round(whole * (0.6 + 0.4 * way)));
        return [kpi, { unit, better, value: { kind: "ratio", part: way === 1 ? part : Math.round((of * now) / 100), whole: way === 1 ? whole : of } }];
      }
      const shown = unit === "count" ? later : Math.round(now * 1_000) / 1_000;
      return [kpi, { unit, better, value: { kind: "amount", amount: way === 1 ? value + (kpi === "debt.issues" ? 1 : 0) : shown } }];
    }),
  );
}

/** KPIs of the history itself, as the gate measures them: over the 90 days before the newest run. */
function remembered() {
  const newest = Date.parse(records.at(-1)?.at ?? 0);
  const before = records.filter((one) => Date.parse(one.at) >= newest - 90 * day);
  let [green, failures, wasRed] = [0, 0, false];
  for (const [i, one] of before.entries()) {
    const red = one.outcome === "fail";
    if (!red) green += Date.parse(before[i + 1]?.at ?? one.at) - Date.parse(one.at);
    else if (!wasRed) failures++;
    wasRed = red;
  }
  return {
    "history.runs": { unit: "count", better: "higher", value: { kind: "amount", amount: records.length } },
    ...(failures === 0
      ? {}
      : { "history.mtbf": { unit: "ms", better: "higher", value: { kind: "amount", amount: green / failures } } }),
  };
}
