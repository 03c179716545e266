// Bytes of a line, and the simplest questions about them.

export const LF: u32 = 10;
export const CR: u32 = 13;
export const BLANK: u32 = 32;
export const PLUS: u32 = 43;
export const COMMA: u32 = 44;
export const MINUS: u32 = 45;
export const ZERO: u32 = 48;
export const COLON: u32 = 58;

export function isDigit(c: u32): bool {
  return c - ZERO <= 9;
}

/** Whether the text of a number can be made again of it, which has so many digits at the most. */
export function isPlainNumber(from: usize, end: usize, most: u32): bool {
  const digits = <u32>(end - from);
  return digits - 1 < most && (digits === 1 || load<u8>(from) !== ZERO);
}

export function pastDigits(at: usize): usize {
  while (isDigit(load<u8>(at))) at++;
  return at;
}

/** The address after the line end at an address, of one byte or two; 0 if none is there. */
export function pastLineEnd(at: usize): usize {
  const c: u32 = load<u8>(at);
  if (c === LF) return at + 1;
  return c === CR && load<u8>(at, 1) === LF ? at + 2 : 0;
}

/** Whether one of the digits from `from` to `end` is not 0. */
export function isAboveZero(from: usize, end: usize): bool {
  for (let at = from; at < end; at++) if (load<u8>(at) > ZERO) return true;
  return false;
}

/** Where printable ASCII ends. */
export function textEnd(from: usize): usize {
  let at = from;
  while (true) {
    const bytes = v128.load(at);
    // As signed numbers, bytes from 128 on are below 0.
    const others = i8x16.bitmask(
      v128.or(i8x16.lt_s(bytes, i8x16.splat(32)), i8x16.eq(bytes, i8x16.splat(127))),
    );
    if (others !== 0) return at + ctz(others);
    at += 16;
  }
}
