import { isQuery } from "../model/config.ts";
import type { SourceEvidence } from "../model/evidence.ts";
import type { Sample } from "../model/facts.ts";
import type { Phase } from "../model/gate.ts";
import type { KpiInfo, Measured } from "../model/kpi.ts";
import { isError } from "../model/problem.ts";
import { amountOf } from "./metric-amount.ts";
import { type MetricNames, metricNames } from "./metric-names.ts";

/** The value of a KPI in metrics files, or the sentence that says why there is none. */
export type Found = { readonly value: Measured } | { readonly reason: string };

/**
 * Finds KPIs in the files that the configuration names for each alone, else in all metrics files. As everywhere, an
 * error in its evidence leaves a KPI without a value.
 */
export function measureMetrics(
  asked: Iterable<readonly [name: string, kpi: KpiInfo]>,
  sources: readonly SourceEvidence[],
  phases: readonly Phase[],
): ReadonlyMap<string, Found> {
  const shared = sources.filter(({ family, kpi }) => family === "metrics" && kpi === undefined);
  const sharedNames = metricNames(samplesOf(shared));
  const found = [...asked].map(([name, kpi]): readonly [string, Found] => {
    const own = sources.filter((source) => source.kpi === name);
    const used = own.length > 0 ? own : shared;
    const reason = whyNone(name, used, sources);
    if (reason !== undefined) return [name, { reason }];
    const names = own.length > 0 ? metricNames(samplesOf(own)) : sharedNames;
    return [name, findMetric(name, kpi, names, directionsOf(name, kpi, phases))];
  });
  return new Map(found);
}

function samplesOf(sources: readonly SourceEvidence[]): readonly Sample[] {
  return sources.flatMap(({ files }) =>
    files.flatMap(({ facts }) => (facts?.kind === "metrics" ? facts.metrics : [])),
  );
}

/** Why nothing needs to be looked for; undefined where something does. */
function whyNone(
  name: string,
  used: readonly SourceEvidence[],
  sources: readonly SourceEvidence[],
): string | undefined {
  if (used.length === 0) return `no metrics files are named under sources, nor ${name} under custom`;
  const files = used.flatMap((source) => source.files);
  const collected = sources
    .filter(({ family }) => family === "facts")
    .flatMap((source) => [source, ...source.files]);
  if ([...used, ...files, ...collected].some(({ problems }) => problems.some(isError)))
    return "incomplete evidence, see the problems";
  const asked = used.some(isQuery);
  if (files.length === 0) {
    const globs = used.map(({ glob }) => glob).join(", ");
    return asked ? "the Prometheus server gave no answer" : `no file matched ${globs}`;
  }
  return asked && samplesOf(used).length === 0 ? "the query found nothing" : undefined;
}

type Direction = KpiInfo["better"] | "exactly";

/** Where good values lie: as the KPI is declared, and as each of its limits says. */
function directionsOf(name: string, { better }: KpiInfo, phases: readonly Phase[]): ReadonlySet<Direction> {
  const rules = phases.flatMap((phase) => phase.rules.filter(({ kpi }) => kpi === name));
  const limits = rules.flatMap(({ pass, warn }) => [...pass, ...warn]);
  const ways = limits.map(({ op }): Direction => {
    if (op === "exactly") return op;
    return op === "above" || op === "at least" ? "higher" : "lower";
  });
  return new Set([better, ...ways]);
}

/** Of several series the worst counts. Where the limits pull both ways there is none, unless all are the same. */
function findMetric(
  name: string,
  kpi: KpiInfo,
  metrics: MetricNames,
  directions: ReadonlySet<Direction>,
): Found {
  const found = withoutCounter(name, metrics.meant(name));
  if (found.length === 0) {
    const others = metrics.nearest(name).slice(0, 3).join(", ");
    return { reason: `no metric is called ${name}${others === "" ? "" : `; found ${others}`}` };
  }
  const names = [...new Set(found.map((sample) => sample.name))];
  if (names.length > 1) {
    return { reason: `${names.slice(0, 3).join(" and ")} could both be ${name}; rename one of them` };
  }
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const sample of found) {
    const read = amountOf(sample, kpi);
    if ("reason" in read) return read;
    least = Math.min(least, read.amount);
    most = Math.max(most, read.amount);
  }
  if (least !== most && directions.size > 1) {
    const pull = directions.has("exactly")
      ? "a limit says exactly"
      : `not all limits ask for ${kpi.better === "higher" ? "high" : "low"} values`;
    const reason = `${names[0]} has ${found.length} series that differ, and ${pull}, so none of them is the worst; leave one series or one direction`;
    return { reason };
  }
  return { value: { kind: "amount", amount: kpi.better === "higher" ? least : most } };
}

/**
 * A tool that writes `x` and `x_total` in one file tells them apart, as Go's `go_memstats_alloc_bytes`: there `x` is
 * the one that is called so.
 */
function withoutCounter(name: string, found: readonly Sample[]): readonly Sample[] {
  const files = new Set(found.filter((sample) => sample.name === name).map(({ from }) => from.file));
  return found.filter((sample) => sample.name !== `${name}_total` || !files.has(sample.from.file));
}
