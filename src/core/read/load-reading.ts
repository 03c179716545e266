import type { LoadFacts, responseTimes } from "../model/facts.ts";
import type { Measured } from "../model/kpi.ts";
import { refuse } from "../model/problem.ts";
import type { Reading } from "./reader.ts";

export type Times = { [time in (typeof responseTimes)[number]]?: number };

/** Ends the reading of a load test; one in which no request was made is never silent. */
export function loadReading(
  load: { [key in keyof LoadFacts]: LoadFacts[key] | undefined } & Pick<LoadFacts, "requests" | "times">,
  file: string,
  found = "holds 0 requests",
): Reading {
  const known = Object.fromEntries(Object.entries(load).filter(([, value]) => value !== undefined));
  const facts = { kind: "load", load: known as unknown as LoadFacts } as const;
  if (load.requests > 0) return { facts, problems: [] };
  const hint = "Did the load test reach the service?";
  return {
    facts,
    problems: [{ code: "no-samples", severity: "warning", message: found, at: { file }, hint }],
  };
}

/** Failed requests of all requests. Throws InputError where more failed than were made. */
export function errorRate(failed: number, requests: number, file: string): Measured | undefined {
  if (failed > requests) {
    const message = `${failed} of ${requests} requests failed, which is impossible`;
    refuse({ code: "impossible-totals", message, at: { file } });
  }
  return requests > 0 ? { kind: "ratio", part: failed, whole: requests } : undefined;
}

/** A share from 0 to 1 as a percentage, free of the noise of multiplying. Throws InputError for any other number. */
export function percentage(share: number, what: string, file: string): Measured {
  if (share > 1) {
    refuse({ code: "bad-value", message: `${what} must be from 0 to 1, found ${share}`, at: { file } });
  }
  return { kind: "amount", amount: Number((share * 100).toPrecision(15)) };
}
