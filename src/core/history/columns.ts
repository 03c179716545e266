import { compare, fractionOf } from "../model/exact.ts";
import type { RecordedKpi, RunRecord } from "../model/history.ts";
import type { Measured } from "../model/kpi.ts";
import type { Unit } from "../model/unit.ts";

/** The recorded values of one KPI, of the runs that have one, in their order. */
export interface Column {
  readonly values: readonly Measured[];
  /** The values of a stretch, in order. One after the other is fast: each is made of the one before. */
  readonly sorted: (from: number, until: number) => readonly Measured[];
  /** Which run each value is of. */
  readonly runs: Int32Array;
  /** When that run was, in milliseconds since 1970; runs are not in the order of their times. */
  readonly times: Float64Array;
  /** Where the best of the values up to each stands. */
  readonly best: Int32Array;
  /** The earliest and the latest time up to each. */
  readonly earliest: Float64Array;
  readonly latest: Float64Array;
}

/** The history by KPI. */
export interface Columns {
  /** Each is gathered once, however many limits ask for it, and none that nobody asks for. */
  of(kpi: string): Column;
  /** Whether a recorded value can be compared with the KPI of today: it has the same unit. */
  fits(kpi: string, kept: RecordedKpi): boolean;
}

/** The columns of some runs; `unitOf` gives the unit of a KPI today, or undefined where any will do. */
export function columnsOf(
  records: readonly RunRecord[],
  unitOf: (kpi: string) => Unit | undefined = () => undefined,
): Columns {
  const times = records.map(({ at }) => Date.parse(at));
  const gathered = new Map<string, Column>();
  const of = (kpi: string) => {
    const known = gathered.get(kpi) ?? gather(kpi, records, times, unitOf(kpi));
    gathered.set(kpi, known);
    return known;
  };
  return { of, fits: (kpi, kept) => fits(kept, unitOf(kpi)) };
}

function fits({ unit }: RecordedKpi, today: Unit | undefined): boolean {
  return today === undefined || unit === today;
}

function gather(
  kpi: string,
  records: readonly RunRecord[],
  at: readonly number[],
  unit: Unit | undefined,
): Column {
  const values: Measured[] = [];
  const size = records.length;
  const [runs, best] = [new Int32Array(size), new Int32Array(size)];
  const [times, earliest, latest] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  for (let run = 0; run < size; run++) {
    const kept = records[run]!.kpis.get(kpi);
    if (kept === undefined || !fits(kept, unit)) continue;
    const i = values.length;
    const time = at[run]!;
    values.push(kept.value);
    runs[i] = run;
    times[i] = time;
    earliest[i] = i === 0 ? time : Math.min(time, earliest[i - 1]!);
    latest[i] = i === 0 ? time : Math.max(time, latest[i - 1]!);
    best[i] = i > 0 && !isBetter(kept, values[best[i - 1]!]!) ? best[i - 1]! : i;
  }
  return { values, sorted: stretches(values), runs, times, best, earliest, latest };
}

function stretches(values: readonly Measured[]): Column["sorted"] {
  let [start, end, sorted]: [number, number, readonly Measured[]] = [0, 0, []];
  return (from, until) => {
    const [isNext, dropsFirst] = [until === end + 1 && sorted.length > 0, from === start + 1];
    if (isNext && (dropsFirst || from === start)) {
      const kept = dropsFirst ? sorted.toSpliced(placeOf(values[start]!, sorted), 1) : sorted;
      const added = values[end]!;
      sorted = kept.toSpliced(placeOf(added, kept), 0, added);
    } else if (from !== start || until !== end) {
      sorted = values.slice(from, until).sort(compareMeasured);
    }
    [start, end] = [from, until];
    return sorted;
  };
}

/** The place of the first of some values in order that is not less. */
function placeOf(value: Measured, sorted: readonly Measured[]): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareMeasured(sorted[middle]!, value) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isBetter({ value, better }: RecordedKpi, than: Measured): boolean {
  return compareMeasured(value, than) === (better === "higher" ? 1 : -1);
}

/** How many values of a column are of the first so many runs. */
export function lengthAt({ values, runs }: Column, until: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (runs[middle]! < until) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** As `compare`, and fast where plain numbers are exact. */
export function compareMeasured(a: Measured, b: Measured): -1 | 0 | 1 {
  if (a.kind === "amount" && b.kind === "amount") return sign(a.amount, b.amount);
  if (a.kind === "ratio" && b.kind === "ratio") {
    const [left, right] = [a.part * b.whole, b.part * a.whole];
    if (Number.isSafeInteger(left) && Number.isSafeInteger(right)) return sign(left, right);
  }
  return compare(fractionOf(a), fractionOf(b));
}

function sign(a: number, b: number): -1 | 0 | 1 {
  return a < b ? -1 : a > b ? 1 : 0;
}
