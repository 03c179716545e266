import { describe, expect, it } from "vitest";
import { headline, progress, type Step, timeline } from "../src/timeline.ts";

const ACCEPTED: Step = { at: "2026-03-02T09:00:00Z", kind: "accepted", place: "Ulm" };
const SORTED: Step = { at: "2026-03-02T22:30:00Z", kind: "sorted", place: "Kassel" };
const LOADED: Step = { at: "2026-03-03T06:10:00Z", kind: "loaded", place: "Bremen" };
const DELIVERED: Step = { at: "2026-03-03T11:45:00Z", kind: "delivered", place: "Bremen" };

describe("timeline", () => {
  it("is in the order of time", () => {
    expect(timeline([LOADED, ACCEPTED, SORTED])).toEqual([ACCEPTED, SORTED, LOADED]);
  });

  it("holds a step once that was sent twice", () => {
    expect(timeline([ACCEPTED, { ...ACCEPTED }])).toHaveLength(1);
  });

  it("is without progress when empty", () => {
    expect(progress([])).toBe(0);
  });

  it("never goes back in progress", () => {
    expect(progress([LOADED, SORTED])).toBe(80);
    expect(progress([ACCEPTED, DELIVERED])).toBe(100);
  });

  it("has the last step as headline", () => {
    expect(headline([])).toBe("We wait for your parcel");
    expect(headline([ACCEPTED])).toBe("Your parcel is in Ulm");
    expect(headline([ACCEPTED, LOADED])).toBe("Your parcel is on its way from Bremen");
    expect(headline([DELIVERED])).toBe("Your parcel was delivered");
  });

  it.skip("names the neighbour who took the parcel", () => {
    expect(headline([DELIVERED])).toContain("neighbour");
  });
});
