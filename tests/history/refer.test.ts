import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { columnsOf } from "../../src/core/history/columns.ts";
import { lookBack, referring, referTo } from "../../src/core/history/refer.ts";
import { compare } from "../../src/core/model/exact.ts";
import type { Reference } from "../../src/core/model/gate.ts";
import type { Past } from "../../src/core/model/history.ts";
import { amount, day, ratio, record } from "./records.ts";

const days = 86_400_000;
const past = (...shares: readonly number[]): Past => {
  const records = shares.map((share, i) => record(i + 1, { lines: ratio(share, 100) }));
  const newest = records.at(-1);
  return { at: day(40), records, baseline: newest ? { record: newest } : { none: "no recorded run yet" } };
};
const referred = (given: Past | undefined, reference: Reference, least = 1, kpi = "coverage.lines") => {
  const found = referTo(given)(kpi, reference, least);
  if ("none" in found) return found.none;
  const plain = ({ over, under }: { over: bigint; under: bigint }) => Number(over) / Number(under);
  return [plain(found.value), plain(found.iqr)];
};

const cases: readonly (readonly [string, Past | undefined, Reference, unknown])[] = [
  ["the baseline", past(80, 90), { kind: "baseline" }, [90, 0]],
  ["the first", past(80, 90), { kind: "first" }, [80, 0]],
  ["the best of a KPI of which more is better", past(80, 95, 90), { kind: "best" }, [95, 0]],
  ["the newest that is 38 days old", past(80, 90, 85), { kind: "ago", milliseconds: 38 * days }, [90, 0]],
  ["nothing is old enough", past(80, 90), { kind: "ago", milliseconds: 50 * days }, "39 of 50 days"],
  ["hours", past(80), { kind: "ago", milliseconds: 940.5 * 3_600_000 }, "936 of 940.5 hours"],
  ["the middle of three", past(90, 70, 80), { kind: "median", runs: 3 }, [80, 10]],
  ["the middle of four lies between two", past(90, 70, 80, 60), { kind: "median", runs: 4 }, [75, 15]],
  ["only the newest runs count", past(10, 70, 80, 90), { kind: "median", runs: 3 }, [80, 10]],
  ["fewer runs than asked for are all", past(70, 90), { kind: "median", runs: 10 }, [80, 10]],
  ["the runs of some days", past(10, 70, 80), { kind: "median", milliseconds: 38 * days }, [75, 5]],
  ["none in those days", past(10, 70), { kind: "median", milliseconds: 5 * days }, "0 of 1 recorded runs"],
  ["a flat history has no spread", past(80, 80, 80, 80), { kind: "median", runs: 10 }, [80, 0]],
  ["an empty history", past(), { kind: "first" }, "no recorded run yet"],
  ["an empty history has no baseline", past(), { kind: "baseline" }, "no recorded run yet"],
  ["no history", undefined, { kind: "baseline" }, "no history was given"],
];

