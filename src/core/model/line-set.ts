/**
 * The executable lines of one source file and which of them ran, as two bitmaps: bit `n` of `known` says that line
 * `n` is executable, bit `n` of `covered` that it ran. A tenth of the memory of a map, and union is a bitwise or.
 */
export interface LineSet {
  known: Uint8Array;
  covered: Uint8Array;
}

/** A counted share: `covered` of `total`, both whole numbers from 0. */
export interface Tally {
  readonly covered: number;
  readonly total: number;
}

/** Highest line number that is taken; a larger one is no line of a program but damage. */
export const maxLine = 4_194_303;

/** Hands out room for line sets of one report file, many in one block of memory: a block each costs twice the bits. */
export interface LinePool {
  block: ArrayBuffer;
  used: number;
}

const blockBytes = 1 << 16;

export function emptyPool(): LinePool {
  return { block: new ArrayBuffer(0), used: 0 };
}

/** A copy of a line set, as short as it can be. */
export function packLines(set: LineSet, pool: LinePool): LineSet {
  let bytes = set.known.length;
  while (bytes > 0 && set.known[bytes - 1] === 0) bytes--;
  if (pool.used + bytes * 2 > pool.block.byteLength) {
    pool.block = new ArrayBuffer(Math.max(blockBytes, bytes * 2));
    pool.used = 0;
  }
  const known = new Uint8Array(pool.block, pool.used, bytes);
  const covered = new Uint8Array(pool.block, pool.used + bytes, bytes);
  pool.used += bytes * 2;
  known.set(set.known.subarray(0, bytes));
  covered.set(set.covered.subarray(0, bytes));
  return { known, covered };
}

export function clearLines({ known, covered }: LineSet): void {
  known.fill(0);
  covered.fill(0);
}

export function emptyLineSet(): LineSet {
  return { known: new Uint8Array(32), covered: new Uint8Array(32) };
}

/** Records that `line` (1 to `maxLine`) is executable, and whether it ran. */
export function addLine(set: LineSet, line: number, ran: boolean): void {
  const byte = line >> 3;
  if (byte >= set.known.length) grow(set, byte + 1);
  const bit = 1 << (line & 7);
  set.known[byte]! |= bit;
  if (ran) set.covered[byte]! |= bit;
}

/** Adds all of `other` to `set`: known if known in one, covered if covered in one. */
export function uniteLines(set: LineSet, other: LineSet): void {
  if (other.known.length > set.known.length) grow(set, other.known.length);
  for (let i = 0; i < other.known.length; i++) {
    set.known[i]! |= other.known[i]!;
    set.covered[i]! |= other.covered[i]!;
  }
}

export function countLines(set: LineSet): Tally {
  return { covered: bits(set.covered), total: bits(set.known) };
}

function grow(set: LineSet, atLeast: number): void {
  const size = Math.max(atLeast, set.known.length * 2);
  const known = new Uint8Array(size);
  const covered = new Uint8Array(size);
  known.set(set.known);
  covered.set(set.covered);
  set.known = known;
  set.covered = covered;
}

const ones = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll("0", "").length);

function bits(bytes: Uint8Array): number {
  let count = 0;
  for (const byte of bytes) count += ones[byte]!;
  return count;
}
