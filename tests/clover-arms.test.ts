import fc from "fast-check";
import { expect, test } from "vitest";
import { sumCoverage } from "../src/core/measure/coverage-sums.ts";
import { readText } from "./runner/bytes.ts";

type Pair = readonly [number, number];

/** Lines of the type cond, and how many arms are covered and how many there are. */
interface Written {
  readonly lines: readonly string[];
  readonly covered: number;
  readonly total: number;
}

/** As Istanbul writes lines: hits of the line, then how many arms ran and how many did not. */
function shares(pairs: readonly Pair[]): Written {
  const written = pairs.filter(([yes, no]) => yes + no > 0);
  const lines = written.map(
    ([yes, no], at) =>
      `<line num="${at + 1}" count="${yes}" type="cond" truecount="${yes}" falsecount="${no}"/>`,
  );
  const covered = written.reduce((sum, [yes]) => sum + yes, 0);
  return { lines, covered, total: written.reduce((sum, [yes, no]) => sum + yes + no, 0) };
}

/** As OpenClover writes lines: how often either of two arms ran, beside a statement; two conditions in a line. */
function hits(pairs: readonly Pair[]): Written {
  const lines = pairs.map(
    ([yes, no], at) => `<line num="${at >> 1}1" type="cond" truecount="${yes}" falsecount="${no}"/>`,
  );
  return { lines, covered: pairs.flat().filter((count) => count > 0).length, total: pairs.length * 2 };
}

function branchesOf({ lines }: Written, metrics: string): unknown {
  const content = `<file name="a">${metrics}<line num="1" type="stmt" count="1"/>${lines.join("")}</file>`;
  const { facts, problems } = readText(`<coverage clover="1"><project>${content}</project></coverage>`);
  expect(problems).toEqual([]);
  return facts?.kind === "coverage" ? sumCoverage(facts.coverage.files).branches : undefined;
}

const pairs = fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { minLength: 1, maxLength: 6 });

test.each([
  ["Istanbul", shares],
  ["OpenClover", hits],
])("arms are counted as %s means them", (_, write) => {
  fc.assert(
    fc.property(pairs, fc.boolean(), (some, withMetrics) => {
      const written = write(some);
      if (written.total === 0) return;
      const { covered, total } = written;
      const metrics = `<metrics conditionals="${total}" coveredconditionals="${covered}"/>`;
      expect(branchesOf(written, withMetrics ? metrics : "")).toEqual({ covered, total });
    }),
  );
});

test.each([
  ["Istanbul", shares],
  ["OpenClover", hits],
])("arms that stand on no line count as the metrics of %s say", (_, write) => {
  fc.assert(
    fc.property(pairs, fc.nat(9), fc.nat(9), (some, alone, aloneCovered) => {
      const written = write(some);
      const covered = written.covered + aloneCovered;
      const total = written.total + aloneCovered + alone;
      if (total === 0) return;
      const metrics = `<metrics conditionals="${total}" coveredconditionals="${covered}"/>`;
      expect(branchesOf(written, metrics)).toEqual({ covered, total });
    }),
  );
});
