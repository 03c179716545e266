/**
 * Hands out room for bytes that stay, many pieces of it in one block of memory: a block each would take several times the
 * bytes, and what lies in blocks the engine neither moves nor looks through.
 */
export interface BytePool {
  block: Uint8Array;
  used: number;
}

const leastBytes = 1 << 12;
const mostBytes = 1 << 20;

export function emptyPool(): BytePool {
  return { block: new Uint8Array(0), used: 0 };
}

/** Where `length` bytes of `block` begin that nobody has yet; all of them are 0. */
export function takeRoom(pool: BytePool, length: number): number {
  if (pool.used + length > pool.block.length) {
    const size = Math.min(Math.max(pool.block.length * 2, leastBytes), mostBytes);
    pool.block = new Uint8Array(Math.max(size, length));
    pool.used = 0;
  }
  const start = pool.used;
  pool.used += length;
  return start;
}
