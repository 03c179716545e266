import { add, type Fraction, fractionOf, multiply } from "../model/exact.ts";
import type { Reference, Referred } from "../model/gate.ts";
import type { Past } from "../model/history.ts";
import type { Measured } from "../model/kpi.ts";
import { type Column, type Columns, columnsOf, compareMeasured, lengthAt } from "./columns.ts";

const day = 86_400_000;
const hour = 3_600_000;

/** Looks up what a reference came to for a KPI; `least` recorded runs are needed for it. */
export type Refer = (kpi: string, reference: Reference, least: number) => Referred;

/**
 * Finds the recorded values, in order, that a reference is the middle of: one alone but for a median. Or says why there is
 * nothing to compare with.
 */
export type Find = (kpi: string, reference: Reference, least: number) => readonly Measured[] | string;

/** What a run can look back at: the first so many runs of the columns, at its time, and its baseline. */
export interface View {
  /** ISO 8601. */
  readonly at: string;
  readonly runs: number;
  readonly baseline: Past["baseline"];
}

/** Looks references up in the past. */
export function referTo(past: Past | undefined, columns: Columns = columnsOf(past?.records ?? [])): Refer {
  if (past === undefined) return () => ({ none: "no history was given" });
  const { at, records, baseline } = past;
  return referring(lookBack(columns, { at, runs: records.length, baseline }));
}

/** What the references come to that are found so. */
export function referring(find: Find): Refer {
  return (kpi, reference, least) => {
    const found = find(kpi, reference, least);
    return typeof found === "string" ? { none: found } : middle(found);
  };
}

/** Looks back as a run does that stands behind some of the recorded ones. */
export function lookBack(columns: Columns, { at, runs, baseline }: View): Find {
  const now = Date.parse(at);
  return (kpi, reference, least) => {
    if (reference.kind === "baseline" && "none" in baseline) return baseline.none;
    const column = columns.of(kpi);
    const length = lengthAt(column, runs);
    if (length === 0) return runs === 0 ? "no recorded run yet" : `no recorded run has ${kpi}`;
    const window = reference.kind === "median" ? windowOf(column, length, reference, now) : [];
    const count = reference.kind === "median" ? window.length : length;
    if (count < least) return `${count} of ${least} recorded runs`;
    switch (reference.kind) {
      case "baseline": {
        if ("none" in baseline) return baseline.none;
        const kept = baseline.record.kpis.get(kpi);
        if (kept && columns.fits(kpi, kept)) return [kept.value];
        return `the baseline has no ${kpi}${kept ? ` in its unit of today` : ""}`;
      }
      case "first":
        return [column.values[0]!];
      case "best":
        return [column.values[column.best[length - 1]!]!];
      case "ago": {
        const old = lastBefore(column, length, now - reference.milliseconds);
        return old === undefined
          ? tooYoung(column.earliest[length - 1]!, reference.milliseconds, now)
          : [column.values[old]!];
      }
      case "median":
        return window.length === 0 ? "no recorded run in that time" : window;
    }
  };
}

/** The values that a median is taken of, in order. */
function windowOf(
  { values, sorted, times, latest }: Column,
  length: number,
  reference: Reference & { readonly kind: "median" },
  now: number,
): readonly Measured[] {
  if ("runs" in reference) return sorted(Math.max(0, length - reference.runs), length);
  const window: Measured[] = [];
  const since = now - reference.milliseconds;
  for (let i = length - 1; i >= 0 && latest[i]! >= since; i--)
    if (times[i]! >= since) window.push(values[i]!);
  return window.sort(compareMeasured);
}

/** Where the value of the newest run is that is not younger than a time. */
function lastBefore({ times, earliest }: Column, length: number, time: number): number | undefined {
  for (let i = length - 1; i >= 0 && earliest[i]! <= time; i--) if (times[i]! <= time) return i;
  return undefined;
}

/** "12 of 30 days": how far the records go back. */
function tooYoung(since: number, wanted: number, now: number): string {
  const reach = Math.max(0, now - since);
  const [unit, size] = wanted % day === 0 ? (["day", day] as const) : (["hour", hour] as const);
  const count = Math.round((wanted / size) * 10) / 10;
  return `${Math.floor(reach / size)} of ${count} ${count === 1 ? unit : `${unit}s`}`;
}

/** Median and, where it is asked for, interquartile range of values in order, exactly. */
export function middle(values: readonly Measured[]): Exclude<Referred, { readonly none: string }> {
  return {
    value: quantile(values, 1, 2),
    get iqr() {
      return add(quantile(values, 3, 4), negative(quantile(values, 1, 4)));
    },
  };
}

/**
 * A quantile of values in order, between two of them in proportion: definition 7 of Hyndman and Fan, "Sample Quantiles in
 * Statistical Packages" (1996), which spreadsheets and R use.
 */
function quantile(values: readonly Measured[], part: number, whole: number): Fraction {
  const steps = (values.length - 1) * part;
  const below = Math.floor(steps / whole);
  const low = fractionOf(values[below]!);
  const rest = steps % whole;
  if (rest === 0) return low;
  const gap = add(fractionOf(values[below + 1]!), negative(low));
  return add(low, multiply(gap, { over: BigInt(rest), under: BigInt(whole) }));
}

function negative({ over, under }: Fraction): Fraction {
  return { over: -over, under };
}
