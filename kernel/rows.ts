// Rows: elements side by side that need not be told one by one, because nothing is wanted of them or only a number.

import { askNumberIn, decimal, isDecimal, numberIn } from "./decimal.ts";
import { found, headSize, put, ROW } from "./found.ts";
import { element, seen } from "./tags.ts";
import { base } from "./window.ts";

/** Names of the elements that are counted and of what marks them, 0 for none. */
let counted: u32 = 0;
let mark: u32 = 0;
/** One bit for each name: of attributes that a counted element may not have, and of elements that nobody reads. */
let without: u64 = 0;
let unread: u64 = 0;

/**
 * The numbers of what was counted in one run, whether it is marked, and where in `found` it is. As many as there is room
 * for: the smallest counted element takes 28 bytes there.
 */
export const numbers = memory.data(32768, 16);
export const marks = memory.data(4096);
export const entries = memory.data(16384, 4);

/** How many were counted in this run, and where the head of the row lies that they extend, 0 for none. */
let counts: u32 = 0;
let row: usize = 0;

/**
 * The open element that joins the row when it ends, unless something inside of it has to be told: where in `found` it is,
 * 0 for none, how deep, whether it is counted and what is known of it then.
 */
let held: usize = 0;
let heldDepth: u32 = 0;
let heldCounts: bool = false;
let heldNumber: f64 = 0;
let heldMark: bool = false;

/**
 * Which elements make up rows from now on: those of a name with a plain number in an attribute and no attribute of some
 * names, and those that nobody reads; in both nothing but the latter, and in the former what marks them.
 */
export function count(name: u32, number: u32, no: u64, marking: u32, ignored: u64): void {
  counted = name;
  askNumberIn(number);
  without = no;
  mark = marking;
  unread = ignored;
}

/** A run begins: what is open was told already. */
export function beginRows(): void {
  counts = 0;
  held = 0;
  row = 0;
}

/** An element inside of `depth` others was written down at `entry`. */
export function elementBegins(entry: usize, depth: u32): void {
  const isUnread = ((unread >> element) & 1) !== 0;
  if (held !== 0) {
    if (isUnread) return;
    if (heldCounts && element === mark && depth === heldDepth + 1) {
      heldMark = true;
      return;
    }
    held = 0;
    row = 0;
  }
  const mayCount = element === counted && (seen & without) === 0;
  heldCounts = mayCount && ((seen >> numberIn) & 1) !== 0 && isDecimal();
  if (!heldCounts && !isUnread) {
    row = 0;
    return;
  }
  held = entry;
  heldDepth = depth;
  heldNumber = decimal;
  heldMark = false;
}

/** An element inside of `depth` others ends at an address, and all of it is written down before `out`. Returns where to go on. */
export function elementEnds(depth: u32, end: usize, out: usize): usize {
  if (held === 0) {
    row = 0;
    return out;
  }
  if (depth !== heldDepth) return out;
  let entry = held;
  held = 0;
  if (row === 0) {
    row = entry;
    memory.copy(entry + headSize, entry, out - entry);
    entry += headSize;
    out += headSize;
    put(row, ROW, 0, base + load<u32>(entry, 8), end);
  }
  if (heldCounts) {
    store<f64>(numbers + counts * 8, heldNumber);
    store<u8>(marks + counts, heldMark);
    store<u32>(entries + counts * 4, <u32>((entry - found) >> 2));
    counts++;
    store<u32>(row, load<u32>(row) + 256);
  }
  store<u32>(row, <u32>((out - found) >> 2), 4);
  store<u32>(row, <u32>(end - base), 12);
  return out;
}
