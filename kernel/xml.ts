// The kernel of the XML scanner, in AssemblyScript: TypeScript of WebAssembly, where a position is an address. It finds
// the tags of plain, well-formed XML inside a window and writes down where everything is. What it does not understand at
// once it leaves to the scanner in src/core/read/text/xml.ts, and so all that is wrong: an error has one place.
// `npm run kernel` compiles it into src/core/read/text/xml-kernel-code.ts.

import { EXCLAMATION, pastBlanks, SLASH } from "./bytes.ts";
import { beginFigures } from "./figure-rows.ts";
import { addCount, addFigures, addShare, addWord, forgetFigures, takeFigures } from "./figures.ts";
import { CDATA, CLOSE, EMPTY, found, foundEnds, HOLLOW, headSize, OPEN, put } from "./found.ts";
import { lastLineEnd, lineEnds } from "./lines.ts";
import { forgetNames, howMany, lengthOf, maxNameLength, numberOf, slotOf } from "./names.ts";
import { beginRows, count, elementBegins, elementEnds, entries, marks, numbers } from "./rows.ts";
import { repeated, repeatedTo } from "./shapes.ts";
import { attributeSize, attributes, element, empty, endTag, maxAttributes, startTag } from "./tags.ts";
import { base, holds, limit, openAt, sectionEnd, stuck, textEnd } from "./window.ts";

export { addCount, addFigures, addShare, addWord, count, forgetFigures, howMany, lengthOf, numberOf, slotOf };

/** `![CDATA[` as the number that eight bytes are. */
const CDATA_BEGINS: u64 = ((<u64>0x5b41_5441) << 32) | 0x4443_5b21;

/** Numbers of the names of the open elements; 0 for one that has none. */
const stack = memory.data(256);
const maxDepth: u32 = 256;

/** Why a run stopped: at something it leaves to the scanner, before the end of the window, or because `found` is full. */
const UNSURE: u32 = 0;
const CUT: u32 = 1;
const FULL: u32 = 2;

/** How many numbers were found and why the run stopped; after a count of lines, where the last one ended. */
const answers = memory.data(8, 8);

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

export function marksAt(): usize {
  return marks;
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
  count(0, 0, 0, 0, 0);
  forgetFigures();
}

/** Counts the line ends between two positions, and answers where the last one is; -1 where there is none. */
export function countLines(start: u32, end: u32): u32 {
  const from = base + start;
  const stop = base + end;
  const lines = lineEnds(from, stop);
  const last = lines === 0 ? 0 : lastLineEnd(from, stop);
  store<i32>(answers, last === 0 ? -1 : <i32>(last - base));
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
  beginRows();
  beginFigures();
  while (out + headSize * 2 + maxAttributes * attributeSize <= foundEnds) {
    if (depth > 0 && depth < maxDepth) {
      const next = repeated(at, load<u8>(stack + depth - 1), out);
      if (next !== 0) {
        at = next;
        out = repeatedTo;
        opened = 0;
        continue;
      }
    }
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
        depth--;
        out = elementEnds(depth, end, put(out, CLOSE, 0, lt, end));
        if (hollow && depth > 0) out = takeFigures(0, opened, load<u8>(stack + depth - 1), end, out);
        opened = 0;
        at = end;
        if (depth > 0) continue;
        why = UNSURE;
        break;
      }
    } else if (load<u64>(lt + 1) === CDATA_BEGINS) {
      end = sectionEnd(lt + 9);
      if (end !== 0) {
        out = put(out, CDATA, 0, lt, end);
        opened = 0;
        at = end;
        continue;
      }
    } else {
      end = startTag(lt, out + headSize);
      if (end !== 0 && depth < maxDepth) {
        const entry = out;
        out =
          put(out, (empty ? EMPTY : OPEN) | (attributes << 8), element, lt, end) + attributes * attributeSize;
        elementBegins(entry, depth);
        if (empty) {
          out = elementEnds(depth, end, out);
          if (depth > 0) out = takeFigures(at, entry, load<u8>(stack + depth - 1), end, out);
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
