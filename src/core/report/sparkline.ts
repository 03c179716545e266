const bars = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"] as const;
const top = bars.length - 1;

/** What stands for a run without the value. */
const gap = "·";

/**
 * Bars of the recorded values, then of this run, and behind a line how high the limit is: "▃▄▅▆▆▇ ▂┃▅". The lowest and the highest
 * of them all, limit included, are the ends of the scale. A value below the limit is always drawn lower than the limit, and
 * one above it higher, however near it is.
 */
export function sparkline(values: readonly (number | null)[], now: number, limit: number | null): string {
  const all = [...values, now, limit].filter((value) => value !== null);
  const height = scale(Math.min(...all), Math.max(...all), limit);
  const bar = (value: number | null) => (value === null ? gap : bars[height(value)]!);
  const runs = `${values.map(bar).join("")}\u00a0${bar(now)}`;
  return limit === null ? runs : `${runs}┃${bar(limit)}`;
}

/** Which bar stands for a value. */
function scale(low: number, high: number, limit: number | null): (value: number) => number {
  if (low === high) return () => top >> 1;
  if (limit === null) return (value) => Math.round(part(value, low, high) * top);
  const ideal = Math.round(part(limit, low, high) * top);
  const level = Math.max(low < limit ? 1 : 0, Math.min(high > limit ? top - 1 : top, ideal));
  return (value) => {
    if (value === limit) return level;
    return value < limit
      ? Math.min(level - 1, Math.floor(part(value, low, limit) * level))
      : Math.max(level + 1, top - Math.floor((1 - part(value, limit, high)) * (top - level)));
  };
}

/** Where a value lies between two others, 0 to 1. The widest ranges of numbers have no number for their width, halves have. */
function part(value: number, low: number, high: number): number {
  const width = high - low;
  return Number.isFinite(width) ? (value - low) / width : (value / 2 - low / 2) / (high / 2 - low / 2);
}
