import { describe, expect, it } from "vitest";
import { arrival, inWords } from "../src/arrival.ts";

describe("arrival", () => {
  it.each([
    ["express", "2026-03-03"],
    ["standard", "2026-03-04"],
    ["economy", "2026-03-06"],
  ] as const)("of %s, handed in on a Monday", (speed, day) => {
    expect(arrival("2026-03-02", speed)).toBe(day);
  });

  it("is not on a Sunday", () => {
    expect(arrival("2026-03-07", "express")).toBe("2026-03-09");
  });

  it("is not on New Year's Day", () => {
    expect(arrival("2026-12-31", "express")).toBe("2027-01-02");
  });

  it("is said in words", () => {
    expect(inWords("2026-03-03", "2026-03-03")).toBe("today");
    expect(inWords("2026-03-04", "2026-03-03")).toBe("tomorrow");
    expect(inWords("2026-03-09", "2026-03-03")).toBe("in 6 days");
  });
});
