// The kernel of the XML scanner, in AssemblyScript: TypeScript of WebAssembly, where a position is an address. It finds
// the tags of plain, well-formed XML inside a window and writes down where everything is. What it does not understand at
// once it leaves to the scanner in src/core/read/text/xml.ts, and so all that is wrong: an error has one place.
// `npm run kernel` compiles it into src/core/read/text/xml-kernel-code.ts.

const LT: u32 = 60;
const GT: u32 = 62;
const SLASH: u32 = 47;
const EQUALS: u32 = 61;
const QUOTE: u32 = 34;
const APOSTROPHE: u32 = 39;
const AMPERSAND: u32 = 38;
const SEMICOLON: u32 = 59;
const BRACKET: u32 = 93;
const POINT: u32 = 46;
const LF: u32 = 10;
/** `![CDATA[` as the number that eight bytes are. */
const CDATA_BEGINS: u64 = ((<u64>0x5b41_5441) << 32) | 0x4443_5b21;

/** Names are numbered from 1 on. Each has a slot with its text and a mask of its length. */
const maxNames: u32 = 64;
const maxNameLength: u32 = 32;
const slotSize: u32 = maxNameLength * 2;
const slots = memory.data(64 * 64, 16);
const lengths = memory.data(64);
/** The name that came after each one last time. */
const followers = memory.data(64);
/** By hash, the number of the name. */
const byHash = memory.data(256);
/** For each byte, whether it may stand in a name (1) and also begin one (3). */
const roles = memory.data(256);

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
const attributeSize: u32 = 12;
const maxAttributes: u32 = 32;

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

/** Where the window begins, and where what it holds ends. A 0 stands there, and 64 bytes of anything may be read. */
let base: usize = 0;
let limit: usize = 0;
let known: u32 = 0;
/** The name that was read last. */
let name: u32 = 0;
/** The start tag that was read last: its name, how many attributes, and whether it is `<a/>`. */
let element: u32 = 0;
let attributes: u32 = 0;
let empty: bool = false;
/** One bit for each name among them, and where the value of `countedBy` starts and ends. */
let seen: u64 = 0;
let valueAt: usize = 0;
let valueStop: usize = 0;
let decimal: f64 = 0;
/** Names of the elements that are counted and of the attribute with their number, 0 for none; what they may not have. */
let counted: u32 = 0;
let countedBy: u32 = 0;
let uncounted: u64 = 0;
/** How many were counted in this run, and where the header of the row lies that they extend, 0 for none. */
let counts: u32 = 0;
let row: usize = 0;
/** The address that could not be passed. */
let stuck: usize = 0;

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

/** A new document, in a window that begins at an address. */
export function begin(at: usize): void {
  base = at;
  known = 0;
  name = 0;
  counted = 0;
  memory.fill(followers, 0, maxNames);
  memory.fill(byHash, 0, 256);
  for (let c: u32 = 0; c < 256; c++) {
    const letter = (c >= 65 && c <= 90) || (c >= 97 && c <= 122) || c === 95 || c === 58 || c >= 128;
    const inside = (c >= 48 && c <= 57) || c === 45 || c === 46;
    store<u8>(roles + c, letter ? 3 : inside ? 1 : 0);
  }
}

/**
 * Which elements are counted from now on: those of a name with nothing but blanks inside, a plain number in an attribute, and
 * no attribute of some names, of which each is a bit.
 */
export function count(element: u32, number: u32, without: u64): void {
  counted = element;
  countedBy = number;
  uncounted = without;
}

/** The slot of a name, for whoever wants to read its text. */
export function slotOf(id: u32): usize {
  return slots + id * slotSize;
}

