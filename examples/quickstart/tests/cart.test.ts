import { beforeEach, describe, expect, it } from "vitest";
import { Cart } from "../src/cart.ts";
import { money } from "../src/money.ts";

const DAY = "2026-03-01";

describe("Cart", () => {
  let cart: Cart;

  beforeEach(() => {
    cart = new Cart("EUR");
  });

  it("costs nothing when empty", () => {
    expect(cart.total([], DAY).due).toEqual(money(0, "EUR"));
  });

  it("adds up pieces of one article", () => {
    cart.add("mug", money(890, "EUR"));
    cart.add("mug", money(890, "EUR"), 2);
    expect(cart.items).toEqual([{ sku: "mug", price: money(890, "EUR"), quantity: 3 }]);
  });

  it("charges shipping below the free limit", () => {
    cart.add("mug", money(890, "EUR"));
    expect(cart.total([], DAY)).toMatchObject({ shipping: money(490, "EUR"), due: money(1380, "EUR") });
  });

  it("applies the best discount before it decides on shipping", () => {
    cart.add("lamp", money(5200, "EUR"));
    const total = cart.total([{ kind: "percent", code: "TEN", percent: 10 }], DAY);
    expect(total).toMatchObject({ discount: money(520, "EUR"), due: money(5170, "EUR") });
  });

  it("forgets a removed article", () => {
    cart.add("mug", money(890, "EUR"));
    expect(cart.remove("mug")).toBe(true);
    expect(cart.remove("mug")).toBe(false);
  });

  it("refuses prices of another currency", () => {
    expect(() => cart.add("mug", money(890, "USD"))).toThrow("this cart holds prices in EUR");
  });

  it("refuses a quantity of zero", () => {
    expect(() => cart.add("mug", money(890, "EUR"), 0)).toThrow(RangeError);
  });

  it("refuses more than 99 pieces of one article", () => {
    cart.add("mug", money(890, "EUR"), 98);
    expect(() => cart.add("mug", money(890, "EUR"), 2)).toThrow("mug: at most 99 pieces per order");
  });
});
