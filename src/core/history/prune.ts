import { compare, fractionOf } from "../model/exact.ts";
import type { RunRecord } from "../model/history.ts";
import { byOrder } from "./order.ts";

/** Days for which every record is kept; of older ones, one a day. */
export const keepAllDays = 90;

/**
 * Records that may be removed at a time: of each day longer ago than `keepAllDays` all but the newest. The first, those
 * that hold the best value of a KPI and the first that reached a phase are always kept, because limits ask for them.
 */
export function prunable(records: readonly RunRecord[], at: string): readonly RunRecord[] {
  const sorted = [...records].sort(byOrder);
  const border = Date.parse(at) - keepAllDays * 86_400_000;
  const old = sorted.filter((record) => Date.parse(record.at) < border);
  const newestOfDay = new Map(old.map((record) => [record.at.slice(0, 10), record]));
  const kept = new Set([...newestOfDay.values(), ...sorted.slice(0, 1), ...outstanding(sorted)]);
  return old.filter((record) => !kept.has(record));
}

/** The first record with the best value of each KPI, and the first that reached each phase. */
function outstanding(sorted: readonly RunRecord[]): Iterable<RunRecord> {
  const best = new Map<string, RunRecord>();
  const reached = new Map<string, RunRecord>();
  for (const record of sorted) {
    for (const [name, kpi] of record.kpis) {
      const other = best.get(name)?.kpis.get(name);
      const order = other ? compare(fractionOf(kpi.value), fractionOf(other.value)) : 0;
      const isBetter = order !== 0 && order > 0 === (kpi.better === "higher");
      if (other === undefined || isBetter) best.set(name, record);
    }
    for (const phase of record.reached) if (!reached.has(phase)) reached.set(phase, record);
  }
  return [...best.values(), ...reached.values()];
}