export function lengthOf(id: u32): u32 {
  return load<u8>(lengths + id);
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
 * Goes through the window from a position inside of `depth` elements, which lie on the stack. Returns where it stopped:
 * all before is well-formed, and everything in it but text is written down.
 */
export function run(from: u32, length: u32, depth: u32): u32 {
  limit = base + length;
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
      if (end !== 0 && (empty || depth < maxDepth)) {
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
        continue;
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

function stop(at: usize): usize {
  stuck = at;
  return 0;
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
  if (element !== counted || counted === 0 || (seen & uncounted) !== 0) return other(out);
  if (((seen >> countedBy) & 1) === 0 || !isDecimal()) return other(out);
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

/** Whether the value of `countedBy` is a number in plain digits; then `decimal` is what `decimal` of numbers.ts makes of it. */
function isDecimal(): bool {
  if (valueStop - valueAt > 15) return false;
  let value: f64 = 0;
  let scale: f64 = 1;
  let digits = false;
  let point = false;
  for (let at = valueAt; at < valueStop; at++) {
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

/** Where the next tag begins; 0 where the text before it holds what no text may hold. */
function textEnd(from: usize): usize {
  let at = from;
  while (true) {
    const bytes = v128.load(at);
    const marks = bits(bytes, LT) | bits(bytes, AMPERSAND) | bits(bytes, BRACKET);
    if (marks === 0) {
      at += 16;
      if (at >= limit) return stop(limit);
      continue;
    }
    at += ctz(marks);
    if (at >= limit) return stop(limit);
    const c: u32 = load<u8>(at);
    if (c === LT) return at;
    if (c === AMPERSAND) {
      const end = referenceEnd(at);
      if (end === 0) return 0;
      at = end;
    } else {
      if (load<u8>(at, 1) === BRACKET && load<u8>(at, 2) === GT) return stop(at);
      at++;
    }
  }
}

/** The address after `]]>`. */
function sectionEnd(from: usize): usize {
  let at = from;
  while (true) {
    const marks = bits(v128.load(at), BRACKET);
    if (marks === 0) {
      at += 16;
      if (at >= limit) return stop(limit);
      continue;
    }
    at += ctz(marks);
    if (at + 2 >= limit) return stop(limit);
    if (load<u8>(at, 1) === BRACKET && load<u8>(at, 2) === GT) return at + 3;
    at++;
  }
}

/** The address after the end tag of an element, if it is what begins at `lt`. */
function endTag(lt: usize, id: u32): usize {
  if (id === 0 || !isName(lt + 2, id)) return stop(lt);
  const gt = pastBlanks(lt + 2 + load<u8>(lengths + id));
  return load<u8>(gt) === GT ? gt + 1 : stop(gt);
}

/** The address after a start tag; its attributes are written down at `out`. */
function startTag(lt: usize, out: usize): usize {
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
    if (name === countedBy) {
      valueAt = start;
      valueStop = end;
    }
    store<u32>(out, name);
    store<u32>(out, <u32>(start - base), 4);
    store<u32>(out, <u32>(end - base), 8);
    out += attributeSize;
    attributes++;
    at = end + 1;
  }
}

/** Where the value of an attribute ends; 0 where it holds what no value may hold. */
function valueEnd(from: usize, quote: u32): usize {
  let at = from;
  while (true) {
    const bytes = v128.load(at);
    const marks = bits(bytes, quote) | bits(bytes, LT) | bits(bytes, AMPERSAND);
    if (marks === 0) {
      at += 16;
      if (at >= limit) return stop(limit);
      continue;
    }
    at += ctz(marks);
    if (at >= limit) return stop(limit);
    const c: u32 = load<u8>(at);
    if (c === quote) return at;
    if (c !== AMPERSAND) return stop(at);
    at = referenceEnd(at);
    if (at === 0) return 0;
  }
}

/** The address after the reference at `at`: one of the five of XML, or a character reference of up to seven digits. */
function referenceEnd(at: usize): usize {
  const word = load<u32>(at + 1);
  // "lt;", "gt;", "amp;", "quot" and "apos".
  if ((word & 0xffffff) === 0x3b746c || (word & 0xffffff) === 0x3b7467) return at + 4;
  if (word === 0x3b706d61) return at + 5;
  if ((word === 0x746f7571 || word === 0x736f7061) && load<u8>(at, 5) === SEMICOLON) return at + 6;
  if ((word & 0xff) !== 35) return stop(at);
  const base16 = load<u8>(at, 2) === 120;
  const first = at + (base16 ? 3 : 2);
  let end = first;
  while (isDigit(load<u8>(end), base16)) end++;
  return end > first && end - first <= 7 && load<u8>(end) === SEMICOLON ? end + 1 : stop(at);
}

function isDigit(c: u32, base16: bool): bool {
  return (c >= 48 && c <= 57) || (base16 && ((c >= 65 && c <= 70) || (c >= 97 && c <= 102)));
}

function pastBlanks(at: usize): usize {
  while (true) {
    const c: u32 = load<u8>(at);
    if (c !== 32 && c !== 10 && c !== 13 && c !== 9) return at;
    at++;
  }
}

/** Reads the name at `at` into `name` and returns the address after it. The name that followed last time goes first. */
function readName(at: usize): usize {
  const id: u32 = load<u8>(followers + name);
  if (id !== 0 && isName(at, id)) {
    name = id;
    return at + load<u8>(lengths + id);
  }
  return otherName(at);
}

function otherName(at: usize): usize {
  if (load<u8>(roles + load<u8>(at)) !== 3) return stop(at);
  let end = at + 1;
  while (load<u8>(roles + load<u8>(end)) !== 0) end++;
  if (end >= limit) return stop(limit);
  const id = numberOf(at, <u32>(end - at));
  if (id === 0) return stop(at);
  store<u8>(followers + name, id);
  name = id;
  return end;
}

/** Whether a name lies at `at`, as a whole. */
function isName(at: usize, id: u32): bool {
  const slot = slots + id * slotSize;
  const length: u32 = load<u8>(lengths + id);
  if (differs(at, slot)) return false;
  if (length > 16 && differs(at + 16, slot + 16)) return false;
  return load<u8>(roles + load<u8>(at + length)) === 0;
}

function differs(at: usize, slot: usize): bool {
  return v128.any_true(v128.and(v128.xor(v128.load(at), v128.load(slot)), v128.load(slot, maxNameLength)));
}

/** Number of a name of some length, a new one if need be; 0 where it cannot have one. */
export function numberOf(at: usize, length: u32): u32 {
  if (length === 0 || length > maxNameLength) return 0;
  let hash: u32 = length;
  for (let i: u32 = 0; i < length; i++) hash = (hash ^ load<u8>(at + i)) * 0x01000193;
  let place = (hash >> 15) & 255;
  while (true) {
    const id: u32 = load<u8>(byHash + place);
    if (id === 0) {
      if (known === maxNames - 1) return 0;
      store<u8>(byHash + place, ++known);
      keep(known, at, length);
      return known;
    }
    if (load<u8>(lengths + id) === length && isName(at, id)) return id;
    place = (place + 1) & 255;
  }
}

function keep(id: u32, at: usize, length: u32): void {
  const slot = slots + id * slotSize;
  memory.fill(slot, 0, slotSize);
  memory.copy(slot, at, length);
  memory.fill(slot + maxNameLength, 255, length);
  store<u8>(lengths + id, length);
}

/** One bit for each of 16 bytes that is `c`. */
function bits(bytes: v128, c: u32): u32 {
  return i8x16.bitmask(i8x16.eq(bytes, i8x16.splat(<i8>c)));
}
