import type { LoadFacts, responseTimes } from "../model/facts.ts";
import type { Measured } from "../model/kpi.ts";
import { amount, type Kpi } from "./kpi.ts";

/** KPIs of load tests; of several load tests the worst counts. With no request made none of them exists. */
export const loadKpis = {
  "load.response_time": time("Response time (p95)", "p95", "95 of 100 requests were answered within it."),
  "load.response_time.p50": time(
    "Response time (median)",
    "p50",
    "Half of the requests were answered within it.",
  ),
  "load.response_time.p90": time("Response time (p90)", "p90", "90 of 100 requests were answered within it."),
  "load.response_time.p99": time("Response time (p99)", "p99", "99 of 100 requests were answered within it."),
  "load.response_time.avg": time("Response time (average)", "avg", "Mean response time of all requests."),
  "load.response_time.max": time("Response time (slowest)", "max", "Response time of the slowest request."),
  "load.error_rate": {
    label: "Error rate under load",
    unit: "%",
    better: "lower",
    definition: "Failed requests of all requests, as the load test tells failure.",
    step: ["fewer failed request", "fewer failed requests"],
    measure: ({ load }) => made(load)?.errorRate,
  },
  "load.concurrent_users": {
    label: "Concurrent users",
    unit: "count",
    better: "higher",
    definition: "Most users or connections that the load test kept at work at the same time.",
    step: ["more user", "more users"],
    measure: ({ load }) => amount(made(load)?.users),
  },
  "load.throughput": {
    label: "Throughput",
    unit: "req/s",
    better: "higher",
    definition: "Requests per second, over the whole load test.",
    measure: ({ load }) => amount(made(load)?.throughput),
  },
} as const satisfies Record<string, Kpi>;

function time(label: string, name: (typeof responseTimes)[number], definition: string) {
  return {
    label,
    unit: "ms",
    better: "lower",
    definition,
    step: ["less", "less"],
    measure: ({ load }: { readonly load: LoadFacts | null }): Measured | undefined =>
      amount(made(load)?.times[name]),
  } as const satisfies Kpi;
}

function made(load: LoadFacts | null): LoadFacts | undefined {
  return load && load.requests > 0 ? load : undefined;
}
