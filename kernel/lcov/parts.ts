// Parts of a record by their identities, each once: hash tables of byte strings that lie one behind the other, each as a
// mark, the identity and a line end. See PartBytes in src/core/model/parts.ts. What a part is looked up by, its key, is all
// of its identity or the end of it.
import { LF, MINUS, PLUS, pastDigits } from "./bytes.ts";

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
  const slot = slotOf(table, start, length);
  const key = keyIn(table, slot);
  if (key === 0) return append(table, slot, start, 0, start, length, ran !== 0 ? PLUS : MINUS);
  if (ran !== 0) setRun(table, key - 1);
  return true;
}

/** The slot of a key, which is empty where no part has it. */
export function slotOf(table: usize, start: usize, length: u32): usize {
  const entries = table + entriesAt;
  const base = baseOf(table);
  let place = hashOf(start, length) & (slotCount - 1);
  while (true) {
    const slot = table + slotsAt + place * 4;
    const key: u32 = load<u32>(slot) - base;
    if (<i32>key < 0 || isSame(entries + key, start, length)) return slot;
    place = (place + 1) & (slotCount - 1);
  }
}

/** The address of the key in a slot; 0 where it is empty. */
export function keyIn(table: usize, slot: usize): usize {
  const key: u32 = load<u32>(slot) - baseOf(table);
  return <i32>key < 0 ? 0 : table + entriesAt + key;
}

/** Whether there is a part, given what is in its identity before the key. One by one: only for keys that come again. */
export function hasPart(table: usize, prefix: usize, prefixLength: u32, start: usize, length: u32): bool {
  const end = partsEnd(table);
  for (let part = partsAt(table); part < end; part = pastPart(part + 1)) {
    let same: u32 = 0;
    while (same < prefixLength && load<u8>(part + 1 + same) === load<u8>(prefix + same)) same++;
    if (same === prefixLength && isSame(part + 1 + same, start, length)) return true;
  }
  return false;
}

/**
 * The address of the next key that is the same as one, behind a number and a comma; 0 where there is none. The slot holds
 * that one from now on.
 */
export function nextKey(table: usize, slot: usize, key: usize, length: u32): usize {
  const end = partsEnd(table);
  for (let part = pastPart(key); part < end; ) {
    const other = pastDigits(part + 1) + 1;
    if (isSame(other, key, length)) {
      store<u32>(slot, <u32>(other - partsAt(table)) + baseOf(table));
      return other;
    }
    part = pastPart(other);
  }
  return 0;
}

/** The address behind the line end that follows. */
function pastPart(from: usize): usize {
  let at = from;
  while (load<u8>(at) !== LF) at++;
  return at + 1;
}

/** The part whose mark is at an address ran. */
export function setRun(table: usize, mark: usize): void {
  if (load<u8>(mark) === PLUS) return;
  store<u8>(mark, PLUS);
  store<u32>(table, partsCovered(table) + 1, 8);
}

/**
 * Adds a part, given its mark and, of no more than 16 bytes, what is in its identity before the key. Its slot is empty, or 0
 * where another part of this key has it. False where there is no room.
 */
export function append(
  table: usize,
  slot: usize,
  prefix: usize,
  prefixLength: u32,
  start: usize,
  length: u32,
  mark: u32,
): bool {
  const bytes = prefixLength + length + 2;
  if (!roomyFor(table, 1, bytes)) return false;
  const used: u32 = load<u32>(table);
  const entry = table + entriesAt + used;
  const key = entry + 1 + prefixLength;
  if (slot !== 0) store<u32>(slot, used + 1 + prefixLength + baseOf(table));
  store<u8>(entry, mark);
  if (prefixLength > 0) v128.store(entry + 1, v128.load(prefix));
  // Names are so short that 16 bytes at a time, and some too many, are faster than a copy.
  for (let at: u32 = 0; at < length; at += 16) v128.store(key + at, v128.load(start + at));
  store<u8>(key + length, LF);
  store<u32>(table, used + bytes);
  store<u32>(table, partCount(table) + 1, 4);
  if (mark === PLUS) store<u32>(table, partsCovered(table) + 1, 8);
  return true;
}

/** The address of the first part, and of what is behind the last one. */
export function partsAt(table: usize): usize {
  return table + entriesAt;
}

export function partsEnd(table: usize): usize {
  return table + entriesAt + load<u32>(table);
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

function isSame(key: usize, start: usize, length: u32): bool {
  if (load<u8>(key + length) !== LF) return false;
  let own = key;
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
