import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { keepAllDays, prunable } from "../../src/core/history/prune.ts";
import { day, ratio, record } from "./records.ts";

const now = day(200);
const numbers = (records: readonly { readonly number: number }[]) => records.map(({ number }) => number);

describe("pruning", () => {
  test("keeps every run of the last days", () => {
    const recent = [1, 2, 3].map((number) => record(number, { at: day(200 - keepAllDays) }));
    expect(prunable(recent, now)).toEqual([]);
  });

  test("keeps the newest run of each older day", () => {
    const old = [1, 2, 3, 4].map((number) => record(number, { at: day(number < 4 ? 50 : 51) }));
    expect(numbers(prunable(old, now))).toEqual([2]);
  });

  test("keeps the first run, the best values and the first that reached a phase", () => {
    const old = [
      record(1, { at: day(50) }),
      record(2, { at: day(50), lines: ratio(99, 100) }),
      record(3, { at: day(50), reached: ["Stabilization", "Reliability"] }),
      record(4, { at: day(50) }),
      record(5, { at: day(50) }),
    ];
    expect(numbers(prunable(old, now))).toEqual([4]);
  });

  test("done twice removes nothing more, and never takes the best or the first", () => {
    const run = fc.record({ on: fc.integer({ min: 0, max: 120 }), share: fc.integer({ min: 0, max: 100 }) });
    fc.assert(
      fc.property(fc.array(run, { maxLength: 40 }), (runs) => {
        const all = runs.map(({ on, share }, i) => record(i + 1, { at: day(on), lines: ratio(share, 100) }));
        const gone = new Set(prunable(all, now));
        const left = all.filter((one) => !gone.has(one));
        expect(prunable(left, now)).toEqual([]);
        const best = (records: typeof all) =>
          Math.max(...records.map((one) => (one.kpis.get("coverage.lines")!.value as { part: number }).part));
        expect(best(left)).toBe(best(all));
        expect(left[0]).toBe(all[0]);
        expect(new Set(left.map(({ at }) => at)).size).toBe(new Set(all.map(({ at }) => at)).size);
      }),
    );
  });
});
