import { type Fraction, fractionOf, ofDecimal } from "../model/exact.ts";
import type { Limit } from "../model/gate.ts";
import type { Measured } from "../model/kpi.ts";

/**
 * The smallest whole number of steps that makes a broken limit hold: for a ratio, parts won or lost of the same whole;
 * for an amount, whole units of it. Undefined where no number of steps does, such as 11 of 10.
 */
export function stepsToHold(value: Measured, limit: Limit): number | undefined {
  const bound = ofDecimal(limit.value);
  if (value.kind === "amount") return Number(distance(fractionOf(value), bound, limit.op));
  const whole = BigInt(value.whole);
  const target: Fraction = { over: bound.over * whole, under: bound.under * 100n };
  const steps = Number(distance({ over: BigInt(value.part), under: 1n }, target, limit.op));
  const up = limit.op === "at least" || limit.op === "above";
  const after = up ? value.part + steps : value.part - steps;
  if (limit.op === "exactly") return undefined;
  return after >= 0 && after <= value.whole ? steps : undefined;
}

/** Whole steps from `from` to the first place where the comparison with `to` holds. */
function distance(from: Fraction, to: Fraction, op: Limit["op"]): bigint {
  const gap = to.over * from.under - from.over * to.under;
  const under = to.under * from.under;
  switch (op) {
    case "at least":
      return ceil(gap, under);
    case "above":
      return floor(gap, under) + 1n;
    case "at most":
      return ceil(-gap, under);
    case "below":
      return floor(-gap, under) + 1n;
    case "exactly":
      return ceil(gap < 0n ? -gap : gap, under);
  }
}

function floor(over: bigint, under: bigint): bigint {
  return over >= 0n ? over / under : -((-over + under - 1n) / under);
}

function ceil(over: bigint, under: bigint): bigint {
  return -floor(-over, under);
}
