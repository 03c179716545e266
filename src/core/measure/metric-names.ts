import type { Sample } from "../model/facts.ts";
import { textOrder } from "../model/text-order.ts";
import { unitInName } from "./metric-unit.ts";

/** The numbers of metrics files by the names that they could be asked for. */
export interface MetricNames {
  /**
   * The numbers whose name is the one asked for, or reads like it: in any case, with `_` for every other character than
   * letters and digits, with its unit or `_total` at the end.
   */
  meant(name: string): readonly Sample[];
  /** Names in the files that share most with the one that was looked for, the nearest first. */
  nearest(name: string): readonly string[];
}

/** Every name is taken apart once, since there can be as many as there are numbers. */
export function metricNames(samples: readonly Sample[]): MetricNames {
  const byName = new Map<string, Sample[]>();
  for (const sample of samples) {
    const same = byName.get(sample.name);
    if (same) same.push(sample);
    else byName.set(sample.name, [sample]);
  }
  const byMeaning = new Map<string, Sample[][]>();
  for (const [name, same] of byName) {
    for (const meaning of meaningsOf(plain(name))) {
      const others = byMeaning.get(meaning);
      if (others) others.push(same);
      else byMeaning.set(meaning, [same]);
    }
  }
  let parts: ReadonlyMap<string, readonly string[]> | undefined;
  return {
    meant: (name) => (byMeaning.get(plain(name)) ?? []).flat(),
    nearest(name) {
      parts ??= new Map([...byName.keys()].map((other) => [other, plain(other).split("_")]));
      const wanted = new Set(plain(name).split("_"));
      return [...parts]
        .map(([other, its]) => ({ other, count: its.filter((part) => wanted.has(part)).length }))
        .filter(({ count }) => count > 0)
        .sort((a, b) => b.count - a.count || textOrder(a.other, b.other))
        .map(({ other }) => other);
    },
  };
}

/** A plain name, and what it is without `_total` and without its unit. */
function meaningsOf(name: string): ReadonlySet<string> {
  const counted = name.replace(/_total$/, "");
  const unit = unitInName(counted);
  return new Set([name, counted, unit === undefined ? counted : counted.slice(0, -unit.length - 1)]);
}

function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_|_$/g, "");
}
