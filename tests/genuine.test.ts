import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { sumCoverage } from "../src/core/measure/coverage-sums.ts";
import type { Format } from "../src/core/read/index.ts";
import { junitOracle } from "./independent/junit.ts";
import { lineCounts } from "./independent/lines.ts";
import { filesBelow, readText, testPath } from "./runner/bytes.ts";

const folder = testPath("genuine");
const files = filesBelow(folder)
  .map((file) => ({ file, text: readFileSync(join(folder, file), "utf8") }))
  .map(({ file, text }) => ({ file, text, read: readText(text, file) }));
const of = (format: Format) => files.filter(({ read }) => read.format === format);

describe("files that real tools wrote count the same when counted in another way", () => {
  test.each(of("junit"))("$file", ({ text, read: { facts, problems } }) => {
    const { total, failed, errored } = facts!.kind === "tests" ? facts!.tests.counts : expect.fail();
    // A failure of a suite itself is a failed test of ours and no case of theirs.
    const suites = problems.filter(({ code }) => code === "suite-error").length;
    expect({ cases: total - suites, failing: failed + errored }).toEqual(junitOracle(text));
  });

  test.each(of("tap"))("$file", ({ text, read: { facts } }) => {
    // A plan that stands further in is that of subtests: one of the points, failing or not, is their suite.
    const points = [...text.matchAll(/^ *(not )?ok\b.*$/gm)].map(([line]) => line);
    const suites = [...text.matchAll(/^ {4,}1\.\.[1-9]/gm)];
    const failing = points.filter((line) => /^ *not ok/.test(line) && !/ # (?:TODO|SKIP)/i.test(line));
    const failingSuites = [
      ...text.matchAll(/^ *not ok[^#\n]*(?:# time=\S+)? \{$|^( *) {4}1\.\.[1-9].*\n\1not ok/gm),
    ];
    // Some tools say at the end how many there were.
    const [, tests = points.length - suites.length] = /^# tests (\d+)$/m.exec(text) ?? [];
    const counts = { total: Number(tests), failed: failing.length - failingSuites.length };
    expect(facts).toMatchObject({ tests: { counts } });
  });

  const coverage = files.flatMap(({ read, ...rest }) =>
    read.facts?.kind === "coverage"
      ? [{ ...rest, format: read.format as Format, coverage: read.facts.coverage }]
      : [],
  );

  test.each(coverage)("$file ($format)", ({ text, format, coverage: { files: sources } }) => {
    const count = lineCounts[format];
    if (!count)
      expect.fail(`tests/independent/lines.ts does not say how ${format} is counted in another way`);
    expect(sumCoverage(sources).lines).toEqual(count(text));
  });
});

test("at least 25 tools are represented", () => {
  const tools = new Set(
    files.filter(({ read }) => read.format !== null).map(({ file }) => file.split(/[/.]/)[0]),
  );
  expect(tools.size).toBeGreaterThanOrEqual(25);
});
