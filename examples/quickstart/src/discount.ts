import { type Money, money, percentOf } from "./money.ts";

export type Discount =
  | { readonly kind: "percent"; readonly code: string; readonly percent: number; readonly until?: string }
  | { readonly kind: "fixed"; readonly code: string; readonly amount: Money; readonly until?: string };

/** Dates are ISO days such as 2026-03-31; the last day still counts. */
export function isValidOn(discount: Discount, day: string): boolean {
  return discount.until === undefined || day <= discount.until;
}

/** What a discount takes off; never more than the amount itself. */
export function reduction(discount: Discount, amount: Money): Money {
  if (discount.kind === "percent") {
    return percentOf(amount, Math.min(discount.percent, 100));
  }
  if (discount.amount.currency !== amount.currency) {
    const { code } = discount;
    throw new TypeError(`discount ${code} is not valid for prices in ${amount.currency}`);
  }
  return money(Math.min(discount.amount.minor, amount.minor), amount.currency);
}

/** The discount that takes most off on a given day, if there is one. */
export function best(discounts: readonly Discount[], amount: Money, day: string): Discount | undefined {
  let winner: Discount | undefined;
  for (const discount of discounts) {
    if (!isValidOn(discount, day)) continue;
    if (!winner || reduction(discount, amount).minor > reduction(winner, amount).minor) winner = discount;
  }
  return winner;
}