describe("references", () => {
  test.each(cases)("%s", (_, given, reference, expected) => {
    expect(referred(given, reference)).toEqual(expected);
  });

  test("a KPI that was never recorded", () => {
    expect(referred(past(80), { kind: "best" }, 1, "tests.total")).toBe("no recorded run has tests.total");
    const newest = record(2, { kpis: new Map() });
    const given = { ...past(80), baseline: { record: newest } };
    expect(referred(given, { kind: "baseline" })).toBe("the baseline has no coverage.lines");
  });

  test("fewer recorded runs than needed", () => {
    expect(referred(past(80, 90), { kind: "best" }, 3)).toBe("2 of 3 recorded runs");
    expect(referred(past(80, 90, 85, 70), { kind: "median", runs: 2 }, 3)).toBe("2 of 3 recorded runs");
  });

  test("values in another unit are none", () => {
    const given = past(80, 90);
    const look = referTo(
      given,
      columnsOf(given.records, () => "ms"),
    );
    expect(look("coverage.lines", { kind: "best" }, 1)).toEqual({
      none: "no recorded run has coverage.lines",
    });
    const mixed = {
      ...given,
      records: [
        ...given.records,
        record(3, {
          kpis: new Map([["coverage.lines", { unit: "ms", better: "lower" as const, value: amount(5) }]]),
        }),
      ],
    };
    const looked = referTo(
      mixed,
      columnsOf(mixed.records, () => "ms"),
    );
    expect(looked("coverage.lines", { kind: "baseline" }, 1)).toEqual({
      none: "the baseline has no coverage.lines in its unit of today",
    });
    expect(looked("coverage.lines", { kind: "best" }, 1)).toMatchObject({ value: { over: 5n, under: 1n } });
  });

  test("a run in the middle sees what it saw when it was the last", () => {
    const reference = fc.constantFrom<Reference>(
      { kind: "first" },
      { kind: "best" },
      { kind: "ago", milliseconds: 5 * days },
      { kind: "median", runs: 3 },
      { kind: "median", milliseconds: 5 * days },
    );
    // Days out of order: runs are ordered by their numbers, never by the clock.
    const history = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 1, max: 20 }), fc.boolean()),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(history, fc.nat(12), reference, (given, cut, asked) => {
        const records = given.map(([share, at, known], i) =>
          record(i + 1, { at: day(at), ...(known ? { lines: ratio(share, 100) } : { kpis: new Map() }) }),
        );
        const runs = Math.min(cut, records.length);
        const baseline = { none: "" };
        const then = referTo({ at: day(20), records: records.slice(0, runs), baseline });
        const now = referring(lookBack(columnsOf(records), { at: day(20), runs, baseline }));
        expect(now("coverage.lines", asked, 1)).toEqual(then("coverage.lines", asked, 1));
      }),
    );
  });

  test("the best of a KPI of which less is better", () => {
    const kpi = (value: number) =>
      new Map([["tests.failed", { unit: "count", better: "lower" as const, value: amount(value) }]]);
    const records = [record(1, { kpis: kpi(4) }), record(2, { kpis: kpi(2) }), record(3, { kpis: kpi(3) })];
    const given: Past = { at: day(40), records, baseline: { record: records[2]! } };
    expect(referred(given, { kind: "best" }, 1, "tests.failed")).toEqual([2, 0]);
  });

  test("time is counted in UTC and not in months", () => {
    const records = [
      record(1, { at: "2026-01-31T23:59:59.000Z" }),
      record(2, { at: "2026-02-28T00:00:00.000Z" }),
    ];
    const given: Past = { at: "2026-03-02T23:59:59.000Z", records, baseline: { record: records[1]! } };
    expect(referred(given, { kind: "ago", milliseconds: 30 * days })).toEqual([90, 0]);
    expect(
      referred({ ...given, at: "2026-03-02T23:59:58.000Z" }, { kind: "ago", milliseconds: 30 * days }),
    ).toBe("29 of 30 days");
  });

  test("median and spread are those of an independent count, whatever the order of the values", () => {
    const quantile = (sorted: readonly number[], p: number) => {
      const at = (sorted.length - 1) * p;
      const low = sorted[Math.floor(at)]!;
      return low + (at % 1) * (sorted[Math.ceil(at)]! - low);
    };
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 30 }), (shares) => {
        const sorted = [...shares].sort((a, b) => a - b);
        const [median, iqr] = referred(past(...shares), { kind: "median", runs: 30 }) as [number, number];
        expect(median).toBeCloseTo(quantile(sorted, 0.5), 9);
        expect(iqr).toBeCloseTo(quantile(sorted, 0.75) - quantile(sorted, 0.25), 9);
      }),
    );
  });

  test("the best is at least as good as every other, exactly", () => {
    const share = fc.record({
      part: fc.integer({ min: 0, max: 2 ** 40 }),
      more: fc.integer({ min: 1, max: 2 ** 40 }),
    });
    fc.assert(
      fc.property(fc.array(share, { minLength: 1, maxLength: 10 }), (shares) => {
        const records = shares.map(({ part, more }, i) => record(i + 1, { lines: ratio(part, part + more) }));
        const refer = referTo({ at: day(40), records, baseline: { record: records[0]! } });
        const best = refer("coverage.lines", { kind: "best" }, 1);
        const holds = shares.every(
          ({ part, more }) =>
            "value" in best &&
            compare(best.value, { over: BigInt(part) * 100n, under: BigInt(part + more) }) >= 0,
        );
        expect(holds).toBe(true);
      }),
    );
  });
});
