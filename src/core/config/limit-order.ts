import { compare, type Decimal, ofDecimal } from "../model/exact.ts";
import type { Bound, Limit, Shift } from "../model/gate.ts";

/** -1, 0 or 1 as bound `a` is below, equal to or above `b` in every run; undefined where that depends on the run. */
export function compareBounds(a: Bound, b: Bound): -1 | 0 | 1 | undefined {
  if (a.kind === "value" && b.kind === "value") return compareDecimals(a.value, b.value);
  if (a.kind === "value" || b.kind === "value") return undefined;
  if (JSON.stringify(a.reference) !== JSON.stringify(b.reference)) return undefined;
  const [shareA, shareB] = [a.percent ?? whole, b.percent ?? whole];
  const order = compareDecimals(shareA, shareB);
  if (order !== 0) return a.shift === undefined && b.shift === undefined ? order : undefined;
  return compareShifts(a.shift, b.shift);
}

const whole: Decimal = { digits: 100n, scale: 0 };
const nothing: Decimal = { digits: 0n, scale: 0 };

function compareShifts(a: Shift | undefined, b: Shift | undefined): -1 | 0 | 1 | undefined {
  if (a && b && a.of !== b.of) return undefined;
  return compareDecimals(a?.by ?? nothing, b?.by ?? nothing);
}

function compareDecimals(a: Decimal, b: Decimal): -1 | 0 | 1 {
  return compare(ofDecimal(a), ofDecimal(b));
}

/** Whether everything that satisfies `a` satisfies `b`; undefined where that depends on the run. */
export function implies(a: Limit, b: Limit): boolean | undefined {
  const order = compareBounds(a.bound, b.bound);
  if (order === undefined) return undefined;
  switch (b.op) {
    case "at least":
      return (a.op === "at least" || a.op === "above" || a.op === "exactly") && order >= 0;
    case "above":
      return (a.op === "above" && order >= 0) || ((a.op === "at least" || a.op === "exactly") && order > 0);
    case "at most":
      return (a.op === "at most" || a.op === "below" || a.op === "exactly") && order <= 0;
    case "below":
      return (a.op === "below" && order <= 0) || ((a.op === "at most" || a.op === "exactly") && order < 0);
    case "exactly":
      return a.op === "exactly" && order === 0;
  }
}

/** Whether no number satisfies both limits, whatever the run. */
export function excludeEachOther(a: Limit, b: Limit): boolean {
  const order = compareBounds(a.bound, b.bound);
  if (order === undefined) return false;
  return emptyBetween(a, b, order) || emptyBetween(b, a, order === 0 ? 0 : order === 1 ? -1 : 1);
}

/** Whether nothing lies from the lower limit up to the upper one; `order` is that of their bounds. */
function emptyBetween(lower: Limit, upper: Limit, order: -1 | 0 | 1): boolean {
  if (lower.op === "at most" || lower.op === "below") return false;
  if (upper.op === "at least" || upper.op === "above") return false;
  return order === 1 || (order === 0 && (lower.op === "above" || upper.op === "below"));
}
