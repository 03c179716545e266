import { type Arm, beforeArms } from "../model/arms.ts";
import { type BytePool, takeRoom } from "../model/byte-pool.ts";
import { PackedParts } from "../model/parts.ts";

/** Takes arms of lines that are told by numbers, as long as they rise by line and arm: so each is there once. */
export interface ArmCollector {
  size(): number;
  /** Whether `count` arms of a line from `first` on rise above all others, and are numbers for this collector. */
  follow(line: number, first: number, count: number): boolean;
  /** Adds arms that follow, one at least. The first `ran` of them ran. */
  add(line: number, first: number, count: number, ran: number): void;
  /** What was added, in a pool; after that the collector is empty. */
  pack(pool: BytePool): PackedParts;
}

/** Largest number that is taken; with two bits more it still is a number of 31 bits. */
const most = (1 << 27) - 1;

/** Most bytes of the first arm of several; those behind it take one each. */
const mostBytes = 15;

export function createArmCollector(): ArmCollector {
  let bytes = new Uint8Array(512);
  let [length, size, covered] = [0, 0, 0];
  let last: Arm = { ...beforeArms };

  function put(number: number): void {
    let rest = number;
    for (; rest > 127; rest >>>= 7) bytes[length++] = (rest & 127) | 128;
    bytes[length++] = rest;
  }

  function makeRoom(longer: number): void {
    const larger = new Uint8Array(Math.max(bytes.length * 2, longer));
    larger.set(bytes);
    bytes = larger;
  }

  return {
    size() {
      return size;
    },
    follow(line, first, count) {
      if (line > most || first + count - 1 > most) return false;
      return line > last.line || (line === last.line && first > last.arm);
    },
    add(line, first, count, ran) {
      if (length + mostBytes + count > bytes.length) makeRoom(length + mostBytes + count);
      const bit = ran > 0 ? 1 : 0;
      if (line === last.line) put(((first - last.arm - 1) << 2) | bit);
      else {
        put(((line - last.line) << 2) | 2 | bit);
        put(0);
        put(first);
      }
      for (let i = 1; i < count; i++) bytes[length++] = i < ran ? 1 : 0;
      last.line = line;
      last.arm = first + count - 1;
      size += count;
      covered += ran;
    },
    pack(pool) {
      const start = takeRoom(pool, length);
      const { block } = pool;
      for (let at = 0; at < length; at++) block[start + at] = bytes[at]!;
      const packed = new PackedParts(
        { bytes: block, start, end: start + length, form: "pairs" },
        size,
        covered,
      );
      [length, size, covered] = [0, 0, 0];
      last = { ...beforeArms };
      return packed;
    },
  };
}
