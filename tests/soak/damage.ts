/** Flips, deletes or doubles a few bytes. */
export function damaged(bytes: Buffer, next: () => number): Buffer {
  const at = Math.floor(next() * bytes.length);
  const length = 1 + Math.floor(next() * (next() < 0.5 ? 3 : 80));
  const [before, part, after] = [
    bytes.subarray(0, at),
    bytes.subarray(at, at + length),
    bytes.subarray(at + length),
  ];
  const kind = next();
  if (kind < 0.34) {
    const flipped = Buffer.from(part.map((byte) => byte ^ (1 << Math.floor(next() * 7))));
    return Buffer.concat([before, flipped, after]);
  }
  return Buffer.concat(kind < 0.67 ? [before, after] : [before, part, part, after]);
}
