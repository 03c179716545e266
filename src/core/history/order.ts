import type { RunRecord } from "../model/history.ts";

/** By number, then attempt: never by the clock, which differs between machines. */
export function byOrder(a: RunRecord, b: RunRecord): number {
  return a.number - b.number || a.id - b.id || a.attempt - b.attempt;
}

/** One record for each run, the one of its newest attempt, oldest run first. */
export function newestAttempts(records: readonly RunRecord[]): readonly RunRecord[] {
  const byRun = new Map<number, RunRecord>();
  for (const record of records) {
    const other = byRun.get(record.id);
    if (other === undefined || record.attempt > other.attempt) byRun.set(record.id, record);
  }
  return [...byRun.values()].sort(byOrder);
}
