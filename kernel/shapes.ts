// Shapes of figures. Elements side by side mostly differ in their digits alone, so one that was read once is compared with
// what comes next, the text before it included. What is the same but for plain digits is as well-formed.

import { digitsAt, numberBefore } from "./digits.ts";
import { roomForFigures } from "./figure-rows.ts";
import { limit } from "./window.ts";

const maxShapes: u32 = 16;
const maxPieces: u32 = 8;
const maxText: u32 = 256;

/**
 * For each shape: its kind of figures, how many numbers it has, the parent, how long the text before the element is, and
 * which shape came after it last time, from 1 on; from 32 on its numbers, for those that are always the same; from 96 on
 * for each piece how long its text is and which number follows, -1 after the last; from 160 on the texts, each of them
 * with a mask as long, in steps of 16 bytes.
 */
const shapes = memory.data(16 * 1024, 16);
const shapeSize: u32 = 1024;
const numbersAt: u32 = 32;
const maxNumbers: u32 = 16;
const piecesAt: u32 = 96;
const textsAt: u32 = 160;

/** How many there are, and the one that came last; 0 for none. */
let howMany: u32 = 0;
let last: usize = 0;

/** How many may still be made, and how many elements came of late that have none of the shapes. */
let credit: u32 = 0;
let misses: u32 = 0;
const mostMisses: u32 = 64;

/** Where what was repeated is written down up to. */
export let repeatedTo: usize = 0;

/** There are no shapes any more, and some may be made. */
export function forgetShapes(): void {
  drop();
  credit = 64;
}

function drop(): void {
  howMany = 0;
  last = 0;
  misses = 0;
}

/**
 * Where an element ends that begins at an address, after some text, and has one of the shapes in this parent; 0 if none
 * does. Then it is written down at `out`.
 */
export function repeated(at: usize, parent: u32, out: usize): usize {
  if (last === 0) return 0;
  const next: usize = load<u32>(last, 16);
  if (next !== 0) {
    const end = matchEnd(next, at, parent);
    if (end !== 0) return repeat(next, at, end, out);
  }
  for (let i: u32 = 0; i < howMany; i++) {
    const shape = shapes + i * shapeSize;
    const end = shape === next ? 0 : matchEnd(shape, at, parent);
    if (end !== 0) return repeat(shape, at, end, out);
  }
  return 0;
}

function repeat(shape: usize, at: usize, end: usize, out: usize): usize {
  const width: u32 = load<u32>(shape, 4);
  const room = roomForFigures(load<u32>(shape), width, at + load<u32>(shape, 12), end, out);
  memory.copy(room, shape + numbersAt, width * 4);
  repeatedTo = room + width * 4;
  store<u32>(last, <u32>shape, 16);
  last = shape;
  misses = 0;
  return end;
}

/** Where what begins at an address ends if it has the shape, whose numbers then are its own; else 0. */
function matchEnd(shape: usize, from: usize, parent: u32): usize {
  if (load<u32>(shape, 8) !== parent) return 0;
  let at = from;
  let text = shape + textsAt;
  let piece = shape + piecesAt;
  while (true) {
    const length: u32 = load<u32>(piece);
    for (let compared: u32 = 0; compared < length; compared += 16) {
      const other = v128.xor(v128.load(at + compared), v128.load(text));
      if (v128.any_true(v128.and(other, v128.load(text, 16)))) return 0;
      text += 32;
    }
    at += length;
    const number: i32 = load<i32>(piece, 4);
    if (number < 0) return at <= limit ? at : 0;
    const digits = digitsAt(at);
    if (digits - 1 > 7) return 0;
    at += digits;
    store<u32>(shape + numbersAt + number * 4, numberBefore(at, digits));
    piece += 8;
  }
}

/** The counts of the element that was read last, in their order: where each value starts and ends, and which number it is. */
const spots = memory.data(16 * 12, 4);
let spotCount: u32 = 0;

export function forgetSpots(): void {
  spotCount = 0;
}

export function addSpot(from: usize, to: usize, number: u32): void {
  const spot = spots + spotCount * 12;
  store<u32>(spot, <u32>from);
  store<u32>(spot, <u32>to, 4);
  store<u32>(spot, number, 8);
  spotCount++;
}

/**
 * Makes a shape of the element that was read last: all of it from `from` on, the text before it included, but for its counts.
 * Its tag begins at `start` and ends at `end`; `numbers` are its `width` numbers.
 */
export function learn(
  kind: u32,
  width: u32,
  parent: u32,
  from: usize,
  start: usize,
  end: usize,
  numbers: usize,
): void {
  // To compare each element with shapes that do not come again would take longer than to read it.
  if (++misses > mostMisses) drop();
  if (credit === 0 || howMany === maxShapes) return;
  if (spotCount === 0 || spotCount >= maxPieces || width > maxNumbers || end - from > maxText) return;
  credit--;
  const shape = shapes + howMany++ * shapeSize;
  store<u32>(shape, kind);
  store<u32>(shape, width, 4);
  store<u32>(shape, parent, 8);
  store<u32>(shape, <u32>(start - from), 12);
  store<u32>(shape, 0, 16);
  memory.copy(shape + numbersAt, numbers, width * 4);
  let text = shape + textsAt;
  let at = from;
  for (let i: u32 = 0; i <= spotCount; i++) {
    const spot = spots + i * 12;
    const stop: usize = i < spotCount ? load<u32>(spot) : end;
    const length = <u32>(stop - at);
    store<u32>(shape + piecesAt + i * 8, length);
    store<i32>(shape + piecesAt + i * 8, i < spotCount ? load<u32>(spot, 8) : -1, 4);
    for (let copied: u32 = 0; copied < length; copied += 16) {
      const rest = min(length - copied, 16);
      memory.copy(text, at + copied, rest);
      memory.fill(text + 16, 0, 16);
      memory.fill(text + 16, 255, rest);
      text += 32;
    }
    at = load<u32>(spot, 4);
  }
  if (last !== 0) store<u32>(last, <u32>shape, 16);
  last = shape;
}
