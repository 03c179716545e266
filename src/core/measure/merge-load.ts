import { compare, fractionOf } from "../model/exact.ts";
import { type LoadFacts, responseTimes } from "../model/facts.ts";
import type { Measured } from "../model/kpi.ts";

/**
 * The worst of several load tests, number by number: percentiles cannot be united, and a good run must not hide a bad
 * one. What one of them lacks is absent, unless files that only complement others hold it. The order of files does not
 * matter.
 */
export function mergeLoad(all: readonly LoadFacts[]): LoadFacts {
  const worst = worstOf(all.filter((load) => !load.complements));
  const complement = worstOf(all.filter((load) => load.complements));
  const requests = Math.min(...all.map((load) => load.requests));
  return { ...complement, ...worst, times: { ...complement.times, ...worst.times }, requests };
}

function worstOf(all: readonly LoadFacts[]): Omit<LoadFacts, "requests"> {
  const times = Object.fromEntries(
    responseTimes.flatMap((name) => {
      const slowest = most(all.map((load) => load.times[name]));
      return slowest === undefined ? [] : [[name, slowest]];
    }),
  );
  const errorRate = worstRate(all.map((load) => load.errorRate));
  const users = least(all.map((load) => load.users));
  const throughput = least(all.map((load) => load.throughput));
  return {
    times,
    ...(errorRate === undefined ? {} : { errorRate }),
    ...(users === undefined ? {} : { users }),
    ...(throughput === undefined ? {} : { throughput }),
  };
}

function most(values: readonly (number | undefined)[]): number | undefined {
  return isWhole(values) ? Math.max(...values) : undefined;
}

function least(values: readonly (number | undefined)[]): number | undefined {
  return isWhole(values) ? Math.min(...values) : undefined;
}

function worstRate(rates: readonly (Measured | undefined)[]): Measured | undefined {
  if (!isWhole(rates)) return undefined;
  return rates.reduce((a, b) => (compare(fractionOf(b), fractionOf(a)) > 0 ? b : a));
}

function isWhole<T>(values: readonly (T | undefined)[]): values is readonly T[] {
  return values.length > 0 && values.every((value) => value !== undefined);
}
