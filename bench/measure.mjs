import { isDeepStrictEqual } from "node:util";
import { run } from "./process.mjs";

/** Who has taken so long in all, in ms, has run often enough. */
const enough = 12_000;

/**
 * Runs all contestants on an input, in turn, round after round, so that a slow minute of the machine hits all of them.
 * Returns one row for each: medians, or `broken` where it crashed or found other totals than the input has.
 */
export function measure(contestants, input, rounds) {
  const rows = contestants.map((contestant) => ({ contestant, runs: [], broken: undefined }));
  for (let round = 0; round < rounds; round++) {
    for (const row of rows) {
      const spent = row.runs.reduce((sum, { wall }) => sum + wall, 0);
      if (row.broken !== undefined || spent > enough) continue;
      const done = run(row.contestant.run(input));
      row.broken = done.broken ?? disagreement(row.contestant, done.stdout, input);
      row.runs.push(done);
    }
  }
  return rows.map(({ contestant, runs, broken }) => ({
    name: contestant.name,
    ...(broken === undefined ? medians(runs) : { broken }),
  }));
}

/** What a contestant found other than the generator wrote; undefined where they agree on all that it tells. */
function disagreement(contestant, stdout, input) {
  if (!contestant.totals) return undefined;
  const expected = contestant.expected?.(input) ?? input.totals;
  let found;
  try {
    found = contestant.totals(stdout);
  } catch {
    return `prints no totals: ${stdout.slice(0, 40)}`;
  }
  const told = Object.keys(found).filter((key) => key in expected);
  const wrong = told.filter((key) => !isDeepStrictEqual(found[key], expected[key]));
  if (told.length > 0 && wrong.length === 0) return undefined;
  return `wrong: ${wrong.map((key) => `${key} ${found[key]} for ${expected[key]}`).join(", ") || "no totals"}`;
}

function medians(runs) {
  const of = (key) => median(runs.map((one) => one[key]));
  return { wall: of("wall"), cpu: of("cpu"), peak: of("peak") / 1024 };
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
