import type { LoadFacts } from "../model/facts.ts";
import { refuse } from "../model/problem.ts";
import type { Times } from "./load-reading.ts";

/** Most different response times of one load test that are counted; a million different milliseconds are 17 minutes. */
const maxDistinct = 1_000_000;

/** Collects the single requests of a load test. Its percentiles are exact, and its memory is bounded. */
export interface SampleTally {
  /** A response time, and when the request began, in milliseconds; the beginning may be unknown. */
  add(elapsed: number, began: number | undefined): void;
  requests(): number;
  times(): Times;
  /**
   * Requests per second from the first beginning to the last end, of all or of so many; undefined where a beginning is
   * not known.
   */
  throughput(counted?: number): LoadFacts["throughput"];
}

export function createSamples(file: string): SampleTally {
  const counts = new Map<number, number>();
  let [requests, timed, total, first, last] = [0, 0, 0, Number.POSITIVE_INFINITY, 0];
  return {
    add(elapsed, began) {
      requests++;
      total += elapsed;
      counts.set(elapsed, (counts.get(elapsed) ?? 0) + 1);
      if (counts.size > maxDistinct) {
        const message = `more different response times than the limit (${maxDistinct})`;
        refuse({ code: "limit-count", message, at: { file } });
      }
      if (began === undefined) return;
      timed++;
      first = Math.min(first, began);
      last = Math.max(last, began + elapsed);
    },
    requests: () => requests,
    times() {
      if (requests === 0) return {};
      const sorted = [...counts].sort(([a], [b]) => a - b);
      const percentile = (percent: number) => nearestRank(sorted, (percent * requests) / 100);
      return {
        p50: percentile(50),
        p90: percentile(90),
        p95: percentile(95),
        p99: percentile(99),
        avg: total / requests,
        max: sorted.at(-1)![0],
      };
    },
    throughput: (counted = requests) =>
      timed === requests && last > first ? (counted * 1000) / (last - first) : undefined,
  };
}

/** The smallest time that at least so many requests did not exceed. */
function nearestRank(sorted: readonly (readonly [time: number, count: number])[], rank: number): number {
  let seen = 0;
  for (const [time, count] of sorted) {
    seen += count;
    if (seen >= rank) return time;
  }
  return sorted.at(-1)![0];
}
