// Bytes, and the simplest questions about them.

export const LT: u32 = 60;
export const GT: u32 = 62;
export const SLASH: u32 = 47;
export const EXCLAMATION: u32 = 33;
export const EQUALS: u32 = 61;
export const QUOTE: u32 = 34;
export const APOSTROPHE: u32 = 39;
export const AMPERSAND: u32 = 38;
export const SEMICOLON: u32 = 59;
export const BRACKET: u32 = 93;
export const POINT: u32 = 46;
export const LF: u32 = 10;

export function isDigit(c: u32, base16: bool): bool {
  return (c >= 48 && c <= 57) || (base16 && ((c >= 65 && c <= 70) || (c >= 97 && c <= 102)));
}

export function pastBlanks(at: usize): usize {
  while (true) {
    const c: u32 = load<u8>(at);
    if (c !== 32 && c !== 10 && c !== 13 && c !== 9) return at;
    at++;
  }
}

/** One bit for each of 16 bytes that is `c`. */
export function bits(bytes: v128, c: u32): u32 {
  return i8x16.bitmask(i8x16.eq(bytes, i8x16.splat(<i8>c)));
}

/** The same for three bytes at once. */
export function bitsOfAny(bytes: v128, a: u32, b: u32, c: u32): u32 {
  const isA = i8x16.eq(bytes, i8x16.splat(<i8>a));
  const isB = i8x16.eq(bytes, i8x16.splat(<i8>b));
  const isC = i8x16.eq(bytes, i8x16.splat(<i8>c));
  return i8x16.bitmask(v128.or(v128.or(isA, isB), isC));
}
