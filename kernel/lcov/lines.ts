// The lines of a record and which of them ran, as two bitmaps: see LineSet in src/core/model/line-set.ts.

/** Lines below this one have room. */
export const mostLines: u32 = 65536;

const known = memory.data(8192, 16);
const covered = memory.data(8192, 16);

/** How many bytes of each bitmap are used. */
export let lineBytes: u32 = 0;

/** Adds a line; `ran` is 0 or 1. */
export function addLine(line: u32, ran: u32): void {
  const byte = line >> 3;
  const bit = line & 7;
  store<u8>(known + byte, <u32>load<u8>(known + byte) | (1 << bit));
  store<u8>(covered + byte, <u32>load<u8>(covered + byte) | (ran << bit));
  if (byte >= lineBytes) lineBytes = byte + 1;
}

/** Writes both bitmaps, empties them, and returns the address after them. */
export function packLines(out: usize): usize {
  memory.copy(out, known, lineBytes);
  memory.copy(out + lineBytes, covered, lineBytes);
  const end = out + lineBytes * 2;
  memory.fill(known, 0, lineBytes);
  memory.fill(covered, 0, lineBytes);
  lineBytes = 0;
  return end;
}
