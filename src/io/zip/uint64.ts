import { damaged } from "./refusals.ts";

/** A number of 64 bits, where it is one that can be counted with. Throws InputError. */
export function readUint64(buffer: Buffer, at: number, shown: string): number {
  const value = buffer.readBigUInt64LE(at);
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : damaged(shown, "a size is impossible");
}
