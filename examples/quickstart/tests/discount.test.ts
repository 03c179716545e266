import { describe, expect, it } from "vitest";
import { best, type Discount, isValidOn, reduction } from "../src/discount.ts";
import { money } from "../src/money.ts";

const tenPercent: Discount = { kind: "percent", code: "TEN", percent: 10 };
const fiveEuros: Discount = { kind: "fixed", code: "FIVE", amount: money(500, "EUR"), until: "2026-03-31" };

describe("discount", () => {
  it("is valid on its last day and not after", () => {
    expect(isValidOn(fiveEuros, "2026-03-31")).toBe(true);
    expect(isValidOn(fiveEuros, "2026-04-01")).toBe(false);
  });

  it("takes a share off", () => {
    expect(reduction(tenPercent, money(1999, "EUR")).minor).toBe(200);
  });

  it("never takes off more than the amount", () => {
    expect(reduction(fiveEuros, money(320, "EUR")).minor).toBe(320);
  });

  it("is chosen by what it saves", () => {
    expect(best([tenPercent, fiveEuros], money(4000, "EUR"), "2026-03-01")).toBe(fiveEuros);
    expect(best([tenPercent, fiveEuros], money(8000, "EUR"), "2026-03-01")).toBe(tenPercent);
  });

  it("is left out when it has ended", () => {
    expect(best([fiveEuros], money(4000, "EUR"), "2026-05-01")).toBeUndefined();
  });
});
