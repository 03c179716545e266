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
    for (const key of Object.keys(counts) as (keyof typeof counts)[]) counts[key] += facts.counts[key];
    nanoseconds += Math.round(facts.seconds * 1e9);
    for (const test of facts.failing) failing.push(test);
    for (const test of facts.flaky) flaky.push(test);
    for (const [group, own] of facts.groups ?? []) groups.set(group, [...(groups.get(group) ?? []), own]);
  }
  return {
    counts,
    // Added as whole numbers, because floating point numbers added in another order or grouping give another sum.
    seconds: nanoseconds / 1e9,
    failing: failing.sort(
      (a, b) =>
        byName(a, b) || textOrder(a.from.file, b.from.file) || (a.from.line ?? 0) - (b.from.line ?? 0),
    ),
    flaky: flaky.sort(byName),
    slowest: slowestOf(
      all.flatMap((facts) => facts.slowest),
      byName,
    ),
    ...(groups.size > 0
      ? { groups: new Map([...groups].map(([group, own]) => [group, mergeTests(own)])) }
      : {}),
  };
}

function byName(a: TestName, b: TestName): number {
  return textOrder(key(a), key(b));
}

function key(test: TestName): string {
  return [...test.suite, test.className, test.name].join("\0");
}
