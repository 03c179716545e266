import { add, type Fraction, fractionOf } from "../model/exact.ts";
import type { AppliedLimit, Op } from "../model/gate.ts";
import type { Measured } from "../model/kpi.ts";
import { holds } from "./holds.ts";

/**
 * The smallest whole number of steps that makes all limits hold: for a ratio, parts won or lost of the same whole; for an
 * amount, whole units of it; down is negative. Undefined where no number of steps does, such as 11 of 10, or where limits
 * pull apart.
 */
export function stepsToHold(value: Measured, limits: readonly AppliedLimit[]): number | undefined {
  const from = fractionOf(value);
  const size: Fraction =
    value.kind === "ratio" ? { over: 100n, under: BigInt(value.whole) } : { over: 1n, under: 1n };
  const broken = limits.flatMap(({ op, number }) =>
    number === undefined || holds(from, op, number) ? [] : [{ op, bound: number }],
  );
  const ways = broken.map(({ op, bound }) => steps(from, size, op, bound));
  const [first] = ways;
  if (first === undefined || ways.some((way) => way > 0n !== first > 0n)) return undefined;
  const furthest = ways.reduce((a, b) => (first > 0n ? (b > a ? b : a) : b < a ? b : a));
  const after = add(from, { over: size.over * furthest, under: size.under });
  const possible = value.kind === "amount" || (after.over >= 0n && after.over <= 100n * after.under);
  const all = limits.every(({ op, number }) => number === undefined || holds(after, op, number));
  return possible && all ? Number(furthest) : undefined;
}

/** Whole steps from a number that does not hold to the first that does, or would but for its size; down is negative. */
function steps(from: Fraction, size: Fraction, op: Op, bound: Fraction): bigint {
  // (bound - from) / size
  const over = (bound.over * from.under - from.over * bound.under) * size.under;
  const under = bound.under * from.under * size.over;
  switch (op) {
    case "at least":
      return ceil(over, under);
    case "above":
      return floor(over, under) + 1n;
    case "at most":
      return floor(over, under);
    case "below":
      return ceil(over, under) - 1n;
    case "exactly":
      return over > 0n ? ceil(over, under) : floor(over, under);
  }
}

function floor(over: bigint, under: bigint): bigint {
  return over >= 0n ? over / under : -((-over + under - 1n) / under);
}

function ceil(over: bigint, under: bigint): bigint {
  return -floor(-over, under);
}
