import { type LineSet, maxLine } from "../model/line-set.ts";
import type { SourceTally } from "./coverage-tally.ts";
import type { PartCollector } from "./part-collector.ts";
import type { Cursor } from "./text/lines.ts";
import { detached, type Window } from "./text/window.ts";

/** A source file's record of an lcov tracefile while it is open. */
export interface OpenRecord {
  readonly source: SourceTally;
  /** The set that the lines of `source` go into. */
  readonly set: LineSet;
  /** What parts of `source` go into; absent until the first one comes. */
  branches: PartCollector | undefined;
  functions: PartCollector | undefined;
  readonly path: string;
  readonly line: number;
  lines: number;
  covered: number;
  found: number | undefined;
  hit: number | undefined;
  /** Names of functions by the index that lcov 2 gives them; absent where it gives none. */
  aliases?: Map<string, string>;
}

const LF = 10;
const COMMA = 44;
const MINUS = 45;
const ZERO = 48;
const COLON = 58;
const [A, B, D, F, H, L, N, R, S, T] = [65, 66, 68, 70, 72, 76, 78, 82, 83, 84];

/**
 * Takes the lines of an open record by their bytes, as long as they are DA, BRDA, FN, FNDA or totals in their plain form,
 * as nearly all are. A 0 stands behind the last byte.
 */
export function takePlainLines(bytes: Uint8Array, cursor: Cursor, record: OpenRecord): void {
  for (;;) {
    if (bytes[cursor.at] === D) {
      if (!takeData(bytes, cursor, record)) return;
      continue;
    }
    const next = otherLine(bytes, cursor.at, record);
    if (next === -1) return;
    cursor.at = next;
    cursor.line++;
  }
}

function otherLine(bytes: Uint8Array, at: number, record: OpenRecord): number {
  const first = bytes[at];
  if (first === B) {
    if (bytes[at + 1] !== R) return -1;
    const isBranch = bytes[at + 2] === D && bytes[at + 3] === A && bytes[at + 4] === COLON;
    return isBranch ? branch(bytes, at + 5, record) : silentTotal(bytes, at + 2);
  }
  if (first === L) return total(bytes, at + 1, record);
  if (first !== F || bytes[at + 1] !== N) return -1;
  if (bytes[at + 2] === COLON) return declared(bytes, at + 3, record);
  const isHit = bytes[at + 2] === D && bytes[at + 3] === A && bytes[at + 4] === COLON;
  return isHit ? hit(bytes, at + 5, record) : silentTotal(bytes, at + 2);
}

/**
 * `DA:<line>,<count>`, all that follow each other and have room in the set; false where there is none. The bulk of every
 * tracefile, so all that it needs is in this one loop.
 */
function takeData(bytes: Uint8Array, cursor: Cursor, record: OpenRecord): boolean {
  const { bytes: bits, start, size } = record.set;
  const end = Math.min(size * 8, maxLine + 1);
  let [lines, covered] = [0, 0];
  let { at } = cursor;
  while (bytes[at] === D && bytes[at + 1] === A && bytes[at + 2] === COLON) {
    let pos = at + 3;
    let number = 0;
    for (; (bytes[pos]! ^ 48) <= 9; pos++) number = number * 10 + (bytes[pos]! ^ 48);
    if (bytes[pos] !== COMMA || number === 0 || number >= end) break;
    const count = ++pos;
    let digits = 0;
    for (; (bytes[pos]! ^ 48) <= 9; pos++) digits |= bytes[pos]! ^ 48;
    if (pos === count || bytes[pos] !== LF) break;
    const byte = start + (number >> 3);
    const bit = 1 << (number & 7);
    bits[byte]! |= bit;
    if (digits > 0) {
      bits[byte + size]! |= bit;
      covered++;
    }
    lines++;
    at = pos + 1;
  }
  cursor.at = at;
  cursor.line += lines;
  record.lines += lines;
  record.covered += covered;
  return lines > 0;
}

const endOfRecord = new TextEncoder().encode("end_of_record\n");

/** Takes the end of a record of which nothing is to be said: it has lines, and its totals are those of them, or absent. */
export function takePlainEnd(bytes: Uint8Array, cursor: Cursor, record: OpenRecord): boolean {
  const { lines, covered, found = lines, hit = covered } = record;
  if (lines === 0 || found !== lines || hit !== covered) return false;
  for (let i = 0; i < endOfRecord.length; i++) if (bytes[cursor.at + i] !== endOfRecord[i]) return false;
  cursor.at += endOfRecord.length;
  cursor.line++;
  return true;
}

