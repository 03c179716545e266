// The window, and where the text in it ends: at markup, at the end of what it holds, or at what no text may hold.

import { AMPERSAND, BRACKET, bitsOfAny, GT, isDigit, LT, SEMICOLON } from "./bytes.ts";

/** Where the window begins, and where what it holds ends. A 0 stands there, and 64 bytes of anything may be read. */
export let base: usize = 0;
export let limit: usize = 0;
/** The address that could not be passed. */
export let stuck: usize = 0;

/** The window begins at an address. */
export function openAt(at: usize): void {
  base = at;
}

/** The window holds so many bytes. */
export function holds(length: u32): void {
  limit = base + length;
}

export function stop(at: usize): usize {
  stuck = at;
  return 0;
}

/** The next of three bytes from an address on; 0 where the window ends before. */
function nextOf(from: usize, a: u32, b: u32, c: u32): usize {
  for (let at = from; at < limit; at += 16) {
    const marks = bitsOfAny(v128.load(at), a, b, c);
    if (marks === 0) continue;
    const found = at + ctz(marks);
    return found < limit ? found : stop(limit);
  }
  return stop(limit);
}

/** Where the next tag begins; 0 where the text before it holds what no text may hold. */
export function textEnd(from: usize): usize {
  let at = from;
  while (true) {
    at = nextOf(at, LT, AMPERSAND, BRACKET);
    if (at === 0) return 0;
    const c: u32 = load<u8>(at);
    if (c === LT) return at;
    if (c === AMPERSAND) {
      at = referenceEnd(at);
      if (at === 0) return 0;
    } else {
      if (endsSection(at)) return stop(at);
      at++;
    }
  }
}

/** The address after `]]>`; 0 where the window ends before. */
export function sectionEnd(from: usize): usize {
  let at = from;
  while (true) {
    at = nextOf(at, BRACKET, BRACKET, BRACKET);
    if (at === 0) return 0;
    if (at + 2 >= limit) return stop(limit);
    if (endsSection(at)) return at + 3;
    at++;
  }
}

function endsSection(at: usize): bool {
  return load<u8>(at, 1) === BRACKET && load<u8>(at, 2) === GT;
}

/** Where the value of an attribute ends; 0 where it holds what no value may hold. */
export function valueEnd(from: usize, quote: u32): usize {
  let at = from;
  while (true) {
    at = nextOf(at, quote, LT, AMPERSAND);
    if (at === 0) return 0;
    const c: u32 = load<u8>(at);
    if (c === quote) return at;
    if (c !== AMPERSAND) return stop(at);
    at = referenceEnd(at);
    if (at === 0) return 0;
  }
}

/** The address after the reference at `at`: one of the five of XML, or a character reference of up to seven digits. */
export function referenceEnd(at: usize): usize {
  const word = load<u32>(at + 1);
  // "lt;", "gt;", "amp;", "quot" and "apos".
  if ((word & 0xffffff) === 0x3b746c || (word & 0xffffff) === 0x3b7467) return at + 4;
  if (word === 0x3b706d61) return at + 5;
  if ((word === 0x746f7571 || word === 0x736f7061) && load<u8>(at, 5) === SEMICOLON) return at + 6;
  if ((word & 0xff) !== 35) return stop(at);
  const base16 = load<u8>(at, 2) === 120;
  const first = at + (base16 ? 3 : 2);
  let end = first;
  while (isDigit(load<u8>(end), base16)) end++;
  return end > first && end - first <= 7 && load<u8>(end) === SEMICOLON ? end + 1 : stop(at);
}
