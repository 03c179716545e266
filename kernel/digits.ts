// Decimal digits, several at a time.

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

/** How many digits follow each other from an address on; more than 15 if 16 do. */
export function digitsAt(at: usize): u32 {
  return ctz(notDigits(i8x16.sub(v128.load(at), i8x16.splat(48))));
}
