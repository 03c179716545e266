import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { sumCoverage } from "../../src/core/measure/coverage-sums.ts";
import type { Tally } from "../../src/core/model/line-set.ts";
import { isError } from "../../src/core/model/problem.ts";
import type { Format } from "../../src/core/read/index.ts";
import { junitOracle } from "../independent/junit.ts";
import { lineCounts } from "../independent/lines.ts";
import { filesBelow, readText, testPath } from "../runner/bytes.ts";
import { damaged } from "./damage.ts";
import { random } from "./random.ts";
import { rounds, seed } from "./share.ts";

const folder = testPath("genuine");
const files = filesBelow(folder).map((file, i) => {
  const bytes = readFileSync(`${folder}/${file}`);
  return { file, bytes, format: readText(bytes, file).format, next: random(seed * 1_000 + i) };
});

describe(`damaged JUnit files are never greener than an independent count (seed ${seed}, ${rounds} rounds)`, () => {
  test.each(files.filter(({ format }) => format === "junit"))("$file", ({ file, bytes, next }) => {
    for (let round = 0; round < rounds; round++) {
      const mutant = damaged(bytes, next);
      const text = mutant.toString("utf8");
      const { facts, problems } = readText(mutant, file, 1 + Math.floor(next() * 300));
      const counts = facts?.kind === "tests" ? facts.tests.counts : undefined;
      if (problems.some(isError) || counts === undefined) continue;
      const answer = junitOracle(text);
      const context = `round ${round}: ${JSON.stringify(text.slice(0, 4000))}`;
      if (answer === "malformed") expect.fail(`the oracle refuses what was read: ${context}`);
      else {
        expect(counts.failed + counts.errored, context).toBeGreaterThanOrEqual(answer.failing);
        expect(counts.total, context).toBeGreaterThanOrEqual(answer.cases);
      }
    }
  });
});

/** What the independent count makes of a text; undefined where it refuses it. */
function independentLines(format: Format, text: string): Tally | undefined {
  try {
    return lineCounts[format]!(text);
  } catch {
    return undefined;
  }
}

describe(`damaged coverage files are never greener than an independent count (seed ${seed}, ${rounds} rounds)`, () => {
  const coverage = files.filter(({ format }) => format !== null && format in lineCounts);

  test.each(coverage)("$file", ({ file, bytes, next }) => {
    for (let round = 0; round < rounds; round++) {
      const mutant = damaged(bytes, next);
      const { format, facts, problems } = readText(mutant, file, 1 + Math.floor(next() * 300));
      // It says so itself where it left out a line that has no number.
      const told = problems.some((problem) => isError(problem) || problem.code === "unknown-record");
      if (told || facts?.kind !== "coverage") continue;
      const text = mutant.toString("utf8");
      const { covered, total } = sumCoverage(facts.coverage.files).lines;
      const answer = independentLines(format as Format, text);
      const context = `round ${round}: ${covered} of ${total}, ${JSON.stringify(text.slice(0, 4000))}`;
      if (!answer) expect.fail(`the independent count refuses what was read: ${context}`);
      expect(covered * answer.total, context).toBeLessThanOrEqual(answer.covered * total);
    }
  });
});
