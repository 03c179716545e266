// Bytes of a line, and the numbers that digits are.

export const LF: u32 = 10;
export const BLANK: u32 = 32;
export const COMMA: u32 = 44;
export const MINUS: u32 = 45;
export const ZERO: u32 = 48;
export const COLON: u32 = 58;

export function isDigit(c: u32): bool {
  return c - ZERO <= 9;
}

export function pastDigits(at: usize): usize {
  while (isDigit(load<u8>(at))) at++;
  return at;
}

/** Whether one of the digits from `from` to `end` is not 0. */
export function isAboveZero(from: usize, end: usize): bool {
  for (let at = from; at < end; at++) if (load<u8>(at) > ZERO) return true;
  return false;
}

/** One bit for each of 16 bytes that is no digit, given the bytes less 48. */
export function notDigits(less: v128): u32 {
  return i8x16.bitmask(i8x16.gt_u(less, i8x16.splat(9)));
}

/** The number that the 1 to 8 digits before an address are. */
export function numberBefore(end: usize, digits: u32): u32 {
  const others: u64 = 64 - 8 * digits;
  // Whatever stands before the digits becomes 0; then two neighbours at a time become one number.
  let value = (load<u64>(end - 8) >> others) << others;
  value &= ((<u64>0x0f0f0f0f) << 32) | 0x0f0f0f0f;
  value = (value * 10 + (value >> 8)) & (((<u64>0x00ff00ff) << 32) | 0x00ff00ff);
  value = (value * 100 + (value >> 16)) & (((<u64>0x0000ffff) << 32) | 0x0000ffff);
  return <u32>(value * 10000 + (value >> 32));
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
