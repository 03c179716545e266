import type { LoadFacts, responseTimes } from "../model/facts.ts";
import type { Measured } from "../model/kpi.ts";
import { refuse } from "../model/problem.ts";
import type { Reading } from "./reader.ts";

export type Times = { [time in (typeof responseTimes)[number]]?: number };

/** What a reader knows of a load test; what it does not know is undefined. */
export type Found = Pick<LoadFacts, "requests"> & {
  readonly [key in keyof Omit<LoadFacts, "requests" | "times">]: LoadFacts[key] | undefined;
} & { readonly times: { readonly [time in keyof Times]: number | undefined } };

/** Ends the reading of a load test; one in which no request was made is never silent. */
export function loadReading(found: Found, file: string, idle = "holds 0 requests"): Reading {
  const load = { ...present(found), times: present(found.times) } as unknown as LoadFacts;
  checkOrder(load.times, file);
  const facts = { kind: "load", load } as const;
  if (load.requests > 0) return { facts, problems: [] };
  const hint = "Did the load test reach the service?";
  return {
    facts,
    problems: [{ code: "no-samples", severity: "warning", message: idle, at: { file }, hint }],
  };
}

function present(values: object): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** Percentiles that fall where they must not come from a damaged file, or from times that were never worked out. */
function checkOrder(times: LoadFacts["times"], file: string): void {
  const rising = (["p50", "p90", "p95", "p99"] as const).filter((name) => times[name] !== undefined);
  for (const [i, name] of rising.entries()) {
    const before = rising[i - 1];
    if (before !== undefined && times[before]! > times[name]!) below(name, before);
  }
  const { max } = times;
  const above = [...rising, "avg" as const].find(
    (name) => max !== undefined && least(times[name] ?? 0) > max,
  );
  if (above) below("max", above);

  function below(low: keyof Times, high: keyof Times): never {
    const message = `${low} (${times[low]} ms) is below ${high} (${times[high]} ms)`;
    refuse({ code: "bad-value", message, at: { file }, hint: "Let the tool write the file again." });
  }
}

/** The least that a time may have been: Locust rounds percentiles to two digits, but not the slowest time. */
function least(time: number): number {
  return time / 1.1 - 1;
}

/** Failed requests of all requests. Throws InputError where more failed than were made. */
export function errorRate(failed: number, requests: number, file: string): Measured | undefined {
  if (failed > requests) {
    const message = `${failed} of ${requests} requests failed, which is impossible`;
    refuse({ code: "impossible-totals", message, at: { file } });
  }
  return requests > 0 ? { kind: "ratio", part: failed, whole: requests } : undefined;
}

/** Answers by HTTP status, of which those from 400 on, and those without a status, failed. */
export function countStatuses(statuses: Readonly<Record<string, number>>): {
  readonly answers: number;
  readonly failed: number;
} {
  let [answers, failed] = [0, 0];
  for (const [status, count] of Object.entries(statuses)) {
    answers += count;
    if (!/^[123]\d\d$/.test(status)) failed += count;
  }
  return { answers, failed };
}

/** A share from 0 to 1 as a percentage, free of the noise of multiplying. Throws InputError for any other number. */
export function percentage(share: number, what: string, file: string): Measured {
  if (share > 1) {
    refuse({ code: "bad-value", message: `${what} must be from 0 to 1, found ${share}`, at: { file } });
  }
  return { kind: "amount", amount: Number((share * 100).toPrecision(15)) };
}
