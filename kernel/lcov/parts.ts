// Parts of a record by their identities, each once: hash tables of byte strings that lie one behind the other, each as a
// mark, the identity and a line end. See PartBytes in src/core/model/parts.ts.
import { LF, MINUS } from "./bytes.ts";

const PLUS: u32 = 43;

const slotCount: u32 = 4096;
const mostParts: u32 = slotCount / 2;
const mostBytes: u32 = 65536;

/** A table: how many bytes its entries take, how many there are, how many ran, and what `base` is; slots; entries. */
const slotsAt: u32 = 16;
const entriesAt: u32 = slotsAt + slotCount * 4;

// The entries, and 16 bytes behind them that may be read.
export const branches = memory.data(16 + 4096 * 4 + 65536 + 16, 16);
export const functions = memory.data(16 + 4096 * 4 + 65536 + 16, 16);

/** From here on `base` begins anew, so that what is added to it stays a number of 31 bits. */
const mostBase: u32 = 1 << 29;

export function partCount(table: usize): u32 {
  return load<u32>(table, 4);
}

export function partsCovered(table: usize): u32 {
  return load<u32>(table, 8);
}

/** What is less in the slots than `base`, which is above 0, is of an earlier record: that is faster than to empty them. */
function baseOf(table: usize): u32 {
  return load<u32>(table, 12) + 1;
}

/** Whether so many parts more have room, with so many bytes in all. */
export function roomyFor(table: usize, parts: u32, bytes: u32): bool {
  return partCount(table) + parts < mostParts && load<u32>(table) + bytes <= mostBytes;
}

/**
 * Adds the part whose identity are the bytes from `start` to `end`; it ran if it did once. `ran` is 0 or 1. False where it
 * has no room.
 */
export function addPart(table: usize, start: usize, end: usize, ran: u32): bool {
  const length = <u32>(end - start);
  const entries = table + entriesAt;
  const base = baseOf(table);
  let place = hashOf(start, length) & (slotCount - 1);
  while (true) {
    const slot = table + slotsAt + place * 4;
    const entry: u32 = load<u32>(slot) - base;
    if (<i32>entry < 0) return append(table, slot, start, length, ran);
    if (isSame(entries + entry, start, length)) {
      addRun(table, entry, ran);
      return true;
    }
    place = (place + 1) & (slotCount - 1);
  }
}

/** Where in its table the part is that was added last, also if it was there already. */
export let lastPart: u32 = 0;

/** The part that is there ran, if `ran` is 1. */
export function addRun(table: usize, entry: u32, ran: u32): void {
  lastPart = entry;
  const mark = table + entriesAt + entry;
  if (ran === 0 || load<u8>(mark) !== MINUS) return;
  store<u8>(mark, PLUS);
  store<u32>(table, partsCovered(table) + 1, 8);
}

function append(table: usize, slot: usize, start: usize, length: u32, ran: u32): bool {
  if (!roomyFor(table, 1, length + 2)) return false;
  const used: u32 = load<u32>(table);
  lastPart = used;
  const entry = table + entriesAt + used;
  store<u32>(slot, used + baseOf(table));
  store<u8>(entry, ran !== 0 ? PLUS : MINUS);
  // Names are so short that 16 bytes at a time, and some too many, are faster than a copy.
  for (let at: u32 = 0; at < length; at += 16) v128.store(entry + 1 + at, v128.load(start + at));
  store<u8>(entry + 1 + length, LF);
  store<u32>(table, used + length + 2);
  store<u32>(table, partCount(table) + 1, 4);
  store<u32>(table, partsCovered(table) + ran, 8);
  return true;
}

/** Less than 8 bytes at an address as a number; what stands behind them does not count. */
function tail(at: usize, length: u32): u64 {
  return load<u64>(at) & (((<u64>1) << (length * 8)) - 1);
}

function hashOf(start: usize, length: u32): u32 {
  const prime: u64 = ((<u64>0x9e3779b9) << 32) | 0x7f4a7c15;
  let hash: u64 = length;
  let at = start;
  let rest = length;
  for (; rest >= 8; rest -= 8, at += 8) {
    hash = (hash ^ load<u64>(at)) * prime;
    hash ^= hash >> 32;
  }
  hash = (hash ^ tail(at, rest)) * prime;
  return <u32>(hash >> 32) ^ <u32>(hash >> 52);
}

function isSame(entry: usize, start: usize, length: u32): bool {
  if (load<u8>(entry + 1 + length) !== LF) return false;
  let own = entry + 1;
  let at = start;
  let rest = length;
  for (; rest >= 8; rest -= 8, at += 8, own += 8) if (load<u64>(own) !== load<u64>(at)) return false;
  return tail(own, rest) === tail(at, rest);
}

/** Writes the parts, forgets them, and returns the address after them. */
export function packParts(table: usize, out: usize): usize {
  const length: u32 = load<u32>(table);
  memory.copy(out, table + entriesAt, length);
  let base = load<u32>(table, 12) + length;
  if (base > mostBase) {
    memory.fill(table + slotsAt, 0, slotCount * 4);
    base = 0;
  }
  store<u32>(table, 0);
  store<u64>(table, 0, 4);
  store<u32>(table, base, 12);
  return out + length;
}
