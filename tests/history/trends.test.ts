import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { columnsOf } from "../../src/core/history/columns.ts";
import { trendsOf } from "../../src/core/history/trends.ts";
import type { GateResult, RuleResult, Verdict } from "../../src/core/model/gate.ts";
import type { RunRecord } from "../../src/core/model/history.ts";
import type { Measured } from "../../src/core/model/kpi.ts";
import { sparkline } from "../../src/core/report/sparkline.ts";
import { amount, ratio, record } from "./records.ts";

const lines = (...shares: readonly number[]) =>
  shares.map((share, i) => record(i + 1, { lines: ratio(share, 100) }));

function result(
  verdict: Verdict,
  limit: bigint | undefined,
  value?: Measured,
  kpi = "coverage.lines",
): RuleResult {
  const bound = { kind: "value" as const, value: { digits: 0n, scale: 0 } };
  const number = limit === undefined ? {} : { number: { over: limit, under: 1n } };
  const applied = { op: "at least" as const, bound, text: "", ...number };
  return {
    rule: { kpi, pass: [], warn: [], missing: "error" },
    verdict,
    label: "Line coverage",
    unit: "%",
    ...(value ? { value } : {}),
    limits: [applied],
    limit: applied,
  };
}
const gate = (...rules: readonly RuleResult[]): GateResult => ({
  outcome: "pass",
  phases: [{ phase: { name: "A", rules: [] }, outcome: "pass", rules }],
  reached: 1,
  require: 1,
});
const trends = (records: readonly RunRecord[], ...rules: readonly RuleResult[]) =>
  trendsOf(columnsOf(records), records.length, gate(...rules));

const now = ratio(9, 10);

describe("trends", () => {
  test("hold the last 20 runs, oldest first", () => {
    const shares = Array.from({ length: 25 }, (_, i) => 60 + i);
    expect(trends(lines(...shares), result("met", 80n, now))).toEqual([
      {
        kpi: "coverage.lines",
        values: shares.slice(5),
        limit: 80,
        first: { value: 60, at: "2026-01-02T00:00:00.000Z" },
      },
    ]);
  });

  test("leave a gap where a run does not know the KPI", () => {
    const records = [...lines(80), record(2, { kpis: new Map() }), record(3)];
    expect(trends(records, result("met", 80n, now))[0]?.values).toEqual([80, null, 90]);
  });

  test("take the limit of the first rule that does not hold, else of the last", () => {
    const records = lines(80, 81);
    const limits = (...rules: readonly RuleResult[]) => trends(records, ...rules).map(({ limit }) => limit);
    expect(limits(result("met", 80n, now), result("broken", 90n, now), result("broken", 95n, now))).toEqual([
      90,
    ]);
    expect(limits(result("met", 70n, now), result("warned", 80n, now))).toEqual([80]);
    expect(limits(result("incomparable", undefined, now))).toEqual([null]);
  });

  test("need two runs that know the KPI, and its value", () => {
    expect(trends(lines(80), result("met", 80n, now))).toEqual([]);
    expect(trends(lines(80, 81), result("missing", 80n))).toEqual([]);
  });

  test("leave out values in another unit", () => {
    const records = [record(1), record(2), record(3)];
    const columns = columnsOf(records, () => "ms");
    expect(trendsOf(columns, 3, gate(result("met", 80n, amount(1))))).toEqual([]);
  });
});

const drawn: readonly (readonly [string, readonly (number | null)[], number, number | null, string])[] = [
  ["rises to the limit", [0, 1, 2, 3, 4, 5, 6], 7, 7, "▁▂▃▄▅▆▇ █┃█"],
  ["has no limit", [0, 7], 3, null, "▁█ ▄"],
  ["is flat at the limit", [5, 5], 5, 5, "▄▄ ▄┃▄"],
  ["a gap is a point", [1, null, 2], 2, null, "▁·█ █"],
  ["just below the limit is lower than it", [99, 95], 89.99, 90, "█▆ ▁┃▂"],
  ["just above the limit is higher than it", [0, 10], 90.01, 90, "▁▁ █┃▇"],
  ["numbers of any width", [-Number.MAX_VALUE, Number.MAX_VALUE], 0, 0, "▁█ ▅┃▅"],
];

describe("a sparkline", () => {
  test.each(drawn)("%s", (_, values, value, limit, expected) => {
    expect(sparkline(values, value, limit).replace("\u00a0", " ")).toBe(expected);
  });

  test("stands to the limit as the numbers do, and rises with them", () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(fc.array(number, { maxLength: 20 }), number, number, (values, value, limit) => {
        const bars = Array.from(sparkline(values, value, limit)).filter((bar) => !"\u00a0┃".includes(bar));
        const heights = bars.map((bar) => "▁▂▃▄▅▆▇█".indexOf(bar));
        const all = [...values, value, limit];
        expect(heights).toHaveLength(all.length);
        for (const [i, one] of all.entries()) {
          // What -0 lacks to 0 is -0, and nothing all the same.
          expect(Math.sign(heights[i]! - heights.at(-1)!)).toBe(Math.sign(one - limit) + 0);
          for (const [j, other] of all.entries())
            if (one < other) expect(heights[i]).toBeLessThanOrEqual(heights[j]!);
        }
      }),
      { numRuns: 300, examples: [[[], -0, 0]] },
    );
  });
});
