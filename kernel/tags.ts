// Start tags and end tags.

import { APOSTROPHE, EQUALS, GT, pastBlanks, QUOTE, SLASH } from "./bytes.ts";
import { noteValue, numberIn } from "./decimal.ts";
import { isName, lengthOf, name, readName } from "./names.ts";
import { base, stop, valueEnd } from "./window.ts";

export const attributeSize: u32 = 12;
export const maxAttributes: u32 = 32;

/** The start tag that was read last: its name, how many attributes, and whether it is `<a/>`. */
export let element: u32 = 0;
export let attributes: u32 = 0;
export let empty: bool = false;
/** One bit for each name among its attributes. */
export let seen: u64 = 0;

/** The address after the end tag of an element, if it is what begins at `lt`. */
export function endTag(lt: usize, id: u32): usize {
  if (id === 0 || !isName(lt + 2, id)) return stop(lt);
  const gt = pastBlanks(lt + 2 + lengthOf(id));
  return load<u8>(gt) === GT ? gt + 1 : stop(gt);
}

/** The address after a start tag; its attributes are written down at `out`. */
export function startTag(lt: usize, out: usize): usize {
  let at = readName(lt + 1);
  if (at === 0) return 0;
  element = name;
  attributes = 0;
  empty = false;
  seen = 0;
  while (true) {
    const gap = at;
    at = pastBlanks(at);
    const c: u32 = load<u8>(at);
    if (c === GT) return at + 1;
    if (c === SLASH) {
      if (load<u8>(at, 1) !== GT) return stop(at);
      empty = true;
      return at + 2;
    }
    if (at === gap || attributes === maxAttributes) return stop(at);
    const equals = readName(at);
    if (equals === 0) return 0;
    const quote: u32 = load<u8>(equals, 1);
    if (load<u8>(equals) !== EQUALS || (quote !== QUOTE && quote !== APOSTROPHE)) return stop(equals);
    const bit = (<u64>1) << name;
    if ((seen & bit) !== 0) return stop(at);
    seen |= bit;
    const start = equals + 2;
    const end = valueEnd(start, quote);
    if (end === 0) return 0;
    if (name === numberIn) noteValue(start, end);
    store<u32>(out, name);
    store<u32>(out, <u32>(start - base), 4);
    store<u32>(out, <u32>(end - base), 8);
    out += attributeSize;
    attributes++;
    at = end + 1;
  }
}
