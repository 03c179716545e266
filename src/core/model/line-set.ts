import { countBits } from "./bits.ts";
import { type BytePool, takeRoom } from "./byte-pool.ts";

/**
 * The executable lines of one source file and which of them ran, as two bitmaps of `size` bytes in `bytes`: bit `n` of
 * the one from `start` on says that line `n` is executable, bit `n` of the one behind it that it ran. A tenth of the
 * memory of a map, and union is a bitwise or.
 */
export interface LineSet {
  bytes: Uint8Array;
  start: number;
  size: number;
}

/** A counted share: `covered` of `total`, both whole numbers from 0. */
export interface Tally {
  readonly covered: number;
  readonly total: number;
}

/** Highest line number that is taken; a larger one is no line of a program but damage. */
export const maxLine = 4_194_303;

/** A set without lines, to which lines may be added. */
export function emptyLineSet(): LineSet {
  return { bytes: new Uint8Array(64), start: 0, size: 32 };
}

/** The set whose two bitmaps are these; `covered` is not longer than `known`. */
export function lineSetOf(known: Uint8Array, covered: Uint8Array): LineSet {
  const bytes = new Uint8Array(known.length * 2);
  bytes.set(known);
  bytes.set(covered, known.length);
  return { bytes, start: 0, size: known.length };
}

/** The two bitmaps of a set, as views on them. */
export function bitmapsOf({ bytes, start, size }: LineSet): { known: Uint8Array; covered: Uint8Array } {
  const middle = start + size;
  return { known: bytes.subarray(start, middle), covered: bytes.subarray(middle, middle + size) };
}

/** A copy of a line set, as short as it can be. */
export function packLines({ bytes, start, size }: LineSet, pool: BytePool): LineSet {
  let used = size;
  while (used > 0 && bytes[start + used - 1] === 0) used--;
  const at = takeRoom(pool, used * 2);
  const { block } = pool;
  for (let i = 0; i < used; i++) {
    block[at + i] = bytes[start + i]!;
    block[at + used + i] = bytes[start + size + i]!;
  }
  return { bytes: block, start: at, size: used };
}

export function clearLines({ bytes, start, size }: LineSet): void {
  bytes.fill(0, start, start + size * 2);
}

/** Whether `addLine` may take a line, which is one of a program, without more room. */
export function hasRoom({ size }: LineSet, line: number): boolean {
  return line > 0 && line <= maxLine && line >> 3 < size;
}

/** Records that `line` (1 to `maxLine`) is executable, and whether it ran. */
export function addLine(set: LineSet, line: number, ran: boolean): void {
  const byte = line >> 3;
  if (byte >= set.size) grow(set, byte + 1);
  const bit = 1 << (line & 7);
  const at = set.start + byte;
  set.bytes[at]! |= bit;
  if (ran) set.bytes[at + set.size]! |= bit;
}

/** Whether a line ran; undefined where it is not executable. */
export function lineRan({ bytes, start, size }: LineSet, line: number): boolean | undefined {
  const [byte, bit] = [line >> 3, 1 << (line & 7)];
  if (byte >= size || (bytes[start + byte]! & bit) === 0) return undefined;
  return (bytes[start + size + byte]! & bit) !== 0;
}

/** Adds all of `other` to `set`: known if known in one, covered if covered in one. */
export function uniteLines(set: LineSet, other: LineSet): void {
  if (other.size > set.size) grow(set, other.size);
  for (let i = 0; i < other.size; i++) {
    set.bytes[set.start + i]! |= other.bytes[other.start + i]!;
    set.bytes[set.start + set.size + i]! |= other.bytes[other.start + other.size + i]!;
  }
}

export function countLines({ bytes, start, size }: LineSet): Tally {
  const middle = start + size;
  return { covered: countBits(bytes, middle, middle + size), total: countBits(bytes, start, middle) };
}

export function hasLines({ bytes, start, size }: LineSet): boolean {
  for (let at = start; at < start + size; at++) if (bytes[at] !== 0) return true;
  return false;
}

/** Gives the set room of its own. */
function grow(set: LineSet, atLeast: number): void {
  const { known, covered } = bitmapsOf(set);
  const size = Math.max(atLeast, set.size * 2);
  set.bytes = new Uint8Array(size * 2);
  set.bytes.set(known);
  set.bytes.set(covered, size);
  set.start = 0;
  set.size = size;
}