/** Takes `TN:<name>` and `SF:<path>` in ASCII and returns the path, a text of its own; undefined where they are to be looked at closely. */
export function takePlainStart(window: Window, cursor: Cursor): string | undefined {
  const { bytes } = window;
  while (bytes[cursor.at] === T && bytes[cursor.at + 1] === N && bytes[cursor.at + 2] === COLON) {
    const end = textEnd(bytes, cursor.at + 3);
    if (bytes[end] !== LF) return undefined;
    cursor.at = end + 1;
    cursor.line++;
  }
  const start = cursor.at + 3;
  if (bytes[start - 3] !== S || bytes[start - 2] !== F || bytes[start - 1] !== COLON) return undefined;
  const end = textEnd(bytes, start);
  if (end === start || bytes[end] !== LF || bytes[start] === 32 || bytes[end - 1] === 32) return undefined;
  cursor.at = end + 1;
  cursor.line++;
  const path = window.raw(start, end);
  return window.text === "" ? path : detached(path);
}

/** `FNF`, `FNH`, `BRF` and `BRH`, of which nobody asks: what is counted decides. */
function silentTotal(bytes: Uint8Array, at: number): number {
  if ((bytes[at] !== F && bytes[at] !== H) || bytes[at + 1] !== COLON) return -1;
  const end = digitsEnd(bytes, at + 2);
  return end > at + 2 && bytes[end] === LF ? end + 1 : -1;
}

/** `LF:<lines>` and `LH:<lines that ran>` */
function total(bytes: Uint8Array, at: number, record: OpenRecord): number {
  const what = bytes[at];
  if ((what !== F && what !== H) || bytes[at + 1] !== COLON) return -1;
  const end = digitsEnd(bytes, at + 2);
  if (end === at + 2 || end > at + 12 || bytes[end] !== LF) return -1;
  let number = 0;
  for (let i = at + 2; i < end; i++) number = number * 10 + bytes[i]! - 48;
  if (what === F) record.found = number;
  else record.hit = number;
  return end + 1;
}

/** The three numbers that are the identity of the branch at hand. */
const fields = new Int32Array(3);

/** `BRDA:<line>,<block>,<branch>,<taken>`; the first three are the identity of the branch. */
function branch(bytes: Uint8Array, from: number, record: OpenRecord): number {
  let at = from;
  let plain = true;
  for (let field = 0; field < 3; field++) {
    const start = at;
    let number = 0;
    for (; (bytes[at]! ^ ZERO) <= 9; at++) number = (number * 10 + (bytes[at]! ^ ZERO)) | 0;
    if (at === start || bytes[at] !== COMMA) return -1;
    // Only of such ones the text can be made again.
    if (at - start > 8 || (bytes[start] === ZERO && at - start > 1)) plain = false;
    fields[field] = number;
    at++;
  }
  const taken = at;
  let digits = 0;
  if (bytes[at] === MINUS) at++;
  else for (; (bytes[at]! ^ ZERO) <= 9; at++) digits |= bytes[at]! ^ ZERO;
  if (at === taken || bytes[at] !== LF) return -1;
  record.branches ??= record.source.openParts("branches");
  if (plain) record.branches.arm("triples", fields[0]!, fields[1]!, fields[2]!, digits > 0);
  else record.branches.add(bytes, from, taken - 1, digits > 0);
  return at + 1;
}

/** `FN:<line>,<name>`, where the name does not look like the end line that lcov 2 puts before it. */
function declared(bytes: Uint8Array, from: number, record: OpenRecord): number {
  const comma = digitsEnd(bytes, from);
  if (comma === from || bytes[comma] !== COMMA || isDigit(bytes[comma + 1]!)) return -1;
  const end = nameEnd(bytes, comma + 1);
  if (end === -1) return -1;
  record.functions ??= record.source.openParts("functions");
  record.functions.add(bytes, comma + 1, end, false);
  return end + 1;
}

/** `FNDA:<count>,<name>` */
function hit(bytes: Uint8Array, from: number, record: OpenRecord): number {
  const comma = digitsEnd(bytes, from);
  if (comma === from || bytes[comma] !== COMMA) return -1;
  const end = nameEnd(bytes, comma + 1);
  if (end === -1) return -1;
  record.functions ??= record.source.openParts("functions");
  record.functions.add(bytes, comma + 1, end, isAboveZero(bytes, from, comma));
  return end + 1;
}

/** Where a name in ASCII ends, which is the end of its line; -1 where it is not so simple. */
function nameEnd(bytes: Uint8Array, from: number): number {
  const at = textEnd(bytes, from);
  return at > from && bytes[at] === LF && bytes[at - 1] !== 32 ? at : -1;
}

/** Where printable ASCII ends. */
function textEnd(bytes: Uint8Array, from: number): number {
  let at = from;
  while (bytes[at]! >= 32 && bytes[at]! < 127) at++;
  return at;
}

function isDigit(c: number): boolean {
  return c >= 48 && c <= 57;
}

function digitsEnd(bytes: Uint8Array, from: number): number {
  let at = from;
  while (isDigit(bytes[at]!)) at++;
  return at;
}

function isAboveZero(bytes: Uint8Array, from: number, end: number): boolean {
  for (let at = from; at < end; at++) if (bytes[at]! > 48) return true;
  return false;
}
