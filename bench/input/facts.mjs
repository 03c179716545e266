import { collect } from "../../src/core/collect.ts";
import { readReportFile } from "../../src/core/read/index.ts";
import { writeSingleSuite } from "./junit.mjs";
import { nouns } from "./words.mjs";

const tests = 2_000;
const paths = Array.from({ length: 500 }, (_, i) => `src/${nouns[i % nouns.length]}/file${i}.ts`);

/** How many kinds of coverage there are; more would take long to write, and uniting them costs the same. */
const kinds = 20;

/** Facts files of so many runners, as the program collects them: each ran tests of its own over the same source files. */
export function writeFacts(runners, random, writeFile) {
  return writeShards(runners, random, writeFile, () => {});
}

/** The same, and the report files that they stand for to `beside`. */
export function writeShards(runners, random, writeFile, beside) {
  const totals = { total: 0 };
  const coverage = [];
  for (let runner = 0; runner < runners; runner++) {
    if (runner < kinds) coverage.push(read("coverage", "lcov.info", lcov(random)));
    const reports = [read("tests", "junit.xml", junit(random)), coverage[runner % kinds]];
    writeFile(`facts-${runner}.json`, facts(`runner ${runner}`, reports));
    for (const { name, text } of reports) beside(`reports/${runner}/${name}`, text);
    totals.total += tests;
  }
  return totals;
}

function facts(id, reports) {
  const sources = reports.map(({ source }) => source);
  const origin = { id, written: "2026-11-22T12:00:00.000Z", groups: new Map(), retries: "elements" };
  return collect({ sources, problems: [], root: "", tracked: paths }, origin);
}

function read(family, name, text) {
  const file = readReportFile(name, [new TextEncoder().encode(text)]);
  return { name, text, source: { family, glob: name, files: [file], problems: [] } };
}

function junit(random) {
  const pieces = [];
  writeSingleSuite(tests, random, (piece) => pieces.push(piece));
  return pieces.join("");
}

/** 200 lines and 40 branches in each source file; one runner runs a tenth of them. */
function lcov(random) {
  const record = (path) => {
    const lines = [];
    for (let line = 1; line <= 200; line++) lines.push(`DA:${line},${random.share(0.1) ? 3 : 0}\n`);
    for (let branch = 0; branch < 40; branch++)
      lines.push(`BRDA:${branch * 5 + 1},${branch >> 1},${branch & 1},${random.share(0.1) ? 2 : "-"}\n`);
    return `SF:${path}\n${lines.join("")}end_of_record\n`;
  };
  return paths.map(record).join("");
}
