import type { Counting, FailingTest, GroupsOf, TestFacts, TestName, TimedTest } from "../model/facts.ts";
import { retriedTests } from "./retried-tests.ts";
import { detached } from "./text/window.ts";
import type { Row } from "./text/xml.ts";

/** Most failing and most flaky tests whose names are kept from one file; the counts go on. */
export const maxKept = 5_000;

/** Most failing tests whose details are kept from one file: twice what can be shown of them. Then names and messages are. */
export const maxDetailed = 1_000;

/** How many of the slowest tests are kept from one file. */
const slowestKept = 10;

/** Longest first line and longest details that are kept of a failure, in characters. */
export const maxMessage = 1_000;
export const maxDetails = 4_000;

/**
 * Collects what a reader sees of tests, with bounded memory. Has no getters: engines make a table of each object with
 * one, and there is one for every file.
 */
export interface TestTally {
  /**
   * Names the test that the next calls are about. Absent where every case is simply a test: readers call it as
   * `about?.(...)`, so that names are made only for those who need them. `apart` is what else tells it from a test of
   * the same name, such as a browser.
   */
  readonly about?: (test: TestName, apart?: string) => void;
  passed(): void;
  /**
   * Tests with these times, of which those that are marked were skipped and the others passed; `test` names one of them.
   * Absent where tests are looked at one by one.
   */
  readonly timesOf?: (row: Row, test: (index: number) => TestName) => void;
  flaky(test: TestName): void;
  skipped(): void;
  /** Counts a failing test; `test` is asked for the rest only if it is kept. */
  failing(how: FailingTest["how"], test: () => FailingTest): void;
  /** Adds a time; `test` is asked for its name only if it is among the slowest. */
  time(seconds: number, test: () => TestName): void;
  /** What is kept of the next failing test. */
  keeps(): "details" | "message" | "nothing";
  /** Says that a suite is over: what follows is no further attempt of its tests. */
  readonly suiteEnds?: () => void;
  /** Failed and errored cases so far, attempts included. */
  bad(): number;
  /** Cases so far, attempts included. */
  total(): number;
  facts(): TestFacts;
}

export function createTally({ groupsOf, retriesByName, slowestFrom }: Counting = {}): TestTally {
  const tally = groupsOf ? groupedTally(groupsOf, slowestFrom) : plainTally(slowestFrom);
  return retriesByName ? retriedTests(tally) : tally;
}

function plainTally(slowestFrom = 0): TestTally {
  let passed = 0;
  let failed = 0;
  let errored = 0;
  let skipped = 0;
  let flakyCount = 0;
  /** In an array, because a variable that functions share would be a new object for every sum. */
  const seconds = [0];
  const failing: FailingTest[] = [];
  const flaky: TestName[] = [];
  const slowest: TimedTest[] = [];
  /** Times up to this one are not among the slowest. */
  let slowFrom = -1;

  function slow(value: number, test: TestName): void {
    const timed = { ...kept(test), seconds: value };
    const at = slowest.findIndex((other) => other.seconds < value);
    slowest.splice(at === -1 ? slowest.length : at, 0, timed);
    if (slowest.length > slowestKept) slowest.pop();
    if (slowest.length === slowestKept) slowFrom = slowest.at(-1)!.seconds;
  }

  function nextSlow({ numbers, end }: Row, from: number): number {
    let i = from;
    while (i < end && !(numbers[i]! > slowFrom && numbers[i]! >= slowestFrom)) i++;
    return i;
  }

  return {
    passed() {
      passed++;
    },
    timesOf(row, test) {
      const { numbers, first, end } = row;
      seconds[0] = added(row, seconds[0]!);
      for (let i = nextSlow(row, first); i < end; i = nextSlow(row, i + 1)) slow(numbers[i]!, test(i));
      const marked = marksOf(row);
      skipped += marked;
      passed += end - first - marked;
    },
    flaky(test) {
      passed++;
      flakyCount++;
      if (flaky.length < maxKept) flaky.push(kept(test));
    },
    skipped() {
      skipped++;
    },
    failing(how, one) {
      if (how === "failed") failed++;
      else errored++;
      if (failing.length === maxKept) return;
      const test = one();
      const details = failing.length < maxDetailed ? detached(test.details) : "";
      failing.push({ ...kept(test), message: detached(test.message), details });
    },
    time(value, test) {
      seconds[0]! += value;
      if (value > slowFrom && value >= slowestFrom) slow(value, test());
    },
    keeps() {
      return failing.length < maxDetailed ? "details" : failing.length < maxKept ? "message" : "nothing";
    },
    bad() {
      return failed + errored;
    },
    total() {
      return passed + failed + errored + skipped;
    },
    facts() {
      const total = passed + failed + errored + skipped;
      return {
        counts: { total, passed, failed, errored, skipped, flaky: flakyCount },
        seconds: seconds[0]!,
        failing,
        flaky,
        slowest,
      };
    },
  };
}

/** A sum and the numbers of a row. Such loops stand alone, so that the engine compiles them and nothing else with them. */
function added({ numbers, first, end }: Row, sum: number): number {
  let all = sum;
  for (let i = first; i < end; i++) all += numbers[i]!;
  return all;
}

function marksOf({ marks, first, end }: Row): number {
  let marked = 0;
  for (let i = first; i < end; i++) marked += marks[i]!;
  return marked;
}

/** A tally with one more for each group: what is said of a test goes to all it belongs to. */
function groupedTally(groupsOf: GroupsOf, slowestFrom: number | undefined): TestTally {
  const whole = plainTally(slowestFrom);
  const groups = new Map<string, TestTally>();
  let current: readonly TestTally[] = [whole];

  const tallyOf = (group: string): TestTally => {
    const known = groups.get(group) ?? plainTally();
    groups.set(group, known);
    return known;
  };
  return {
    about(test) {
      current = [whole, ...groupsOf(test).map(tallyOf)];
    },
    passed() {
      for (const tally of current) tally.passed();
    },
    flaky(test) {
      for (const tally of current) tally.flaky(test);
    },
    skipped() {
      for (const tally of current) tally.skipped();
    },
    failing(how, test) {
      const known = test();
      for (const tally of current) tally.failing(how, () => known);
    },
    time(seconds, test) {
      for (const tally of current) tally.time(seconds, test);
    },
    // A group may still have room where the whole has none.
    keeps: () => "details",
    bad() {
      return whole.bad();
    },
    total() {
      return whole.total();
    },
    facts: () => ({
      ...whole.facts(),
      groups: new Map([...groups].map(([group, tally]) => [group, tally.facts()])),
    }),
  };
}

function kept<T extends TestName>(test: T): T {
  const at = test.at && { ...test.at, file: detached(test.at.file) };
  return {
    ...test,
    className: detached(test.className),
    name: detached(test.name),
    ...(at ? { at } : {}),
  };
}
