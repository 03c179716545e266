const ones = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll("0", "").length);

/** How many bits are set in the bytes from `from` to `end`. */
export function countBits(bytes: Uint8Array, from = 0, end: number = bytes.length): number {
  let count = 0;
  for (let at = from; at < end; at++) count += ones[bytes[at]!]!;
  return count;
}
