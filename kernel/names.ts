// Names have numbers from 1 on, so that the same name is compared once and then known.

import { limit, stop } from "./window.ts";

export const maxNames: u32 = 64;
export const maxNameLength: u32 = 32;
/** Each name has a slot with its text and a mask of its length. */
const slotSize: u32 = maxNameLength * 2;
const slots = memory.data(64 * 64, 16);
const lengths = memory.data(64);
/** The name that came after each one last time. */
const followers = memory.data(64);
/** By hash, the number of the name. */
const byHash = memory.data(256);
/** For each byte, whether it may stand in a name (1) and also begin one (3). */
const roles = memory.data(256);

let known: u32 = 0;
/** The name that was read last. */
export let name: u32 = 0;

/** Knows no names any more. */
export function forgetNames(): void {
  known = 0;
  name = 0;
  memory.fill(followers, 0, maxNames);
  memory.fill(byHash, 0, 256);
  for (let c: u32 = 0; c < 256; c++) {
    const letter = (c >= 65 && c <= 90) || (c >= 97 && c <= 122) || c === 95 || c === 58 || c >= 128;
    const inside = (c >= 48 && c <= 57) || c === 45 || c === 46;
    store<u8>(roles + c, letter ? 3 : inside ? 1 : 0);
  }
}

/** How many names are known. */
export function howMany(): u32 {
  return known;
}

/** The slot of a name, for whoever wants to read its text. */
export function slotOf(id: u32): usize {
  return slots + id * slotSize;
}

export function lengthOf(id: u32): u32 {
  return load<u8>(lengths + id);
}

/** Reads the name at `at` into `name` and returns the address after it. The name that followed last time goes first. */
export function readName(at: usize): usize {
  const id: u32 = load<u8>(followers + name);
  if (id !== 0 && isName(at, id)) {
    name = id;
    return at + load<u8>(lengths + id);
  }
  return otherName(at);
}

function otherName(at: usize): usize {
  if (load<u8>(roles + load<u8>(at)) !== 3) return stop(at);
  let end = at + 1;
  while (load<u8>(roles + load<u8>(end)) !== 0) end++;
  if (end >= limit) return stop(limit);
  const id = numberOf(at, <u32>(end - at));
  if (id === 0) return stop(at);
  store<u8>(followers + name, id);
  name = id;
  return end;
}

/** Whether a name lies at `at`, as a whole. */
export function isName(at: usize, id: u32): bool {
  const slot = slots + id * slotSize;
  const length: u32 = load<u8>(lengths + id);
  if (differs(at, slot)) return false;
  if (length > 16 && differs(at + 16, slot + 16)) return false;
  return load<u8>(roles + load<u8>(at + length)) === 0;
}

function differs(at: usize, slot: usize): bool {
  return v128.any_true(v128.and(v128.xor(v128.load(at), v128.load(slot)), v128.load(slot, maxNameLength)));
}

/** Number of a name of some length, a new one if need be; 0 where it cannot have one. */
export function numberOf(at: usize, length: u32): u32 {
  if (length === 0 || length > maxNameLength) return 0;
  let hash: u32 = length;
  for (let i: u32 = 0; i < length; i++) hash = (hash ^ load<u8>(at + i)) * 0x01000193;
  let place = (hash >> 15) & 255;
  while (true) {
    const id: u32 = load<u8>(byHash + place);
    if (id === 0) {
      if (known === maxNames - 1) return 0;
      store<u8>(byHash + place, ++known);
      keep(known, at, length);
      return known;
    }
    if (load<u8>(lengths + id) === length && isName(at, id)) return id;
    place = (place + 1) & 255;
  }
}

function keep(id: u32, at: usize, length: u32): void {
  const slot = slots + id * slotSize;
  memory.fill(slot, 0, slotSize);
  memory.copy(slot, at, length);
  memory.fill(slot + maxNameLength, 255, length);
  store<u8>(lengths + id, length);
}
