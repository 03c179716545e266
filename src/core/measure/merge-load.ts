import { compare, fractionOf } from "../model/exact.ts";
import { type LoadFacts, responseTimes } from "../model/facts.ts";
import type { Measured } from "../model/kpi.ts";

/**
 * The worst of several load tests, number by number: percentiles cannot be united, and a good run must not hide a bad
 * one. What one of them lacks is absent, unless there is a file for each such that only complements it and holds the
 * number. The order of files does not matter.
 */
export function mergeLoad(all: readonly LoadFacts[]): LoadFacts {
  const alone = all.every((load) => load.complements);
  const whole = all.filter((load) => alone || !load.complements);
  const complements = all.filter((load) => !alone && load.complements);

  /** What all load tests have; undefined where one lacks it. */
  function held<T>(of: (load: LoadFacts) => T | undefined): readonly T[] | undefined {
    const [own, added] = [whole, complements].map((loads) =>
      loads.map(of).filter((value) => value !== undefined),
    ) as [T[], T[]];
    if (whole.length - own.length > added.length || (own.length === 0 && added.length === 0))
      return undefined;
    return [...own, ...added];
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
