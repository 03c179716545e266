// The kernel of the XML scanner, in AssemblyScript: TypeScript of WebAssembly, where a position is an address. It finds
// the tags of plain, well-formed XML inside a window and writes down where everything is. What it does not understand at
// once it leaves to the scanner in src/core/read/text/xml.ts, and so all that is wrong: an error has one place.
// `npm run kernel` compiles it into src/core/read/text/xml-kernel-code.ts.

import { bits, EXCLAMATION, LF, pastBlanks, SLASH } from "./bytes.ts";
import { count, decimal, isCounted } from "./counted.ts";
import { forgetNames, howMany, lengthOf, maxNameLength, numberOf, slotOf } from "./names.ts";
import { attributeSize, attributes, element, empty, endTag, maxAttributes, seen, startTag } from "./tags.ts";
import { base, holds, limit, openAt, sectionEnd, stuck, textEnd } from "./window.ts";

export { count, howMany, lengthOf, numberOf, slotOf };

/** `![CDATA[` as the number that eight bytes are. */
const CDATA_BEGINS: u64 = ((<u64>0x5b41_5441) << 32) | 0x4443_5b21;

/** Numbers of the names of the open elements; 0 for one that has none. */
const stack = memory.data(256);
const maxDepth: u32 = 256;

/**
 * What was found, as numbers of 32 bits: kind and count of attributes, name, start, end, and for each attribute its
 * name, start and end. Positions count from the beginning of the window.
 */
const found = memory.data(65536, 16);
const foundEnds = found + 65536;
const headSize: u32 = 16;

/**
 * The numbers that counted elements hold in one run, and where in `found` each of them is. As many as there is room for:
 * the smallest counted element takes 28 bytes there.
 */
const numbers = memory.data(65536, 16);
const entries = memory.data(16384, 4);

const OPEN: u32 = 0;
const EMPTY: u32 = 1;
const HOLLOW: u32 = 2;
const CLOSE: u32 = 3;
const CDATA: u32 = 4;
/**
 * Stands before a row of counted elements, with how many they are in place of the attributes and, in place of the name,
 * where in `found` the row ends. Its start and end are those of the row.
 */
const COUNTED: u32 = 5;

/** Why a run stopped: at something it leaves to the scanner, before the end of the window, or because `found` is full. */
const UNSURE: u32 = 0;
const CUT: u32 = 1;
const FULL: u32 = 2;

/** How many numbers were found and why the run stopped; after a count of lines, where the last one ended. */
const answers = memory.data(8, 8);

/** How many were counted in this run, and where the header of the row lies that they extend, 0 for none. */
let counts: u32 = 0;
let row: usize = 0;

export function foundAt(): usize {
  return found;
}

export function answersAt(): usize {
  return answers;
}

export function stackAt(): usize {
  return stack;
}

export function numbersAt(): usize {
  return numbers;
}

export function entriesAt(): usize {
  return entries;
}

/** From here on the memory is free for a window. */
export function windowAt(): usize {
  return (__heap_base + 63) & ~63;
}

/** Knows nothing yet; the window begins at an address. */
export function begin(at: usize): void {
  openAt(at);
  forgetNames();
  count(0, 0, 0);
}

/** Counts the line ends between two positions. */
export function countLines(start: u32, end: u32): u32 {
  const stop = base + end;
  let lines: u32 = 0;
  let lastAt: i32 = -1;
  for (let at = base + start; at < stop; at += 16) {
    let ends = bits(v128.load(at), LF);
    if (stop - at < 16) ends &= (1 << (<u32>(stop - at))) - 1;
    if (ends === 0) continue;
    lines += popcnt(ends);
    lastAt = <i32>(at - base) + 31 - <i32>clz(ends);
  }
  store<i32>(answers, lastAt);
  return lines;
}

/**
 * Goes through the window from a position inside of `depth` elements, which lie on the stack; 0 where the root element may
 * begin, whose end it never passes. Returns where it stopped: all before is well-formed, and everything in it but text is
 * written down.
 */
export function run(from: u32, length: u32, depth: u32): u32 {
  holds(length);
  let at = base + from;
  let out: usize = found;
  /** Where the start tag is written down that came just before, if nothing came since; else 0. */
  let opened: usize = 0;
  let why = FULL;
  counts = 0;
  row = 0;
  while (out + headSize * 2 + maxAttributes * attributeSize <= foundEnds) {
    const lt = textEnd(at);
    if (lt === 0) {
      why = reason();
      break;
    }
    const c: u32 = load<u8>(lt + 1);
    if (depth === 0 && (lt !== at || c === SLASH || c === EXCLAMATION)) {
      why = UNSURE;
      break;
    }
    let end: usize = 0;
    if (c === SLASH) {
      end = endTag(lt, load<u8>(stack + depth - 1));
      if (end !== 0) {
        const hollow = opened !== 0 && pastBlanks(at) === lt;
        if (hollow) store<u32>(opened, load<u32>(opened) - OPEN + HOLLOW);
        out = put(out, CLOSE, 0, lt, end);
        out = hollow ? take(opened, out, end) : other(out);
        opened = 0;
        depth--;
        at = end;
        if (depth > 0) continue;
        why = UNSURE;
        break;
      }
    } else if (load<u64>(lt + 1) === CDATA_BEGINS) {
      end = sectionEnd(lt + 9);
      if (end !== 0) {
        out = other(put(out, CDATA, 0, lt, end));
        opened = 0;
        at = end;
        continue;
      }
    } else {
      end = startTag(lt, out + headSize);
      if (end !== 0 && depth < maxDepth) {
        if (opened !== 0) row = 0;
        const entry = out;
        out =
          put(out, (empty ? EMPTY : OPEN) | (attributes << 8), element, lt, end) + attributes * attributeSize;
        if (empty) {
          out = take(entry, out, end);
          opened = 0;
        } else {
          opened = entry;
          store<u8>(stack + depth++, element);
        }
        at = end;
        if (depth > 0) continue;
        why = UNSURE;
        break;
      }
    }
    at = lt;
    why = end === 0 ? reason() : UNSURE;
    break;
  }
  store<u32>(answers, <u32>((out - found) >> 2));
  store<u32>(answers + 4, why);
  return <u32>(at - base);
}

/** What could not be passed may be what was cut off by the end of the window, or it may not. */
function reason(): u32 {
  return stuck + maxNameLength < limit ? UNSURE : CUT;
}

function put(out: usize, kind: u32, id: u32, start: usize, end: usize): usize {
  store<u32>(out, kind);
  store<u32>(out, id, 4);
  store<u32>(out, <u32>(start - base), 8);
  store<u32>(out, <u32>(end - base), 12);
  return out + headSize;
}

/** Counts a hollow element that was written down from `entry` to `out` if it is one to count. Returns where to go on. */
function take(entry: usize, out: usize, end: usize): usize {
  if (!isCounted(element, seen)) return other(out);
  if (row === 0) {
    row = entry;
    memory.copy(entry + headSize, entry, out - entry);
    entry += headSize;
    out += headSize;
    put(row, COUNTED, 0, base + load<u32>(entry, 8), end);
  }
  store<f64>(numbers + counts * 8, decimal);
  store<u32>(entries + counts * 4, <u32>((entry - found) >> 2));
  counts++;
  store<u32>(row, load<u32>(row) + 256);
  store<u32>(row, <u32>((out - found) >> 2), 4);
  store<u32>(row, <u32>(end - base), 12);
  return out;
}

/** Ends the row of counted elements. */
function other(out: usize): usize {
  row = 0;
  return out;
}
