import { compare, fractionOf } from "../model/exact.ts";
import { type LoadFacts, responseTimes } from "../model/facts.ts";
import type { Measured } from "../model/kpi.ts";

/**
 * The worst of several load tests, number by number: percentiles cannot be united, and a good run must not hide a bad
 * one. What one of them lacks is absent, unless it has two files and there is one of the second kind for each of the
 * first that lacks it. The order of files does not matter.
 */
export function mergeLoad(all: readonly LoadFacts[]): LoadFacts {
  const alone = all.every((load) => load.complements);
  const whole = all.filter((load) => alone || !load.complements);
  const complements = all.filter((load) => !alone && load.complements);

  /** What all load tests have; undefined where one lacks it. */
  function held<T>(of: (load: LoadFacts) => T | undefined): readonly T[] | undefined {
    const lacking = whole.filter((load) => of(load) === undefined);
    const added = complements.map(of).filter((value) => value !== undefined);
    if (lacking.length > added.length || lacking.some((load) => load.complements === undefined))
      return undefined;
    const values = [...whole.map(of).filter((value) => value !== undefined), ...added];
    return values.length > 0 ? values : undefined;
  }

  const times = Object.fromEntries(
    responseTimes.flatMap((name) => {
      const values = held((load) => load.times[name]);
      return values ? [[name, Math.max(...values)]] : [];
    }),
  );
  const errorRate = held((load) => load.errorRate)?.reduce(worse);
  const users = held((load) => load.users);
  const throughput = held((load) => load.throughput);
  return {
    // A file that complements another may end before a request was made.
    requests: Math.min(...whole.map((load) => load.requests)),
    times,
    ...(errorRate ? { errorRate } : {}),
    ...(users ? { users: Math.min(...users) } : {}),
    ...(throughput ? { throughput: Math.min(...throughput) } : {}),
  };
}

function worse(a: Measured, b: Measured): Measured {
  return compare(fractionOf(b), fractionOf(a)) > 0 ? b : a;
}
