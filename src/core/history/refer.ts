import { add, type Fraction, fractionOf, multiply } from "../model/exact.ts";
import type { Reference, Referred } from "../model/gate.ts";
import type { Past } from "../model/history.ts";
import { type Column, type Columns, columnsOf, compareMeasured, lengthAt } from "./columns.ts";

const day = 86_400_000;
const hour = 3_600_000;

/** Looks up what a reference came to for a KPI; `least` recorded runs are needed for it. */
export type Refer = (kpi: string, reference: Reference, least: number) => Referred;

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
  return lookBack(columns, { at, runs: records.length, baseline });
}

/** Looks references up as a run would that stands behind some of the recorded ones. */
export function lookBack(columns: Columns, { at, runs, baseline }: View): Refer {
  const now = Date.parse(at);
  return (kpi, reference, least) => {
    if (reference.kind === "baseline" && "none" in baseline) return baseline;
    const column = columns.of(kpi);
    const length = lengthAt(column, runs);
    if (length === 0) return { none: runs === 0 ? "no recorded run yet" : `no recorded run has ${kpi}` };
    const window = reference.kind === "median" ? windowOf(column, length, reference, now) : [];
    const count = reference.kind === "median" ? window.length : length;
    if (count < least) return { none: `${count} of ${least} recorded runs` };
    switch (reference.kind) {
      case "baseline": {
        if ("none" in baseline) return baseline;
        const kept = baseline.record.kpis.get(kpi);
        return kept && columns.fits(kpi, kept)
          ? single(
              kept.value === column.values[length - 1] ? column.exact(length - 1) : fractionOf(kept.value),
            )
          : { none: `the baseline has no ${kpi}${kept ? ` in its unit of today` : ""}` };
      }
      case "first":
        return single(column.exact(0));
      case "best":
        return single(column.exact(column.best[length - 1]!));
      case "ago": {
        const old = lastBefore(column, length, now - reference.milliseconds);
        return old === undefined
          ? { none: tooYoung(column.earliest[length - 1]!, reference.milliseconds, now) }
          : single(column.exact(old));
      }
      case "median":
        return window.length === 0 ? { none: "no recorded run in that time" } : middle(column, window);
    }
  };
}

/** Where the values are that a median is taken of. */
function windowOf(
  { times, latest }: Column,
  length: number,
  reference: Reference & { readonly kind: "median" },
  now: number,
): readonly number[] {
  const window: number[] = [];
  if ("runs" in reference) {
    for (let i = Math.max(0, length - reference.runs); i < length; i++) window.push(i);
    return window;
  }
  const since = now - reference.milliseconds;
  for (let i = length - 1; i >= 0 && latest[i]! >= since; i--) if (times[i]! >= since) window.push(i);
  return window;
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

const nothing: Fraction = { over: 0n, under: 1n };

function single(value: Fraction): Referred {
  return { value, iqr: nothing };
}

/** Median and, where it is asked for, interquartile range, exactly. */
function middle({ values, exact }: Column, window: readonly number[]): Referred {
  const sorted = window.toSorted((a, b) => compareMeasured(values[a]!, values[b]!));
  return {
    value: quantile(sorted, exact, 1, 2),
    get iqr() {
      return add(quantile(sorted, exact, 3, 4), negative(quantile(sorted, exact, 1, 4)));
    },
  };
}

/**
 * A quantile of sorted values, between two of them in proportion: definition 7 of Hyndman and Fan, "Sample Quantiles in
 * Statistical Packages" (1996), which spreadsheets and R use.
 */
function quantile(sorted: readonly number[], exact: Column["exact"], part: number, whole: number): Fraction {
  const steps = (sorted.length - 1) * part;
  const below = Math.floor(steps / whole);
  const low = exact(sorted[below]!);
  const rest = steps % whole;
  if (rest === 0) return low;
  const gap = add(exact(sorted[below + 1]!), negative(low));
  return add(low, multiply(gap, { over: BigInt(rest), under: BigInt(whole) }));
}

function negative({ over, under }: Fraction): Fraction {
  return { over: -over, under };
}
