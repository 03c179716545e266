// Figures: hollow elements side by side of which nothing is wanted but whole numbers, and so nothing else is written down.

import { AMPERSAND, POINT, SLASH } from "./bytes.ts";
import { roomForFigures } from "./figure-rows.ts";
import { headSize } from "./found.ts";
import { isName, lengthOf } from "./names.ts";
import { addSpot, forgetShapes, forgetSpots, learn } from "./shapes.ts";
import { attributeSize, element, seen } from "./tags.ts";
import { base } from "./window.ts";

const maxKinds: u32 = 4;

/**
 * For each kind of them: the name of the element, how many numbers it has, one bit for each name of an element that it may
 * stand in and of an attribute that it must have, how many words it knows, their names, and the role of each attribute.
 */
const kinds = memory.data(4 * 128, 16);
const kindSize: u32 = 128;
const wordsAt: u32 = 28;
const maxWords: u32 = 4;
const rolesAt: u32 = 32;
let howMany: u32 = 0;

/** What an attribute is, in the upper bits of its role, and in the lower ones which number comes of it. */
const COUNT: u32 = 0x40;
const WORD: u32 = 0x80;
const SHARE: u32 = 0xc0;

/** The numbers of the element at hand. */
const numbers = memory.data(256, 4);

/** Whether the element at hand has a share, whose digits make it another one each time. */
let hasShare: bool = false;

/** There are no figures any more. */
export function forgetFigures(): void {
  howMany = 0;
  forgetShapes();
}

/** One more kind, of elements of a name in others of some names; `width` numbers come of each. */
export function addFigures(name: u32, parents: u64, width: u32): void {
  if (howMany === maxKinds) return;
  const kind = kinds + howMany++ * kindSize;
  memory.fill(kind, 0, kindSize);
  store<u32>(kind, name);
  store<u32>(kind, width, 4);
  store<u64>(kind, parents, 8);
}

/** The attribute of the newest kind that is a whole number. */
export function addCount(name: u32, column: u32): void {
  addRole(name, COUNT | column, true);
}

/** The attribute of the newest kind that is one of some words, told by their numbers from 1 on, or another, told by 0. */
export function addWord(name: u32, column: u32, word: u32): void {
  const kind = kinds + (howMany - 1) * kindSize;
  const words: u32 = load<u32>(kind, 24);
  if (words === maxWords) return;
  addRole(name, WORD | column, true);
  store<u8>(kind + wordsAt + words, word);
  store<u32>(kind, words + 1, 24);
}

/** The attribute of the newest kind that may be there and then ends with a share, such as `50% (1/2)`; two -1 without it. */
export function addShare(name: u32, column: u32): void {
  addRole(name, SHARE | column, false);
}

function addRole(name: u32, role: u32, needed: bool): void {
  const kind = kinds + (howMany - 1) * kindSize;
  store<u8>(kind + rolesAt + name, role);
  if (needed) store<u64>(kind, load<u64>(kind, 16) | ((<u64>1) << name), 16);
}

/**
 * A hollow element in another one ends at an address, and all of it is written down from `entry` to `out`: so it stays, or
 * its numbers take its place. The text before it begins at `from`, 0 for an element of two tags. Returns where to go on.
 */
export function takeFigures(from: usize, entry: usize, parent: u32, end: usize, out: usize): usize {
  for (let i: u32 = 0; i < howMany; i++) {
    const kind = kinds + i * kindSize;
    if (load<u32>(kind) !== element || ((load<u64>(kind, 8) >> parent) & 1) === 0) continue;
    if (!read(kind, entry)) return out;
    const width: u32 = load<u32>(kind, 4);
    const start = base + load<u32>(entry, 8);
    if (from !== 0 && !hasShare) learn(i, width, parent, from, start, end, numbers);
    const room = roomForFigures(i, width, start, end, entry);
    memory.copy(room, numbers, width * 4);
    return room + width * 4;
  }
  return out;
}

/** Reads the numbers of the element at `entry`; false if they are not all there, and plain. */
function read(kind: usize, entry: usize): bool {
  const needed = load<u64>(kind, 16);
  if ((seen & needed) !== needed) return false;
  const width: u32 = load<u32>(kind, 4);
  store<i32>(numbers + (width - 1) * 4, -1);
  if (width > 1) store<i32>(numbers + (width - 2) * 4, -1);
  hasShare = false;
  forgetSpots();
  const attributes: u32 = load<u32>(entry) >> 8;
  let at = entry + headSize;
  for (let i: u32 = 0; i < attributes; i++, at += attributeSize) {
    const role: u32 = load<u8>(kind + rolesAt + load<u32>(at));
    if (role === 0) continue;
    const from = base + load<u32>(at, 4);
    const to = base + load<u32>(at, 8);
    const number = numbers + (role & 63) * 4;
    const what = role & 0xc0;
    if (what === COUNT) {
      const value = wholeNumber(from, to);
      if (value < 0) return false;
      store<i32>(number, value);
      addSpot(from, to, role & 63);
    } else if (what === WORD) {
      const value = wordOf(kind, from, to);
      if (value < 0) return false;
      store<i32>(number, value);
    } else {
      hasShare = true;
      if (!readShare(from, to, number)) return false;
    }
  }
  return true;
}

/** The number that up to 9 digits are; -1 for anything else. */
function wholeNumber(from: usize, to: usize): i32 {
  if (to - from - 1 > 8) return -1;
  let value: u32 = 0;
  for (let at = from; at < to; at++) {
    const digit: u32 = load<u8>(at) - 48;
    if (digit > 9) return -1;
    value = value * 10 + digit;
  }
  return <i32>value;
}

/** The number of a word from 1 on, 0 for another one; -1 for what is not printable ASCII, or may mean another than it says. */
function wordOf(kind: usize, from: usize, to: usize): i32 {
  const words: u32 = load<u32>(kind, 24);
  for (let i: u32 = 0; i < words; i++) {
    const word: u32 = load<u8>(kind + wordsAt + i);
    if (lengthOf(word) === <u32>(to - from) && isName(from, word)) return <i32>i + 1;
  }
  for (let at = from; at < to; at++) {
    const c: u32 = load<u8>(at);
    if (c < 32 || c > 126 || c === AMPERSAND) return -1;
  }
  return 0;
}

const BLANK: u32 = 32;
const PERCENT: u32 = 37;
const OPENING: u32 = 40;
const CLOSING: u32 = 41;

/** Reads a share of up to 6 digits on each side, which nothing but a plain percentage comes before. */
function readShare(from: usize, to: usize, out: usize): bool {
  let at = from;
  while (at < to && isOfPercentage(load<u8>(at))) at++;
  let slash = at + 1;
  while (slash < to && load<u8>(slash) !== SLASH) slash++;
  if (slash >= to || load<u8>(at) !== OPENING || load<u8>(to - 1) !== CLOSING) return false;
  if (slash - at > 7 || to - slash > 8) return false;
  const covered = wholeNumber(at + 1, slash);
  const total = wholeNumber(slash + 1, to - 1);
  if (covered < 0 || total < covered) return false;
  store<i32>(out, covered);
  store<i32>(out, total, 4);
  return true;
}

function isOfPercentage(c: u32): bool {
  return c - 48 <= 9 || c === POINT || c === PERCENT || c === BLANK;
}
