import { compare, type Fraction } from "../model/exact.ts";
import type { Op } from "../model/gate.ts";

/** Whether a number satisfies a comparison; the only place that decides it, and it asks positively. */
export function holds(value: Fraction, op: Op, bound: Fraction): boolean {
  const order = compare(value, bound);
  switch (op) {
    case "at least":
      return order >= 0;
    case "at most":
      return order <= 0;
    case "above":
      return order > 0;
    case "below":
      return order < 0;
    case "exactly":
      return order === 0;
  }
}
