// Elements of which nothing is wanted but a number: hollow, with the number in an attribute.

import { isDigit, POINT } from "./bytes.ts";

/** Names of the elements that are counted and of the attribute with their number, 0 for none; what they may not have. */
let counted: u32 = 0;
export let countedBy: u32 = 0;
let uncounted: u64 = 0;
/** Where the value of `countedBy` starts and ends that was read last, and what `isDecimal` made of it. */
let valueAt: usize = 0;
let valueEnd: usize = 0;
export let decimal: f64 = 0;

/**
 * Which elements are counted from now on: those of a name with nothing but blanks inside, a plain number in an attribute, and
 * no attribute of some names, of which each is a bit.
 */
export function count(element: u32, number: u32, without: u64): void {
  counted = element;
  countedBy = number;
  uncounted = without;
}

export function noteValue(start: usize, end: usize): void {
  valueAt = start;
  valueEnd = end;
}

/** Whether an element with these attributes, one bit for the name of each, is one to count; then `decimal` is its number. */
export function isCounted(element: u32, seen: u64): bool {
  if (element !== counted || counted === 0 || (seen & uncounted) !== 0) return false;
  return ((seen >> countedBy) & 1) !== 0 && isDecimal();
}

/** Whether the value of `countedBy` is a number in plain digits; then `decimal` is what `decimal` of numbers.ts makes of it. */
function isDecimal(): bool {
  if (valueEnd - valueAt > 15) return false;
  let value: f64 = 0;
  let scale: f64 = 1;
  let digits = false;
  let point = false;
  for (let at = valueAt; at < valueEnd; at++) {
    const c: u32 = load<u8>(at);
    if (isDigit(c, false)) {
      value = value * 10 + <f64>(c - 48);
      digits = true;
      if (point) scale *= 10;
    } else if (c === POINT && !point) point = true;
    else return false;
  }
  decimal = value / scale;
  return digits;
}
