// Makes the history of this example and the report files of the change: node examples/ratchet/generate.mjs
// The same seed gives the same files, byte for byte.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const seed = 20_261_124;
const days = 365;
const firstDay = Date.UTC(2025, 10, 24, 15);
const day = 86_400_000;

const parts = ["cart", "checkout", "invoice", "labels", "orders", "parcels", "prices", "refunds", "stock", "tours"];
const deeds = ["adds up", "is refused when empty", "keeps its order", "rounds half a cent up", "can be undone"];
const cases = ["once", "twice", "for a guest", "after midnight", "in another currency", "without a network"];

/** Mulberry32: small, and the same everywhere. */
function randomFrom(start) {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const testName = (i) => ({
  part: parts[i % parts.length],
  name: `${deeds[Math.floor(i / parts.length) % deeds.length]} ${cases[Math.floor(i / 50) % cases.length]}`,
});
const identity = (i) => `${testName(i).part} > ${testName(i).part} > ${testName(i).name}`;

/** A working day of the team after another: the suite grows, coverage rises, debt is paid, and main breaks now and then. */
function* workingDays(random) {
  const about = (middle, spread) => middle + Math.round((random() * 2 - 1) * spread);
  let state = { tests: 148, lines: 1_310, uncovered: 402, files: 31, issues: 96, seconds: 41 };
  let red = [];
  for (let n = 0; n <= days; n++) {
    const at = new Date(firstDay + n * day);
    if (at.getUTCDay() % 6 === 0) continue;
    const { tests, lines, uncovered, files, issues, seconds } = state;
    const written = random() < 0.7 ? Math.floor(random() * 6) : 0;
    state = {
      tests: tests + (written > 0 ? Math.floor(random() * 2.6) : 0),
      lines: lines + written,
      // Until summer new code came with few tests; then the ratchet was written down.
      uncovered: n < 130 ? uncovered + (random() < 0.35 ? 1 : 0) : Math.max(176, uncovered - (random() < 0.8 ? Math.floor(random() * 4) : 0)),
      files: files + (random() < 0.05 ? 1 : 0),
      issues: Math.max(31, issues - (random() < 0.25 ? Math.floor(random() * 3) : 0) + (random() < 0.08 ? 1 : 0)),
      // The suite was split into two shards in spring.
      seconds: n === 150 ? 27 : seconds + (random() < 0.2 ? 0.4 : 0),
    };
    // Main turns red about twice a month, and is mended within a day or two.
    if (red.length > 0 && random() < 0.6) red = [];
    else if (red.length === 0 && random() < 0.07) red = Array.from({ length: random() < 0.6 ? 1 : 7 }, () => Math.floor(random() * 140));
    if (n === days) red = [17];
    const flaky = random() < 0.12 ? [Math.floor(random() * 140)] : [];
    yield { ...state, n, at, red, flaky, milliseconds: Math.round(state.seconds * 1000 + about(0, 900)) };
  }
}

const ratio = (part, whole, better = "higher") => ({ unit: "%", better, value: { kind: "ratio", part, whole } });
const amount = (unit, better, number) => ({ unit, better, value: { kind: "amount", amount: number } });

function recordOf(today, number, before, random) {
  const { tests, lines, uncovered, files, issues, milliseconds, red, flaky, at } = today;
  const failed = red.length;
  const counts = { total: tests, passed: tests - failed, failed, errored: 0, skipped: 0, flaky: flaky.length };
  const hex = (length) => Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join("");
  const steady = failed / tests <= 0.02;
  const [known, recent] = [new Set(before.at(-1)?.red ?? []), before.filter(({ n }) => n >= today.n - 90)];
  const fresh = red.filter((i) => !known.has(i)).length;
  const broken = recent.filter((other) => other.red.length / other.tests > 0.02).length;
  const covered = (lines - uncovered) * 100 >= 80 * lines && failed === 0;
  return {
    schema: 1,
    id: 7_000_000_000 + number * 1_013,
    number,
    attempt: 1,
    sha: hex(40),
    parents: [],
    branch: "main",
    at: new Date(at.getTime() + Math.floor(random() * 3_600_000)).toISOString(),
    outcome: steady ? "pass" : "fail",
    reached: steady ? (covered ? ["Stabilization", "Reliability"] : ["Stabilization"]) : [],
    tests: { counts, failing: red.map((i) => ({ test: identity(i), message: "expected 3 to be 4" })), flaky: flaky.map(identity) },
    files: { tests: 1, coverage: 1, debt: 1 },
    kpis: {
      "tests.pass_rate": ratio(tests - failed, tests),
      "tests.error_rate": ratio(failed, tests, "lower"),
      "tests.total": amount("count", "higher", tests),
      "tests.failed": amount("count", "lower", failed),
      "tests.flaky": amount("count", "lower", flaky.length),
      ...(before.length === 0 ? {} : { "tests.new_failures": amount("count", "lower", fresh), "tests.fixed": amount("count", "higher", known.size - red.length + fresh) }),
      "tests.duration": amount("ms", "lower", milliseconds),
      "coverage.lines": ratio(lines - uncovered, lines),
      "coverage.uncovered": amount("count", "lower", uncovered),
      "coverage.files": amount("count", "higher", files),
      "debt.issues": amount("count", "lower", issues),
      "history.runs": amount("count", "higher", before.length),
      ...(recent.length === 0 ? {} : { "history.failure_rate": ratio(broken, recent.length, "lower") }),
    },
  };
}

/** What a change did to the last day: two tests fail that did not, 40 new lines are half covered, and a test waits. */
function* reportsOfTheChange({ tests, lines, uncovered, files, issues, seconds }) {
  const failing = new Set([17, 42, 93]);
  const all = tests + 2;
  const share = (seconds + 9) / all;
  const suites = parts.map((part, p) => {
    const own = Array.from({ length: all }, (_, i) => i).filter((i) => i % parts.length === p);
    const elements = own.map((i) => {
      const open = `    <testcase classname="${part}" name="${testName(i).name}" file="tests/${part}.test.js" time="${share.toFixed(3)}"`;
      if (!failing.has(i)) return `${open}/>`;
      const message = i === 17 ? "expected 3 to be 4" : "expected 1790 to be 1791";
      return `${open}>\n      <failure message="${message}">AssertionError: ${message}\n    at tests/${part}.test.js:${20 + i}</failure>\n    </testcase>`;
    });
    const failures = own.filter((i) => failing.has(i)).length;
    return `  <testsuite name="${part}" tests="${own.length}" failures="${failures}">\n${elements.join("\n")}\n  </testsuite>`;
  });
  yield ["reports/junit.xml", `<?xml version="1.0"?>\n<testsuites>\n${suites.join("\n")}\n</testsuites>\n`];

  const [total, missed] = [lines + 40, uncovered + 21];
  const sources = Array.from({ length: files }, (_, f) => {
    const own = Math.floor(total / files) + (f < total % files ? 1 : 0);
    const open = Math.floor(missed / files) + (f < missed % files ? 1 : 0);
    const hits = Array.from({ length: own }, (_, i) => `DA:${i + 1},${i < open ? 0 : 1 + ((i * 7 + f) % 5)}`);
    const part = parts[f % parts.length];
    const name = f < parts.length ? `src/${part}.js` : `src/${part}/${cases[Math.floor(f / parts.length) % cases.length].replaceAll(" ", "-")}.js`;
    return `SF:${name}\n${hits.join("\n")}\nend_of_record\n`;
  });
  yield ["reports/lcov.info", `TN:\n${sources.join("TN:\n")}`];

  const messages = Array.from({ length: issues + 1 }, (_, i) => ({ ruleId: i % 3 ? "no-unused-vars" : "complexity", severity: 1, message: "See the rule.", line: i + 1, column: 1 }));
  yield ["reports/eslint.json", `${JSON.stringify([{ filePath: "src/orders.js", messages, errorCount: 0, warningCount: messages.length }])}\n`];
}

/** Every file by its path in the example. */
export function generate() {
  const random = randomFrom(seed);
  const files = new Map();
  const before = [];
  let [parent, today] = [undefined, undefined];
  for (today of workingDays(random)) {
    const record = recordOf(today, before.length + 1, before, random);
    before.push(today);
    if (parent !== undefined) record.parents.push(parent);
    parent = record.sha;
    files.set(`history/runs/${record.at.slice(0, 7)}/${record.id}-1.json`, `${JSON.stringify(record)}\n`);
  }
  for (const [path, text] of reportsOfTheChange(today)) files.set(path, text);
  return files;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = dirname(fileURLToPath(import.meta.url));
  for (const folder of ["history", "reports"]) rmSync(join(root, folder), { recursive: true, force: true });
  for (const [path, text] of generate()) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}
