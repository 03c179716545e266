import { isDeepStrictEqual } from "node:util";
import { runNode } from "./process.mjs";

/**
 * Runs all contestants on a file, in turn, round after round, so that a slow minute of the machine hits all
 * of them. Returns one row for each: medians, or `broken` where it crashed or found other totals than the
 * file has.
 */
export function measure(contestants, file, rounds) {
  const rows = contestants.map((contestant) => ({ contestant, runs: [], broken: undefined }));
  for (let round = 0; round < rounds; round++) {
    for (const row of rows) {
      if (row.broken !== undefined) continue;
      const run = runNode(row.contestant.args(file.path));
      row.broken = run.broken ?? disagreement(row.contestant, run.stdout, file);
      row.runs.push(run);
    }
  }
  return rows.map(({ contestant, runs, broken }) => ({
    name: contestant.name,
    ...(broken === undefined ? medians(runs, file.bytes) : { broken }),
  }));
}

/** What a contestant found other than the generator wrote; undefined where they agree. */
function disagreement(contestant, stdout, file) {
  if (!contestant.totals) return undefined;
  const expected = contestant.expected?.(file) ?? file.totals;
  let found;
  try {
    found = contestant.totals(stdout);
  } catch {
    return `prints no totals: ${stdout.slice(0, 40)}`;
  }
  const wrong = Object.keys(expected).filter((key) => !isDeepStrictEqual(found[key], expected[key]));
  if (wrong.length === 0) return undefined;
  return `disagrees: ${wrong.map((key) => `${key} ${found[key]} instead of ${expected[key]}`).join(", ")}`;
}

function medians(runs, bytes) {
  const wall = median(runs.map((run) => run.wall));
  return {
    wall,
    cpu: median(runs.map((run) => run.cpu)),
    peak: median(runs.map((run) => run.peak)) / 1024,
    rate: bytes / 1e6 / (wall / 1000),
  };
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
