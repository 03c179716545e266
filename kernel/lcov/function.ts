// `FN:<line>,[<end>,]<name>` and `FNDA:<count>,<name>`; lcov 2 has `FNL:<index>,<line>[,<end>]` and, for each of the names of a
// function, `FNA:<index>,<count>,<name>` in their place. Each function takes the address behind the colon and returns that of
// the next line, or 0 where the line is not plain, has no room, or does not tell at once which function is meant. Functions are
// looked up by name, and are `<line>,<name>` in the end; hits are told of those of one name in their order.
import { numberBefore } from "../digits.ts";
import {
  BLANK,
  COMMA,
  isAboveZero,
  isDigit,
  isPlainNumber,
  LF,
  MINUS,
  PLUS,
  pastDigits,
  pastLineEnd,
  textEnd,
} from "./bytes.ts";
import { append, functions, hasPart, keyIn, nextKey, partsAt, partsEnd, setRun, slotOf } from "./parts.ts";

/** The mark of a function of which no hits were told yet, and how many of them there are. */
const UNTOLD: u32 = 63;
let untold: u32 = 0;

/** Whether there is a line of functions, even if none of them has a name. */
export let tellsFunctions: bool = false;

/**
 * By the index of a function, its line with a comma behind it and the length of both in the last of 16 bytes, and where its
 * first name is among the parts, from 1 on; and the indexes that have a line.
 */
const lines = memory.data(16000, 16);
const firsts = memory.data(4000, 4);
const indexes = memory.data(4000, 4);
const maxDigits: u32 = 3;
export let indexCount: u32 = 0;

const maxLineDigits: u32 = 8;

/** How often a name came again; past a few times somebody else is faster. */
let again: u32 = 0;
const maxAgain: u32 = 32;

/** Takes `FN:`, where the name does not begin like a number. */
export function takeFunction(from: usize): usize {
  const comma = pastComma(from);
  if (comma === 0 || !isPlainNumber(from, comma - 1, maxLineDigits)) return 0;
  const name = isDigit(load<u8>(comma)) ? pastComma(comma) : comma;
  if (name === 0 || isDigit(load<u8>(name))) return 0;
  return called(from, <u32>(comma - from), name, UNTOLD);
}

/** Takes `FNDA:` of a function that was declared before. */
export function takeFunctionHits(from: usize): usize {
  const name = pastComma(from);
  if (name === 0) return 0;
  const end = textEnd(name);
  const next = pastName(name, end);
  if (next === 0) return 0;
  const length = <u32>(end - name);
  const slot = slotOf(functions, name, length);
  let key = keyIn(functions, slot);
  if (key === 0) return 0;
  let mark = markOf(key);
  if (load<u8>(mark) !== UNTOLD) {
    key = again === 0 ? 0 : nextKey(functions, slot, key, length);
    if (key === 0) return 0;
    mark = markOf(key);
    if (load<u8>(mark) !== UNTOLD) return 0;
  }
  untold--;
  if (isAboveZero(from, name - 1)) setRun(functions, mark);
  else store<u8>(mark, MINUS);
  return next;
}

/** The address of the mark of the function whose name is at an address. */
function markOf(name: usize): usize {
  let mark = name - 2;
  while (isDigit(load<u8>(mark))) mark--;
  return mark;
}

/** Takes `FNL:`, where it is the first of its index. */
export function takeFunctionLine(from: usize): usize {
  const line = pastComma(from);
  if (line === 0 || !isPlainNumber(from, line - 1, maxDigits)) return 0;
  const comma = pastDigits(line);
  if (!isPlainNumber(line, comma, maxLineDigits)) return 0;
  const end = load<u8>(comma) === COMMA ? pastDigits(comma + 1) : comma;
  const next = pastLineEnd(end);
  if (next === 0 || end === comma + 1) return 0;
  const index = numberBefore(line - 1, <u32>(line - 1 - from));
  const at = lines + index * 16;
  if (load<u8>(at, 15) !== 0) return 0;
  store<u32>(indexes + indexCount++ * 4, index);
  v128.store(at, v128.load(line));
  store<u8>(at + (comma - line), COMMA);
  store<u8>(at, <u32>(comma - line) + 1, 15);
  tellsFunctions = true;
  return next;
}

/** Takes `FNA:`, where the line of the function is known; its first name stands for all of them. */
export function takeAlias(from: usize): usize {
  const count = pastComma(from);
  if (count === 0 || !isPlainNumber(from, count - 1, maxDigits)) return 0;
  const name = pastComma(count);
  if (name === 0) return 0;
  const ran = isAboveZero(count, name - 1);
  const index = numberBefore(count - 1, <u32>(count - 1 - from));
  const first: u32 = load<u32>(firsts + index * 4);
  if (first !== 0) {
    const next = pastName(name, textEnd(name));
    if (next !== 0 && ran) setRun(functions, partsAt(functions) + first - 1);
    return next;
  }
  const line = lines + index * 16;
  const length: u32 = load<u8>(line, 15);
  const part = <u32>(partsEnd(functions) - partsAt(functions));
  const next = length === 0 ? 0 : called(line, length, name, ran ? PLUS : MINUS);
  if (next !== 0) store<u32>(firsts + index * 4, part + 1);
  return next;
}

/** The address behind digits and a comma; 0 if these are not there. */
function pastComma(from: usize): usize {
  const comma = pastDigits(from);
  return comma === from || load<u8>(comma) !== COMMA ? 0 : comma + 1;
}

/** The address of the line after a name in ASCII; 0 where it is not so simple. */
function pastName(from: usize, end: usize): usize {
  return end === from || load<u8>(end - 1) === BLANK ? 0 : pastLineEnd(end);
}

/** Adds a function, given its line with a comma behind it. */
function called(line: usize, lineLength: u32, name: usize, mark: u32): usize {
  const end = textEnd(name);
  const next = pastName(name, end);
  if (next === 0) return 0;
  const length = <u32>(end - name);
  let slot = slotOf(functions, name, length);
  if (keyIn(functions, slot) !== 0) {
    if (mark !== UNTOLD || again === maxAgain || hasPart(functions, line, lineLength, name, length)) return 0;
    again++;
    slot = 0;
  }
  if (!append(functions, slot, line, lineLength, name, length, mark)) return 0;
  if (mark === UNTOLD) untold++;
  tellsFunctions = true;
  return next;
}

/** Functions of which no hits were told did not run. */
export function endUntold(): void {
  const end = partsEnd(functions);
  for (let at = partsAt(functions); untold > 0 && at < end; at++) {
    if (load<u8>(at) === UNTOLD) {
      store<u8>(at, MINUS);
      untold--;
    }
    while (load<u8>(at) !== LF) at++;
  }
}

/** Writes for each index the number, where its function is among the parts, from 1 on, and the line. Returns the address after. */
export function packIndexes(out: usize): usize {
  for (let i: u32 = 0; i < indexCount; i++) {
    const index: u32 = load<u32>(indexes + i * 4);
    const line = lines + index * 16;
    const digits: u32 = <u32>load<u8>(line, 15) - 1;
    store<u32>(out, index);
    store<u32>(out, load<u32>(firsts + index * 4), 4);
    store<u32>(out, numberBefore(line + digits, digits), 8);
    out += 12;
  }
  return out;
}

export function forgetFunctions(): void {
  tellsFunctions = false;
  untold = 0;
  again = 0;
  for (let i: u32 = 0; i < indexCount; i++) {
    const index: u32 = load<u32>(indexes + i * 4);
    store<u32>(firsts + index * 4, 0);
    store<u8>(lines + index * 16, 0, 15);
  }
  indexCount = 0;
}
