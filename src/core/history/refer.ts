import { add, compare, type Fraction, fractionOf, multiply } from "../model/exact.ts";
import type { Reference, Referred } from "../model/gate.ts";
import type { Past, RunRecord } from "../model/history.ts";
import type { Measured } from "../model/kpi.ts";

const day = 86_400_000;
const hour = 3_600_000;

/** One recorded value of a KPI. */
interface Sample {
  readonly value: Measured;
  readonly better: "higher" | "lower";
  /** Milliseconds since 1970. */
  readonly at: number;
}

/**
 * Looks references up in the past. The values of each KPI are gathered once, however many limits ask
 * for them.
 */
export function referTo(
  past: Past | undefined,
): (kpi: string, reference: Reference, least: number) => Referred {
  if (past === undefined) return () => ({ none: "no history was given" });
  const { at, records, baseline } = past;
  const now = Date.parse(at);
  const times = records.map((record) => Date.parse(record.at));
  const gathered = new Map<string, readonly Sample[]>();
  const samplesOf = (kpi: string) => {
    const known = gathered.get(kpi) ?? gather(kpi, records, times);
    gathered.set(kpi, known);
    return known;
  };
  return (kpi, reference, least) => {
    if (reference.kind === "baseline" && "none" in baseline) return baseline;
    const all = samplesOf(kpi);
    const first = all[0];
    if (first === undefined)
      return { none: records.length === 0 ? "no recorded run yet" : `no recorded run has ${kpi}` };
    const samples = reference.kind === "median" ? windowOf(all, reference, now) : all;
    if (samples.length < least) return { none: `${samples.length} of ${least} recorded runs` };
    switch (reference.kind) {
      case "baseline": {
        if ("none" in baseline) return baseline;
        const kept = baseline.record.kpis.get(kpi);
        return kept ? single(kept.value) : { none: `the baseline has no ${kpi}` };
      }
      case "first":
        return single(first.value);
      case "best":
        return single(samples.reduce(better).value);
      case "ago": {
        const old = samples.findLast((sample) => sample.at <= now - reference.milliseconds);
        return old ? single(old.value) : { none: tooYoung(samples, reference.milliseconds, now) };
      }
      case "median":
        return samples.length === 0 ? { none: "no recorded run in that time" } : middle(samples);
    }
  };
}

function gather(kpi: string, records: readonly RunRecord[], times: readonly number[]): readonly Sample[] {
  return records.flatMap(({ kpis }, i) => {
    const kept = kpis.get(kpi);
    return kept ? [{ value: kept.value, better: kept.better, at: times[i]! }] : [];
  });
}

function windowOf(
  samples: readonly Sample[],
  reference: Reference & { readonly kind: "median" },
  now: number,
): readonly Sample[] {
  return "runs" in reference
    ? samples.slice(-reference.runs)
    : samples.filter(({ at }) => at >= now - reference.milliseconds);
}

function better(a: Sample, b: Sample): Sample {
  const order = compareMeasured(b.value, a.value);
  return order !== 0 && order > 0 === (b.better === "higher") ? b : a;
}

/** "12 of 30 days": how far the records go back. */
function tooYoung(samples: readonly Sample[], wanted: number, now: number): string {
  const reach = Math.max(0, now - Math.min(...samples.map(({ at }) => at)));
  const [unit, size] = wanted % day === 0 ? (["day", day] as const) : (["hour", hour] as const);
  const count = Math.round((wanted / size) * 10) / 10;
  return `${Math.floor(reach / size)} of ${count} ${count === 1 ? unit : `${unit}s`}`;
}

const nothing: Fraction = { over: 0n, under: 1n };

function single(value: Measured): Referred {
  return { value: fractionOf(value), iqr: nothing };
}

/** Median and interquartile range, exactly. */
function middle(samples: readonly Sample[]): Referred {
  const sorted = samples.map(({ value }) => value).sort(compareMeasured);
  return {
    value: quantile(sorted, 1, 2),
    iqr: add(quantile(sorted, 3, 4), negative(quantile(sorted, 1, 4))),
  };
}

/**
 * A quantile of sorted values, between two of them in proportion: definition 7 of Hyndman and Fan, "Sample Quantiles in
 * Statistical Packages" (1996), which spreadsheets and R use.
 */
function quantile(sorted: readonly Measured[], part: number, whole: number): Fraction {
  const steps = (sorted.length - 1) * part;
  const below = Math.floor(steps / whole);
  const low = fractionOf(sorted[below]!);
  const rest = steps % whole;
  if (rest === 0) return low;
  const gap = add(fractionOf(sorted[below + 1]!), negative(low));
  return add(low, multiply(gap, { over: BigInt(rest), under: BigInt(whole) }));
}

function negative({ over, under }: Fraction): Fraction {
  return { over: -over, under };
}

/** As `compare`, and fast where plain numbers are exact. */
function compareMeasured(a: Measured, b: Measured): -1 | 0 | 1 {
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
