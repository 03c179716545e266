// `FN:<line>,[<end>,]<name>` and `FNDA:<count>,<name>`; lcov 2 has `FNL:<index>,<line>[,<end>]` and, for each of the names of a
// function, `FNA:<index>,<count>,<name>` in their place. Each function takes the address behind the colon and returns that of
// the next line, or 0 where the line is not plain or has no room.
import { numberBefore } from "../digits.ts";
import { BLANK, COMMA, isAboveZero, isDigit, pastDigits, pastLineEnd, textEnd, ZERO } from "./bytes.ts";
import { addPart, addRun, functions, lastPart } from "./parts.ts";

/** Whether there is a line of functions, even if none of them has a name. */
export let tellsFunctions: bool = false;

/** By the index of a function, where its first name is among the parts, from 1 on; and the indexes that have one. */
const firsts = memory.data(4000, 4);
const indexes = memory.data(4000, 4);
const maxDigits: u32 = 3;
export let indexCount: u32 = 0;

/** Takes `FN:`, where the name does not begin like a number. */
export function takeFunction(from: usize): usize {
  const comma = pastComma(from);
  if (comma === 0) return 0;
  const name = isDigit(load<u8>(comma)) ? pastComma(comma) : comma;
  return name === 0 || isDigit(load<u8>(name)) ? 0 : called(name, 0);
}

/** Takes `FNDA:`. */
export function takeFunctionHits(from: usize): usize {
  const name = pastComma(from);
  return name === 0 ? 0 : called(name, isAboveZero(from, name - 1) ? 1 : 0);
}

/** Takes `FNL:`, in which nothing is that is kept. */
export function takeFunctionLine(from: usize): usize {
  const line = pastComma(from);
  if (line === 0) return 0;
  const other = pastComma(line);
  const last = other === 0 ? line : other;
  const end = pastDigits(last);
  if (end === last) return 0;
  tellsFunctions = true;
  return pastLineEnd(end);
}

/** Takes `FNA:`; the first name of an index stands for all of them. */
export function takeAlias(from: usize): usize {
  const count = pastComma(from);
  if (count === 0) return 0;
  const name = pastComma(count);
  const digits = <u32>(count - 1 - from);
  if (name === 0 || digits > maxDigits || (digits > 1 && load<u8>(from) === ZERO)) return 0;
  const ran: u32 = isAboveZero(count, name - 1) ? 1 : 0;
  const index = numberBefore(count - 1, digits);
  const first: u32 = load<u32>(firsts + index * 4);
  if (first !== 0) {
    const next = nameEnd(name);
    if (next !== 0) addRun(functions, first - 1, ran);
    return next;
  }
  const next = called(name, ran);
  if (next === 0) return 0;
  store<u32>(firsts + index * 4, lastPart + 1);
  store<u32>(indexes + indexCount++ * 4, index);
  return next;
}

/** The address behind digits and a comma; 0 if these are not there. */
function pastComma(from: usize): usize {
  const comma = pastDigits(from);
  return comma === from || load<u8>(comma) !== COMMA ? 0 : comma + 1;
}

/** The address of the line after a name in ASCII; 0 where it is not so simple. */
function nameEnd(from: usize): usize {
  const end = textEnd(from);
  return end === from || load<u8>(end - 1) === BLANK ? 0 : pastLineEnd(end);
}

function called(from: usize, ran: u32): usize {
  const next = nameEnd(from);
  if (next === 0 || !addPart(functions, from, textEnd(from), ran)) return 0;
  tellsFunctions = true;
  return next;
}

/** Writes for each index the number, and where its first name is written down behind `base`. Returns the address after. */
export function packIndexes(out: usize, base: u32): usize {
  for (let i: u32 = 0; i < indexCount; i++) {
    const index: u32 = load<u32>(indexes + i * 4);
    store<u32>(out, index);
    store<u32>(out, base + load<u32>(firsts + index * 4), 4);
    out += 8;
  }
  return out;
}

export function forgetFunctions(): void {
  tellsFunctions = false;
  for (let i: u32 = 0; i < indexCount; i++) store<u32>(firsts + <u32>load<u32>(indexes + i * 4) * 4, 0);
  indexCount = 0;
}
