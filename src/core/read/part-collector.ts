import { armId } from "../model/arms.ts";
import { type BytePool, emptyPool, takeRoom } from "../model/byte-pool.ts";
import { PackedParts, type PartBytes } from "../model/parts.ts";
import { createArmCollector } from "./arm-collector.ts";

const PLUS = 43;
const MINUS = 45;
const LF = 10;

/** Takes parts of one kind of one source file as bytes, each identity once, and packs them. Used again and again. */
export interface PartCollector {
  size(): number;
  /** Adds the part whose identity are the bytes from `start` to `end`; it ran if it did in one of its records. */
  add(bytes: Uint8Array, start: number, end: number, ran: boolean): void;
  /** The same for an identity that is a text. */
  text(id: string, ran: boolean): void;
  /**
   * The same for so many arms of a line from `first` on, of which the first `ran` ran. Those that come in their order cost
   * a tenth of a text.
   */
  arms(line: number, first: number, count: number, ran: number): void;
  /** What was added, in a pool; after that the collector is empty. */
  pack(pool: BytePool): PackedParts;
}

const fewSlots = 256;

/** A table larger than this one is not emptied for the next source file but made anew. */
const manySlots = 4096;

/** From here on `base` begins anew, so that what is added to it stays a number of 31 bits. */
const mostBase = 1 << 29;

const encoder = new TextEncoder();

const scratch = new Uint8Array(256);

/** Writes a text into `scratch` and returns its length; 0 where it is too long or not only printable ASCII. */
function ascii(text: string): number {
  if (text.length > scratch.length) return 0;
  for (let at = 0; at < text.length; at++) {
    const c = text.charCodeAt(at);
    if (c < 32 || c > 126) return 0;
    scratch[at] = c;
  }
  return text.length;
}

/**
 * A hash table of byte strings that lie one behind the other: a mark, the identity and a line end. `taken` is told of
 * how many parts are new. Branches that are told by numbers are kept as numbers until one comes that is not, or out of
 * its order.
 */
export function createPartCollector(taken: (count: number) => void = () => {}): PartCollector {
  let entries = new Uint8Array(4096);
  let length = 0;
  /** Where entries begin, plus `base`; the size is a power of 2 and at least twice the number of entries. */
  let slots = new Int32Array(fewSlots);
  /** What is less in `slots` is of an earlier source file: that is faster than to empty them for each. */
  let base = 1;
  let size = 0;
  let covered = 0;
  /** Whether the identities are the numbers from 0 on. */
  let numbered = true;
  const arms = createArmCollector();

  function isSame(entry: number, bytes: Uint8Array, start: number, end: number): boolean {
    const shift = entry + 1 - start;
    for (let at = start; at < end; at++) if (entries[at + shift] !== bytes[at]) return false;
    return entries[end + shift] === LF;
  }

  function slotOf(bytes: Uint8Array, start: number, end: number): number {
    let hash = 0x811c9dc5;
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
    hash ^= hash >>> 15;
    const mask = slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const entry = slots[slot]! - base;
      if (entry < 0 || isSame(entry, bytes, start, end)) return slot;
    }
  }

  function enlarge(): void {
    slots = new Int32Array(slots.length * 2);
    for (let at = 0; at < length; ) {
      const end = entries.indexOf(LF, at);
      slots[slotOf(entries, at + 1, end)] = at + base;
      at = end + 1;
    }
  }

  function append(bytes: Uint8Array, start: number, end: number, ran: boolean): void {
    const longer = length + end - start + 2;
    if (longer > entries.length) {
      const larger = new Uint8Array(Math.max(entries.length * 2, longer));
      larger.set(entries.subarray(0, length));
      entries = larger;
    }
    if (numbered) numbered = isNumber(size, bytes, start, end);
    entries[length++] = ran ? PLUS : MINUS;
    for (let at = start; at < end; at++) entries[length++] = bytes[at]!;
    entries[length++] = LF;
    size++;
    if (ran) covered++;
  }

  function put(slot: number, bytes: Uint8Array, start: number, end: number, ran: boolean): void {
    slots[slot] = length + base;
    append(bytes, start, end, ran);
    if (size * 2 > slots.length) enlarge();
  }

  /** Makes bytes of the branches that came as numbers, because now others come, or again. They were told of already. */
  function spellArms(): void {
    for (const [id, ran] of arms.pack(emptyPool())) {
      const end = ascii(id);
      put(slotOf(scratch, 0, end), scratch, 0, end, ran);
    }
  }

  const collector: PartCollector = {
    size() {
      return size + arms.size();
    },
    add(bytes, start, end, ran) {
      if (arms.size() > 0) spellArms();
      const slot = slotOf(bytes, start, end);
      const entry = slots[slot]! - base;
      if (entry >= 0) {
        if (ran && entries[entry] === MINUS) {
          entries[entry] = PLUS;
          covered++;
        }
        return;
      }
      taken(1);
      put(slot, bytes, start, end, ran);
    },
    text(id, ran) {
      // Before the scratch is written to, which this does too.
      if (arms.size() > 0) spellArms();
      const length = ascii(id);
      if (length > 0) {
        collector.add(scratch, 0, length, ran);
        return;
      }
      const bytes = encoder.encode(id.replaceAll("\n", " "));
      collector.add(bytes, 0, bytes.length, ran);
    },
    arms(line, first, count, ran) {
      if (count <= 0) return;
      if (size === 0 && arms.follow(line, first, count)) {
        taken(count);
        arms.add(line, first, count, ran);
        return;
      }
      for (let i = 0; i < count; i++) collector.text(armId("pairs", line, 0, first + i), i < ran);
    },
    pack(pool) {
      if (arms.size() > 0) return arms.pack(pool);
      const packed = new PackedParts(numbered ? packNumbered(pool) : packListed(pool), size, covered);
      base += length;
      if (slots.length > manySlots || base > mostBase) [slots, base] = [new Int32Array(fewSlots), 1];
      [length, size, covered, numbered] = [0, 0, 0, true];
      return packed;
    },
  };

  function packListed(pool: BytePool): PartBytes {
    const start = takeRoom(pool, length);
    const { block } = pool;
    for (let at = 0; at < length; at++) block[start + at] = entries[at]!;
    return { bytes: block, start, end: start + length, form: "listed" };
  }

  function packNumbered(pool: BytePool): PartBytes {
    const start = takeRoom(pool, (size + 7) >> 3);
    const { block } = pool;
    for (let at = 0, id = 0; id < size; id++) {
      if (entries[at] === PLUS) block[start + (id >> 3)]! |= 1 << (id & 7);
      at += digitsOf(id) + 2;
    }
    return { bytes: block, start, end: pool.used, form: "numbered" };
  }

  return collector;
}

/** Whether bytes are a number from 0 on in decimal digits. */
function isNumber(number: number, bytes: Uint8Array, start: number, end: number): boolean {
  let rest = number;
  for (let at = end - 1; at >= start; at--) {
    if (bytes[at] !== 48 + (rest % 10)) return false;
    rest = Math.floor(rest / 10);
  }
  return rest === 0 && end - start === digitsOf(number);
}

function digitsOf(number: number): number {
  let digits = 1;
  for (let least = 10; number >= least; least *= 10) digits++;
  return digits;
}
