import { add, type Fraction, multiply, ofDecimal } from "../model/exact.ts";
import type { Bound, Reference, Referred } from "../model/gate.ts";

/** What a bound comes to in this run, exactly; or why there is nothing to compare with. */
export function numberOf(
  bound: Bound,
  refer: (reference: Reference) => Referred,
): { readonly number: Fraction } | { readonly none: string } {
  if (bound.kind === "value") return { number: ofDecimal(bound.value) };
  const referred = refer(bound.reference);
  return "none" in referred ? referred : { number: shifted(bound, referred) };
}

/** What a bound comes to that refers to recorded runs. */
export function shifted(
  { percent, shift }: Bound & { readonly kind: "reference" },
  { value, iqr }: Exclude<Referred, { readonly none: string }>,
): Fraction {
  const start = percent ? multiply(value, hundredths(ofDecimal(percent))) : value;
  if (!shift) return start;
  const by = ofDecimal(shift.by);
  switch (shift.of) {
    case "unit":
      return add(start, by);
    case "percent":
      return add(start, multiply(start, hundredths(by)));
    case "iqr":
      return add(start, multiply(iqr, by));
  }
}

function hundredths({ over, under }: Fraction): Fraction {
  return { over, under: under * 100n };
}
