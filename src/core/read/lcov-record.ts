import { maxLine } from "../model/line-set.ts";
import type { SourceTally } from "./coverage-tally.ts";

/** A source file's record of an lcov tracefile while it is open. */
export interface OpenRecord {
  readonly source: SourceTally;
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
const COLON = 58;
const [A, B, D, F, H, L, N, R] = [65, 66, 68, 70, 72, 76, 78, 82];

/**
 * Takes a line of an open record by its bytes, if it is a DA, BRDA, FN, FNDA or a total in its plain form, as nearly all
 * are: returns the position after its end, or -1 for a line that is to be looked at closely. A 0 stands behind the last byte.
 */
export function takePlainLine(bytes: Uint8Array, at: number, record: OpenRecord): number {
  const first = bytes[at];
  if (first === D) return bytes[at + 1] === A && bytes[at + 2] === COLON ? data(bytes, at + 3, record) : -1;
  if (first === B) {
    if (bytes[at + 1] !== R) return -1;
    const isBranch = bytes[at + 2] === D && bytes[at + 3] === A && bytes[at + 4] === COLON;
    return isBranch ? branch(bytes, at + 5, record.source) : silentTotal(bytes, at + 2);
  }
  if (first === L) return total(bytes, at + 1, record);
  if (first !== F || bytes[at + 1] !== N) return -1;
  if (bytes[at + 2] === COLON) return declared(bytes, at + 3, record.source);
  const isHit = bytes[at + 2] === D && bytes[at + 3] === A && bytes[at + 4] === COLON;
  return isHit ? hit(bytes, at + 5, record.source) : silentTotal(bytes, at + 2);
}

const endOfRecord = new TextEncoder().encode("end_of_record\n");

/** Takes the end of a record of which nothing is to be said: it has lines, and its totals are those of them, or absent. */
export function takePlainEnd(bytes: Uint8Array, at: number, record: OpenRecord): number {
  const { lines, covered, found = lines, hit = covered } = record;
  if (lines === 0 || found !== lines || hit !== covered) return -1;
  for (let i = 0; i < endOfRecord.length; i++) if (bytes[at + i] !== endOfRecord[i]) return -1;
  return at + endOfRecord.length;
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

/** `DA:<line>,<count>` */
function data(bytes: Uint8Array, from: number, record: OpenRecord): number {
  let at = from;
  let number = 0;
  for (; isDigit(bytes[at]!); at++) number = number * 10 + bytes[at]! - 48;
  if (at === from || bytes[at] !== COMMA || number > maxLine) return -1;
  const end = digitsEnd(bytes, at + 1);
  if (end === at + 1 || bytes[end] !== LF) return -1;
  const ran = isAboveZero(bytes, at + 1, end);
  record.lines++;
  if (ran) record.covered++;
  record.source.line(number, ran, nowhere);
  return end + 1;
}

/** What is read here is in range, so that no place is ever asked for. */
const nowhere = { file: "" };

/** `BRDA:<line>,<block>,<branch>,<taken>`; the first three are the identity of the branch. */
function branch(bytes: Uint8Array, from: number, source: SourceTally): number {
  let at = from;
  for (let field = 0; field < 3; field++) {
    const end = digitsEnd(bytes, at);
    if (end === at || bytes[end] !== COMMA) return -1;
    at = end + 1;
  }
  const end = bytes[at] === MINUS ? at + 1 : digitsEnd(bytes, at);
  if (end === at || bytes[end] !== LF) return -1;
  source.partIn("branches", bytes, from, at - 1, isAboveZero(bytes, at, end));
  return end + 1;
}

/** `FN:<line>,<name>`, where the name does not look like the end line that lcov 2 puts before it. */
function declared(bytes: Uint8Array, from: number, source: SourceTally): number {
  const comma = digitsEnd(bytes, from);
  if (comma === from || bytes[comma] !== COMMA || isDigit(bytes[comma + 1]!)) return -1;
  const end = nameEnd(bytes, comma + 1);
  if (end !== -1) source.partIn("functions", bytes, comma + 1, end, false);
  return end === -1 ? -1 : end + 1;
}

/** `FNDA:<count>,<name>` */
function hit(bytes: Uint8Array, from: number, source: SourceTally): number {
  const comma = digitsEnd(bytes, from);
  if (comma === from || bytes[comma] !== COMMA) return -1;
  const end = nameEnd(bytes, comma + 1);
  if (end !== -1) source.partIn("functions", bytes, comma + 1, end, isAboveZero(bytes, from, comma));
  return end === -1 ? -1 : end + 1;
}

/** Where a name in ASCII ends, which is the end of its line; -1 where it is not so simple. */
function nameEnd(bytes: Uint8Array, from: number): number {
  let at = from;
  while (bytes[at]! >= 32 && bytes[at]! < 127) at++;
  return at > from && bytes[at] === LF && bytes[at - 1] !== 32 ? at : -1;
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
