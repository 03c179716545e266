import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Fraction } from "../src/core/model/exact.ts";
import type { AppliedLimit, Op } from "../src/core/model/gate.ts";
import type { Measured } from "../src/core/model/kpi.ts";
import type { Unit } from "../src/core/model/unit.ts";
import {
  changeText,
  distanceText,
  grouped,
  limitText,
  plural,
  remedyText,
  valueText,
} from "../src/core/report/words.ts";

const limit = (op: Op, digits: number, scale = 0): AppliedLimit => ({
  op,
  bound: { kind: "value", value: { digits: BigInt(digits), scale } },
  number: { over: BigInt(digits), under: 10n ** BigInt(scale) },
  text: "",
});
const baseline = (number: Fraction | undefined): AppliedLimit => ({
  op: "at least",
  bound: { kind: "reference", reference: { kind: "baseline" } },
  text: "at least baseline",
  ...(number ? { number } : {}),
});
const ratio = (part: number, whole: number): Measured => ({ kind: "ratio", part, whole });
const amount = (value: number): Measured => ({ kind: "amount", amount: value });

const values: readonly (readonly [string, Measured, Unit, AppliedLimit | undefined])[] = [
  ["89.996%", ratio(22499, 25000), "%", limit("at least", 90)],
  ["90%", ratio(90, 100), "%", limit("at least", 90)],
  ["66.7%", ratio(2, 3), "%", limit("at least", 90)],
  ["90.0001%", ratio(900_001, 1_000_000), "%", limit("at most", 90)],
  ["0.001%", ratio(1, 100_000), "%", undefined],
  ["100%", ratio(5, 5), "%", undefined],
  ["99.98%", ratio(4999, 5000), "%", undefined],
  ["99.95%", amount(99.95), "%", undefined],
  ["100.03%", amount(100.03), "%", undefined],
  ["0%", ratio(0, 5), "%", undefined],
  ["12,345", amount(12_345), "count", undefined],
  ["0ms", amount(0), "ms", undefined],
  ["4.2ms", amount(4.21), "ms", undefined],
  ["180ms", amount(180.4), "ms", undefined],
  ["1.5s", amount(1500), "ms", undefined],
  ["1.9999s", amount(1999.9), "ms", limit("below", 2000)],
  ["3min", amount(180_000), "ms", undefined],
  ["3.5h", amount(12_600_000), "ms", undefined],
  ["30d", amount(2_592_000_000), "ms", undefined],
  ["12 B", amount(12), "B", undefined],
  ["1.5 kB", amount(1500), "B", undefined],
  ["528 MB", amount(528e6), "B", limit("below", 500e6)],
  ["500.000001 MB", amount(500_000_001), "B", limit("at most", 500e6)],
  ["2 GB", amount(2e9), "B", undefined],
  ["0.93", amount(0.93), "ratio", undefined],
  ["0.94999", amount(0.94999), "ratio", limit("at least", 95, 2)],
  ["211.75 req/s", amount(211.7523), "req/s", undefined],
  ["-3.5 °C", amount(-3.5), "°C", undefined],
  ["2.5", amount(2.5), "count", undefined],
  ["11,574,074,074,074,074,074,074.07d", amount(1e30), "ms", undefined],
  ["66.7%", ratio(2, 3), "%", baseline({ over: 200n, under: 3n })],
  ["90.123456%", ratio(90_123_456, 100_000_000), "%", limit("at least", 90_123_456, 6)],
];

describe("values in words", () => {
  test.each(values)("%s", (text, value, unit, against) => {
    expect(valueText(value, unit, against)).toBe(text);
  });

  test("a distance is as large as the limit only where the value is nothing", () => {
    expect(distanceText(amount(5), "ms", limit("below", 2000))).toBe("1.995s below");
    expect(distanceText(amount(0), "ms", limit("below", 2000))).toBe("2s below");
    expect(distanceText(ratio(1, 100_000), "%", limit("below", 90))).toBe("89.999 points below");
    expect(changeText(amount(2000), amount(5), "ms")).toBe("+1.995s");
    expect(changeText(amount(5), amount(2000), "ms")).toBe("-1.995s");
    expect(changeText(amount(2000), amount(0), "ms")).toBe("+2s");
  });

  test("distances", () => {
    expect(distanceText(ratio(82, 100), "%", limit("at least", 90))).toBe("8 points below");
    expect(distanceText(ratio(22499, 25000), "%", limit("at least", 90))).toBe("0.004 points below");
    expect(distanceText(ratio(89, 100), "%", limit("at least", 90))).toBe("1 point below");
    expect(distanceText(amount(3), "count", limit("at most", 0))).toBe("3 over");
    expect(distanceText(amount(2180), "ms", limit("at most", 2000))).toBe("180ms over");
    expect(distanceText(amount(0), "count", limit("at most", 0))).toBe("at the limit");
  });

  test("a limit that was taken from recorded runs shows its number", () => {
    expect(limitText(baseline({ over: 200n, under: 3n }), "%")).toBe("at least baseline (66.7%)");
    expect(limitText(baseline(undefined), "%")).toBe("at least baseline");
    expect(limitText(baseline({ over: -3n, under: 2n }), "count")).toBe("at least baseline (-1.5)");
    expect(limitText({ ...limit("at least", 90), text: "at least 90%" }, "%")).toBe("at least 90%");
  });

  test("two numbers beside each other never look equal when they differ, nor the other way round", () => {
    const share = fc.record({
      part: fc.integer({ min: 0, max: 999 }),
      whole: fc.integer({ min: 1, max: 999 }),
    });
    fc.assert(
      fc.property(share, share, (a, b) => {
        const number = { over: BigInt(b.part) * 100n, under: BigInt(b.whole) };
        const value = valueText(ratio(a.part, a.whole), "%", baseline(number)).slice(0, -1);
        const bound = limitText(baseline(number), "%", ratio(a.part, a.whole)).slice(19, -2);
        const plain = (text: string) => Number(text.replaceAll(",", ""));
        expect(Math.sign(plain(value) - plain(bound)), `${value} and ${bound}`).toBe(
          Math.sign(a.part * b.whole - b.part * a.whole),
        );
      }),
    );
  });

  test("remedies and counts", () => {
    expect(remedyText({ steps: 1, step: ["more covered line", "more covered lines"] }, "%")).toBe(
      "1 more covered line",
    );
    expect(remedyText({ steps: 1400, step: ["x", "more covered lines"] }, "%")).toBe(
      "1,400 more covered lines",
    );
    expect(remedyText({ steps: 180, step: ["less", "less"] }, "ms")).toBe("180ms less");
    // To the printed digits it may be more than it takes, and never less.
    expect(remedyText({ steps: 6214, step: ["less", "less"] }, "ms")).toBe("6.22s less");
    expect(remedyText({ steps: 28_000_001, step: ["less", "less"] }, "B")).toBe("28.1 MB less");
    expect([plural(1, "test"), plural(0, "test"), grouped(1_234_567)]).toEqual([
      "1 test",
      "0 tests",
      "1,234,567",
    ]);
  });

  test("printed digits always stand to the limit as the value does", () => {
    const sign = (a: number, b: number) => Math.sign(a - b);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 99_999 }),
        fc.integer({ min: 0, max: 10_000 }),
        (part, hundredths) => {
          const text = valueText(ratio(part, 99_999), "%", limit("at least", hundredths, 2));
          const real = BigInt(part) * 10_000n - BigInt(hundredths) * 99_999n;
          expect(sign(Number(text.slice(0, -1)), hundredths / 100)).toBe(Math.sign(Number(real)));
        },
      ),
    );
  });
});
