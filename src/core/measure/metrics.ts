import { isQuery } from "../model/config.ts";
import type { SourceEvidence } from "../model/evidence.ts";
import type { Sample } from "../model/facts.ts";
import type { KpiInfo, Measured } from "../model/kpi.ts";
import { isError } from "../model/problem.ts";
import { textOrder } from "../model/text-order.ts";
import { inUnit, unitInName } from "./metric-unit.ts";

/** The value of a KPI in metrics files, or the sentence that says why there is none. */
export type Found = { readonly value: Measured } | { readonly reason: string };

/**
 * Finds a KPI in the files that the configuration names for it alone, else in all metrics files. As everywhere, an
 * error in its evidence leaves it without a value.
 */
export function measureMetric(name: string, kpi: KpiInfo, sources: readonly SourceEvidence[]): Found {
  const own = sources.filter((source) => source.kpi === name);
  const used =
    own.length > 0
      ? own
      : sources.filter((source) => source.family === "metrics" && source.kpi === undefined);
  const globs = used.map(({ glob }) => glob).join(", ");
  const files = used.flatMap((source) => source.files);
  if (used.length === 0)
    return { reason: `no metrics files are named under sources, nor ${name} under custom` };
  const collected = sources
    .filter(({ family }) => family === "facts")
    .flatMap((source) => [source, ...source.files]);
  if ([...used, ...files, ...collected].some(({ problems }) => problems.some(isError)))
    return { reason: "incomplete evidence, see the problems" };
  const asked = used.some(isQuery);
  if (files.length === 0)
    return { reason: asked ? "the Prometheus server gave no answer" : `no file matched ${globs}` };
  const samples = files.flatMap(({ facts }) => (facts?.kind === "metrics" ? facts.metrics : []));
  if (asked && samples.length === 0) return { reason: "the query found nothing" };
  return findMetric(name, kpi, samples);
}

/**
 * Finds a KPI among the numbers of metrics files. A number belongs to it whose name is the KPI's, or reads like it: in
 * any case, with `_` for every other character than letters and digits, with its unit or `_total` at the end. Of
 * several series the worst counts.
 */
function findMetric(name: string, kpi: KpiInfo, samples: readonly Sample[]): Found {
  const own = samples.filter((sample) => sample.name === name);
  const found = own.length > 0 ? own : samples.filter((sample) => readsLike(sample.name, name));
  if (found.length === 0) return { reason: `no metric is called ${name}${nearestNames(name, samples)}` };
  const names = [...new Set(found.map((sample) => sample.name))];
  if (names.length > 1) {
    return { reason: `${names.slice(0, 3).join(" and ")} could both be ${name}; rename one of them` };
  }
  let worst: number | undefined;
  for (const { name: written, value, unit = unitInName(written), from } of found) {
    if (value === null) return { reason: `${written} in ${from.file} is not a finite number` };
    const converted = inUnit(value, unit, kpi.unit);
    if (converted === undefined) {
      const has = unit === undefined ? "no unit" : `the unit ${unit}, which does not convert`;
      return { reason: `${written} in ${from.file} has ${has}; it is measured in ${unitName(kpi.unit)}` };
    }
    const better = kpi.better === "higher" ? Math.min : Math.max;
    worst = worst === undefined ? converted : better(worst, converted);
  }
  if (kpi.unit === "%" && (worst! < 0 || (worst! > 100 && kpi.better === "higher"))) {
    return { reason: `${names[0]} is ${worst} %, which is no percentage from 0 to 100` };
  }
  return { value: { kind: "amount", amount: worst! } };
}

function readsLike(written: string, name: string): boolean {
  const [a, b] = [plain(written), plain(name)];
  if (a === b) return true;
  const unit = unitInName(a);
  return a === `${b}_total` || (unit !== undefined && (a === `${b}_${unit}` || a === `${b}_${unit}_total`));
}

function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_|_$/g, "");
}

/** Names in the files that share most with the one that was looked for. */
function nearestNames(name: string, samples: readonly Sample[]): string {
  const wanted = new Set(plain(name).split("_"));
  const shared = (other: string) =>
    plain(other)
      .split("_")
      .filter((part) => wanted.has(part)).length;
  const names = [...new Set(samples.map((sample) => sample.name))]
    .map((other) => ({ other, count: shared(other) }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || textOrder(a.other, b.other));
  return names.length === 0
    ? ""
    : `; found ${names
        .slice(0, 3)
        .map(({ other }) => other)
        .join(", ")}`;
}

function unitName(unit: string): string {
  return unit === "ms" ? "ms, s, min, h or d" : unit === "B" ? "B, kB, MB or GB" : unit;
}
