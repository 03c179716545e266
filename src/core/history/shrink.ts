import { compare, type Decimal, fractionOf, ofDecimal } from "../model/exact.ts";
import type { Past } from "../model/history.ts";
import type { Measured, Measurements } from "../model/kpi.ts";
import type { Problem } from "../model/problem.ts";

/** What must not become much less from one run to the next, and the KPI that counts it. */
const watched: readonly (readonly [one: string, many: string, kpi: string])[] = [
  ["test", "tests", "tests.total"],
  ["source file in coverage", "source files in coverage", "coverage.files"],
  ["executable line in coverage", "executable lines in coverage", "coverage.lines"],
];

/**
 * The shrink guard: evidence that is smaller than in the baseline by more than a share of it, in percent, is an error. Where
 * a file was cut off between two records, or a shard did not run, nothing else can tell.
 */
export function shrinkProblems(
  measurements: Measurements,
  past: Past | undefined,
  share: Decimal,
): readonly Problem[] {
  if (!past || "none" in past.baseline) return [];
  const { kpis } = past.baseline.record;
  return watched.flatMap(([one, many, kpi]) => {
    const [now, before] = [measurements.get(kpi), kpis.get(kpi)?.value];
    if (!now || !before) return [];
    const [left, all] = [size(now), size(before)];
    const lost: Measured = { kind: "ratio", part: Math.max(0, all - left), whole: all };
    return all > 0 && compare(fractionOf(lost), ofDecimal(share)) > 0
      ? [shrunk(left === 1 ? one : many, left, all)]
      : [];
  });
}

/** How much there is: a ratio is a part of it. */
function size(value: Measured): number {
  return value.kind === "ratio" ? value.whole : value.amount;
}

function shrunk(things: string, left: number, all: number): Problem {
  const percent = Math.floor(((all - left) * 1000) / all) / 10;
  const least = Math.ceil(percent);
  return {
    code: "evidence-shrunk",
    severity: "error",
    message: `${left} ${things}, ${percent}% fewer than the ${all} of the baseline`,
    hint: `Did every shard run, and is every report file whole? If it is meant, write \`shrink: ${least}%\` until it is merged.`,
  };
}
