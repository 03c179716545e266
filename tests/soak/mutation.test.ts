import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { isError } from "../../src/core/model/problem.ts";
import { junitOracle } from "../independent/junit.ts";
import { filesBelow, readText, testPath } from "../runner/bytes.ts";
import { random, rounds, seed } from "./random.ts";

const folder = testPath("genuine");
const files = filesBelow(folder).filter(
  (file) => readText(readFileSync(`${folder}/${file}`), file).format === "junit",
);

/** Flips, deletes or doubles a few bytes. */
function mutate(bytes: Buffer, next: () => number): Buffer {
  const at = Math.floor(next() * bytes.length);
  const length = 1 + Math.floor(next() * (next() < 0.5 ? 3 : 80));
  const [before, part, after] = [
    bytes.subarray(0, at),
    bytes.subarray(at, at + length),
    bytes.subarray(at + length),
  ];
  const kind = next();
  if (kind < 0.34)
    return Buffer.concat([
      before,
      Buffer.from(part.map((byte) => byte ^ (1 << Math.floor(next() * 7)))),
      after,
    ]);
  if (kind < 0.67) return Buffer.concat([before, after]);
  return Buffer.concat([before, part, part, after]);
}

test.each(files)("%s is counted as an independent reader counts it", (file) => {
  const bytes = readFileSync(`${folder}/${file}`);
  const { facts } = readText(bytes, file);
  const counts = facts?.kind === "tests" ? facts.tests.counts : { total: 0, failed: 0, errored: 0 };
  const suiteFailures = file === "perl-tap.xml" ? 1 : 0;
  expect({ cases: counts.total - suiteFailures, failing: counts.failed + counts.errored }).toEqual(
    junitOracle(bytes.toString("utf8")),
  );
});

describe(`damaged JUnit files are never greener than an independent count (seed ${seed}, ${rounds} rounds)`, () => {
  test.each(files)("%s", (file) => {
    const whole = readFileSync(`${folder}/${file}`);
    const next = random(seed * 1_000 + files.indexOf(file));
    for (let round = 0; round < rounds; round++) {
      const damaged = mutate(whole, next);
      const text = damaged.toString("utf8");
      const { facts, problems } = readText(damaged, file, 1 + Math.floor(next() * 300));
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
