// What a run finds: everything in the window but text.

import { base } from "./window.ts";

/**
 * What was found, as numbers of 32 bits: kind and count of attributes, name, start, end, and for each attribute its
 * name, start and end. Positions count from the beginning of the window.
 */
export const found = memory.data(65536, 16);
export const foundEnds = found + 65536;
export const headSize: u32 = 16;

export const OPEN: u32 = 0;
export const EMPTY: u32 = 1;
export const HOLLOW: u32 = 2;
export const CLOSE: u32 = 3;
export const CDATA: u32 = 4;
/**
 * Stands before a row (see rows.ts), with how many of it are counted in place of the attributes and, in place of the name,
 * where in `found` the row ends. Its start and end are those of the row.
 */
export const ROW: u32 = 5;
/**
 * Stands before figures (see figures.ts), with how many of them there are in place of the attributes and, in place of the
 * name, of which kind. Their numbers follow; start and end are those of all of them.
 */
export const FIGURES: u32 = 6;

/** Writes down the head of something between two addresses, and returns where what comes next belongs. */
export function put(out: usize, kind: u32, id: u32, start: usize, end: usize): usize {
  store<u32>(out, kind);
  store<u32>(out, id, 4);
  store<u32>(out, <u32>(start - base), 8);
  store<u32>(out, <u32>(end - base), 12);
  return out + headSize;
}
