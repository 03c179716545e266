import { compare, fractionOf, ofDecimal } from "../model/exact.ts";
import type { Limit } from "../model/gate.ts";
import type { Measured } from "../model/kpi.ts";

/** Whether a value satisfies a limit; the only place that decides it, and it asks positively. */
export function holds(value: Measured, limit: Limit): boolean {
  const order = compare(fractionOf(value), ofDecimal(limit.value));
  switch (limit.op) {
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
