import type { RecordedKpi, RunRecord } from "../../src/core/model/history.ts";
import type { Measured } from "../../src/core/model/kpi.ts";

export const ratio = (part: number, whole: number): Measured => ({ kind: "ratio", part, whole });
export const amount = (value: number): Measured => ({ kind: "amount", amount: value });

/** A commit that is the same for the same number. */
export const commit = (number: number): string => number.toString(16).padStart(40, "0");

/** A time so many days after the beginning of 2026. */
export const day = (days: number): string => new Date(Date.UTC(2026, 0, 1) + days * 86_400_000).toISOString();

/** Run `number`, of commit `number`, on day `number`; green, with the line coverage that is given. */
export function record(
  number: number,
  { lines, ...given }: Partial<RunRecord> & { readonly lines?: Measured } = {},
): RunRecord {
  const kpi: RecordedKpi = { unit: "%", better: "higher", value: lines ?? ratio(90, 100) };
  return {
    id: 1_000 + number,
    number,
    attempt: 1,
    at: day(number),
    sha: commit(number),
    parents: [commit(number - 1)],
    branch: "main",
    outcome: "pass",
    reached: ["Stabilization"],
    kpis: new Map([["coverage.lines", kpi]]),
    tests: null,
    files: { tests: 1 },
    ...given,
  };
}
