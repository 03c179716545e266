import type { FailingTest, TestName } from "../model/facts.ts";
import type { TestTally } from "./test-tally.ts";

/**
 * A tally in which a failure and a later pass of the same name in the same suite are attempts of one flaky test, for
 * tools that write every attempt as a case of its own. Only a pass with a time of its own clears failures: a skipped or
 * hollow record beside a failure is how some tools write the failed attempts themselves. Nothing else is united, so
 * rows of data under one name stay tests.
 */
export function retriedTests(inner: TestTally): TestTally {
  /** Failures that no later attempt has cleared, by identity. */
  const open = new Map<string, FailingTest[]>();
  let current: TestName | undefined;
  let apartFrom = "";
  let seconds = 0;
  /** Failures that a later pass has cleared. */
  let cleared = 0;

  function settle(): void {
    for (const failures of open.values()) {
      for (const test of failures) {
        inner.about?.(test);
        inner.failing(test.how, () => test);
      }
    }
    open.clear();
  }

  /** The test that is passing now, if the failures before it were attempts of the same. */
  function retried(): TestName | undefined {
    const known = seconds > 0 && current ? identity(current, apartFrom) : undefined;
    const failures = known === undefined ? undefined : open.get(known);
    if (!failures) return undefined;
    cleared += failures.length;
    open.delete(known!);
    return current;
  }

  const pending = () => [...open.values()].reduce((sum, failures) => sum + failures.length, 0);

  return {
    about(test, apart = "") {
      current = test;
      apartFrom = apart;
      seconds = 0;
      inner.about?.(test);
    },
    passed() {
      const test = retried();
      if (test) inner.flaky(test);
      else inner.passed();
    },
    flaky(test) {
      retried();
      inner.flaky(test);
    },
    skipped() {
      inner.skipped();
    },
    failing(_, one) {
      const test = one();
      const known = identity(test, apartFrom);
      open.set(known, [...(open.get(known) ?? []), test]);
    },
    time(value, test) {
      seconds = value;
      inner.time(value, test);
    },
    suiteEnds: settle,
    keeps() {
      return inner.keeps();
    },
    bad() {
      return inner.bad() + pending() + cleared;
    },
    total() {
      return inner.total() + pending() + cleared;
    },
    facts() {
      settle();
      return inner.facts();
    },
  };
}

function identity({ suite, className, name, at }: TestName, apart: string): string {
  return JSON.stringify([suite, className, name, at?.file ?? "", apart]);
}
