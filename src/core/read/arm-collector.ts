import { type Arm, type ArmForm, beforeArms } from "../model/arms.ts";
import { type BytePool, takeRoom } from "../model/byte-pool.ts";
import { PackedParts } from "../model/parts.ts";

/** Takes branches that are told by numbers, as long as they rise by line, block and arm: so each is there once. */
export interface ArmCollector {
  size(): number;
  /** False, and nothing added, where the branch does not rise or is not for this collector. */
  add(form: ArmForm, line: number, block: number, arm: number, ran: boolean): boolean;
  /** What was added, in a pool; after that the collector is empty. */
  pack(pool: BytePool): PackedParts;
}

/** Largest number that is taken; with two bits more it still is a number of 31 bits. */
const most = (1 << 27) - 1;

/** Most bytes of one branch. */
const mostBytes = 15;

export function createArmCollector(): ArmCollector {
  let bytes = new Uint8Array(512);
  let [length, size, covered] = [0, 0, 0];
  let written: ArmForm = "pairs";
  let last: Arm = { ...beforeArms };

  function put(number: number): void {
    let rest = number;
    for (; rest > 127; rest >>>= 7) bytes[length++] = (rest & 127) | 128;
    bytes[length++] = rest;
  }

  function makeRoom(): void {
    const larger = new Uint8Array(bytes.length * 2);
    larger.set(bytes);
    bytes = larger;
  }

  return {
    size() {
      return size;
    },
    add(form, line, block, arm, ran) {
      if (line > most || block > most || arm > most || (form !== written && size > 0)) return false;
      const further = line - last.line;
      const step = block - last.block;
      const same = further === 0 && step === 0;
      if (same ? arm <= last.arm : further < 0 || (further === 0 && step < 0)) return false;
      if (length + mostBytes > bytes.length) makeRoom();
      const bit = ran ? 1 : 0;
      if (same) put(((arm - last.arm - 1) << 2) | bit);
      else {
        put((further << 2) | 2 | bit);
        put(step < 0 ? (-step << 1) | 1 : step << 1);
        put(arm);
      }
      last.line = line;
      last.block = block;
      last.arm = arm;
      written = form;
      size++;
      covered += bit;
      return true;
    },
    pack(pool) {
      const start = takeRoom(pool, length);
      const { block } = pool;
      for (let at = 0; at < length; at++) block[start + at] = bytes[at]!;
      const packed = new PackedParts(
        { bytes: block, start, end: start + length, form: written },
        size,
        covered,
      );
      [length, size, covered] = [0, 0, 0];
      last = { ...beforeArms };
      return packed;
    },
  };
}
