import { add, type Fraction, multiply, ofDecimal } from "../model/exact.ts";
import type { Bound, Reference, Referred } from "../model/gate.ts";

/** What a bound comes to in this run, exactly; or why there is nothing to compare with. */
export function numberOf(
  bound: Bound,
  refer: (reference: Reference) => Referred,
): { readonly number: Fraction } | { readonly none: string } {
  if (bound.kind === "value") return { number: ofDecimal(bound.value) };
  const { reference, percent, shift } = bound;
  const referred = refer(reference);
  if ("none" in referred) return referred;
  const start = percent ? multiply(referred.value, hundredths(ofDecimal(percent))) : referred.value;
  if (!shift) return { number: start };
  const by = ofDecimal(shift.by);
  switch (shift.of) {
    case "unit":
      return { number: add(start, by) };
    case "percent":
      return { number: add(start, multiply(start, hundredths(by))) };
    case "iqr":
      return { number: add(start, multiply(referred.iqr, by)) };
  }
}

function hundredths({ over, under }: Fraction): Fraction {
  return { over, under: under * 100n };
}
