// Totals of a record. Each function takes the address behind `L`, `BR` or `FN` and returns that of the next line, or 0 where
// the line is not plain.
import { numberBefore } from "../digits.ts";
import { COLON, isDigit, pastDigits, pastLineEnd } from "./bytes.ts";

const FOUND: u32 = 70;
const HIT: u32 = 72;

/** What `LF` and `LH` of this record say; -1 where it has none. */
export let found: i32 = -1;
export let hit: i32 = -1;

export function forgetTotals(): void {
  found = -1;
  hit = -1;
}

/** `LF:<lines>` and `LH:<lines that ran>` */
export function takeTotal(at: usize): usize {
  const end = totalEnd(at);
  if (end === 0) return 0;
  const digits = <u32>(end - at - 2);
  if (digits > 8) return 0;
  const number = <i32>numberBefore(end, digits);
  if (load<u8>(at) === FOUND) found = number;
  else hit = number;
  return pastLineEnd(end);
}

/** `FNF`, `FNH`, `BRF` and `BRH`, of which nobody asks: what is counted decides. */
export function takeSilentTotal(at: usize): usize {
  const end = totalEnd(at);
  return end === 0 ? 0 : pastLineEnd(end);
}

function totalEnd(at: usize): usize {
  const what: u32 = load<u8>(at);
  if ((what !== FOUND && what !== HIT) || load<u8>(at, 1) !== COLON || !isDigit(load<u8>(at, 2))) return 0;
  const end = pastDigits(at + 2);
  return pastLineEnd(end) === 0 ? 0 : end;
}
