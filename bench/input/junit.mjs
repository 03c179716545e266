import { styles } from "./styles.mjs";
import { foreign, nouns, states, verbs } from "./words.mjs";

const prolog = '<?xml version="1.0" encoding="UTF-8"?>\n';

/**
 * JUnit XML of many suites, in turn as pytest, Surefire and jest write it: 1 % of the cases failing (one in
 * eight of them with `error`), 2 % skipped, 3 % with output. Writes it piece by piece and returns the totals.
 */
export function writeJunit(cases, random, write) {
  const totals = { total: 0, failed: 0, skipped: 0 };
  write(`${prolog}<testsuites name="everything">\n`);
  for (let turn = 0; totals.total < cases; turn++) {
    const size = Math.min(random.between(4, 60), cases - totals.total);
    const { text, counts } = writeSuite(styles[turn % styles.length], totals.total, size, random);
    add(totals, counts);
    write(text);
  }
  write("</testsuites>\n");
  return totals;
}

/** The one shape that junit-xml-parser survives: a single suite, with output of its own at the end. */
export function writeSingleSuite(cases, random, write) {
  const totals = { total: 0, failed: 0, skipped: 0 };
  const surefire = styles[1];
  const extra = "    <system-out>ready</system-out>\n    <system-err>0 warnings</system-err>\n";
  const { text, counts } = writeSuite(surefire, 0, cases, random, extra);
  add(totals, counts);
  write(prolog + text);
  return totals;
}

/** Many small files as Surefire writes them: one suite of 20 cases each, in folders of 100. */
export function writeSmallFiles(files, random, writeFile) {
  const totals = { total: 0, failed: 0, skipped: 0 };
  for (let number = 0; number < files; number++) {
    const { text, counts } = writeSuite(styles[1], number * 20, 20, random);
    add(totals, counts);
    writeFile(`module-${Math.floor(number / 100)}/TEST-${number}.xml`, prolog + text);
  }
  return totals;
}

function add(totals, { total, failed, errored, skipped }) {
  totals.total += total;
  totals.failed += failed + errored;
  totals.skipped += skipped;
}

/** One suite as text, with its counts; `extra` stands before its end. */
function writeSuite(style, first, size, random, extra = "") {
  const suite = style.suite(random);
  const counts = { total: size, failed: 0, errored: 0, skipped: 0 };
  const tests = [];
  for (let number = first; number < first + size; number++) {
    let body = "";
    if (random.share(0.01)) {
      const kind = random.share(1 / 8) ? "error" : "failure";
      counts[kind === "error" ? "errored" : "failed"]++;
      body = style.failure(kind, failureMessage(random), trace(random));
    } else if (random.share(0.02)) {
      counts.skipped++;
      body = style.skipped();
    }
    if (random.share(0.03)) body += style.output(log(random));
    tests.push(style.test(suite, number, random, body));
  }
  const head = style.open(suite, counts, (size * 0.12).toFixed(3));
  return { text: head + tests.join("") + extra + style.close, counts };
}

function failureMessage(random) {
  const [expected, found] = [random.between(0, 99), random.between(0, 99)];
  return `expected: <${expected}> but "${random.one(nouns)}" & ${random.one(foreign)} gave <${found}>`;
}

/** 5 to 26 lines as a stack trace has them. */
function trace(random) {
  const lines = [`while it ${random.one(verbs)} ${random.one(foreign)}:`];
  for (let rest = random.between(4, 25); rest > 0; rest--) {
    const place = `src/${random.one(nouns)}/${random.one(states)}.ts:${random.between(1, 900)}`;
    lines.push(`    at ${random.one(nouns)}.<${random.one(verbs)}> (/home/runner/work/app/${place})`);
  }
  return lines.join("\n");
}

/** 1 to 6 lines as a program logs them. */
function log(random) {
  const lines = [];
  for (let rest = random.between(1, 6); rest > 0; rest--) {
    lines.push(
      `12:00:0${rest}.${random.between(100, 999)} INFO [main] ${random.one(verbs)} ${random.one(foreign)}`,
    );
  }
  return lines.join("\n");
}
