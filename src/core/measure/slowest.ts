import type { Counting, TestFacts, TestName, TimedTest } from "../model/facts.ts";

/** How many of the slowest tests are kept over all files. */
const slowestKept = 10;

/** Counting for the files of one source, of which each knows the slowest tests of those before. */
export function slowestSoFar(counting: Counting): {
  readonly counting: Counting;
  add(tests: TestFacts): void;
} {
  let times: readonly number[] = [];
  const current = { ...counting, slowestFrom: 0 };
  return {
    counting: current,
    add({ slowest }) {
      if (slowest.length === 0) return;
      const added = slowest
        .filter(({ seconds }) => seconds > current.slowestFrom)
        .map(({ seconds }) => seconds);
      if (added.length === 0) return;
      times = [...times, ...added].sort((a, b) => b - a).slice(0, slowestKept);
      if (times.length === slowestKept) current.slowestFrom = times[slowestKept - 1]!;
    },
  };
}

/** The slowest, slowest first. Thousands of files name ten each, so those that are out by their time are left out first. */
export function slowestOf(
  tests: readonly TimedTest[],
  byName: (a: TestName, b: TestName) => number,
): readonly TimedTest[] {
  const times = Float64Array.from(tests, ({ seconds }) => seconds).sort();
  const least = times.at(-slowestKept) ?? 0;
  return tests
    .filter(({ seconds }) => seconds >= least)
    .sort((a, b) => b.seconds - a.seconds || byName(a, b))
    .slice(0, slowestKept);
}
