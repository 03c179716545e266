// The number in the one attribute that is asked for.

import { isDigit, POINT } from "./bytes.ts";

/** The name of the attribute, 0 for none. */
export let numberIn: u32 = 0;
/** Where its value starts and ends in the start tag that was read last. */
let valueAt: usize = 0;
let valueEnd: usize = 0;
/** What `isDecimal` made of it. */
export let decimal: f64 = 0;

export function askNumberIn(name: u32): void {
  numberIn = name;
}

export function noteValue(start: usize, end: usize): void {
  valueAt = start;
  valueEnd = end;
}

/** Whether the value is a number in plain digits; then `decimal` is what `decimal` of numbers.ts makes of it. */
export function isDecimal(): bool {
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
