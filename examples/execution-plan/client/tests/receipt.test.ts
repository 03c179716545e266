import { describe, expect, test } from "vitest";
import { receipt } from "../src/receipt.ts";

describe("a receipt", () => {
  test.each([
    [{ count: 1 }, { state: "done", cents: 1_990 }, "1 parcel, 19.90 EUR"],
    [{ count: 12, to: "oslo" }, { state: "done", cents: 21_492 }, "12 parcels, to Oslo, 214.92 EUR"],
    [{ count: 2 }, { state: "done", cents: 5 }, "2 parcels, 0.05 EUR"],
    [{ count: 2 }, { state: "failed", at: "mail" }, "Sorry, mail did not work. Nothing was charged."],
  ] as const)("of %o and %o reads %s", (order, result, text) => {
    expect(receipt(order, result)).toBe(text);
  });
});
