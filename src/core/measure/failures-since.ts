import type { TestFacts } from "../model/facts.ts";
import type { Past, RecordedTests } from "../model/history.ts";
import { countIdentities, testIdentity } from "../model/test-identity.ts";
import type { Incomparable } from "./kpi.ts";

/** How failing tests changed against the baseline. */
export interface FailuresSince {
  /** Failing now and not then. Failing tests whose names were not kept count as new: nobody knows them. */
  readonly fresh: number;
  /** Failing then and not now, as far as the names were kept. */
  readonly fixed: number;
}

/** Compares failing tests with those of the baseline, by what a test is known by. */
export function failuresSince(tests: TestFacts, past: Past | undefined): FailuresSince | Incomparable {
  const then = testsOfBaseline(past);
  if ("kind" in then) return then;
  const before = countIdentities(then.failing.map(({ test }) => test));
  const now = countIdentities(tests.failing.map(testIdentity));
  const unnamed = tests.counts.failed + tests.counts.errored - tests.failing.length;
  return {
    fresh: surplus(now, before) + Math.max(0, unnamed),
    fixed: Math.max(0, surplus(before, now) - Math.max(0, unnamed)),
  };
}

function testsOfBaseline(past: Past | undefined): RecordedTests | Incomparable {
  const no = (reason: string): Incomparable => ({ kind: "incomparable", reason });
  if (!past) return no("no history was given");
  if ("none" in past.baseline) return no(past.baseline.none);
  return past.baseline.record.tests ?? no("the baseline has no tests");
}

/** How many of `a` are not in `b`, each as often as it occurs. */
function surplus(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const [identity, count] of a) sum += Math.max(0, count - (b.get(identity) ?? 0));
  return sum;
}
