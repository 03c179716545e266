import type { FailingTest, TestFacts, TestName } from "../model/facts.ts";
import { textOrder } from "../model/text-order.ts";
import { slowestOf } from "./slowest.ts";

/** Adds up the tests of many report files; every case is a test of its own. The order of files does not matter. */
export function mergeTests(all: readonly TestFacts[]): TestFacts {
  const counts = { total: 0, passed: 0, failed: 0, errored: 0, skipped: 0, flaky: 0 };
  let nanoseconds = 0;
  const failing: FailingTest[] = [];
  const flaky: TestName[] = [];
  const groups = new Map<string, TestFacts[]>();
  for (const facts of all) {
    const { total, passed, failed, errored, skipped, flaky: flakyCount } = facts.counts;
    counts.total += total;
    counts.passed += passed;
    counts.failed += failed;
    counts.errored += errored;
    counts.skipped += skipped;
    counts.flaky += flakyCount;
    nanoseconds += Math.round(facts.seconds * 1e9);
    for (const test of facts.failing) failing.push(test);
    for (const test of facts.flaky) flaky.push(test);
    for (const [group, own] of facts.groups ?? []) groups.set(group, [...(groups.get(group) ?? []), own]);
  }
  return {
    counts,
    // Added as whole numbers, because floating point numbers added in another order or grouping give another sum.
    seconds: nanoseconds / 1e9,
    failing: sortedByName(
      failing,
      (a, b) => textOrder(a.from.file, b.from.file) || (a.from.line ?? 0) - (b.from.line ?? 0),
    ),
    flaky: sortedByName(flaky, () => 0),
    slowest: slowestOf(
      all.flatMap((facts) => facts.slowest),
      byName,
    ),
    ...(groups.size > 0
      ? { groups: new Map([...groups].map(([group, own]) => [group, mergeTests(own)])) }
      : {}),
  };
}

/** In the order of their names, which are made once for each of them. */
function sortedByName<T extends TestName>(tests: readonly T[], then: (a: T, b: T) => number): readonly T[] {
  const keyed = tests.map((test) => ({ test, name: key(test) }));
  keyed.sort((a, b) => textOrder(a.name, b.name) || then(a.test, b.test));
  return keyed.map(({ test }) => test);
}

function byName(a: TestName, b: TestName): number {
  return textOrder(key(a), key(b));
}

function key(test: TestName): string {
  return [...test.suite, test.className, test.name].join("\0");
}
