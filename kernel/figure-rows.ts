// Where figures are written down: those of one kind side by side behind one head.

import { FIGURES, put } from "./found.ts";
import { base } from "./window.ts";

/** The head of the figures that come next in a row, where they end so far, and of which kind they are. */
let head: usize = 0;
let headEnd: usize = 0;
let headKind: u32 = 0;

/** A run begins. */
export function beginFigures(): void {
  headEnd = 0;
}

/**
 * Makes room at `out` for the `width` numbers of an element between two addresses: behind what was written down last if
 * that is of the same kind, else behind a head. Returns where the numbers belong.
 */
export function roomForFigures(kind: u32, width: u32, start: usize, end: usize, out: usize): usize {
  if (headEnd !== out || headKind !== kind) {
    head = out;
    headKind = kind;
    out = put(out, FIGURES, kind, start, end);
  }
  headEnd = out + width * 4;
  store<u32>(head, load<u32>(head) + 256);
  store<u32>(head, <u32>(end - base), 12);
  return out;
}
