// The kernel of the lcov reader, in AssemblyScript: TypeScript of WebAssembly, where a position is an address. It takes the
// plain lines of a tracefile in a window and packs what each record holds. What it does not understand at once it leaves to
// src/core/read/lcov.ts, and so all that is wrong: an error has one place.
// `npm run kernel` compiles it into src/core/read/lcov-kernel-code.ts.
import { armCount, armsCovered, packArms } from "./arms.ts";
import { takeBranch } from "./branch.ts";
import { BLANK, COLON, pastLineEnd, textEnd } from "./bytes.ts";
import { covered, forgetData, lines, takeData } from "./data.ts";
import {
  endUntold,
  forgetFunctions,
  indexCount,
  packIndexes,
  takeAlias,
  takeFunction,
  takeFunctionHits,
  takeFunctionLine,
  tellsFunctions,
} from "./function.ts";
import { lineBytes, packLines } from "./lines.ts";
import { branches, functions, packParts, partCount, partsCovered } from "./parts.ts";
import { forgetTotals, found, hit, takeSilentTotal, takeTotal } from "./totals.ts";

const B: u32 = 66;
const D: u32 = 68;
const F: u32 = 70;
const L: u32 = 76;
const N: u32 = 78;
const R: u32 = 82;

/** `TN:`, `SF:`, `DA`, `L:`, `A:`, `end_of_r` and `f_record` as the numbers that their bytes are. */
const TEST_NAME: u32 = 0x3a4e54;
const SOURCE_FILE: u32 = 0x3a4653;
const HITS: u32 = 0x4144;
const LINE: u32 = 0x3a4c;
const ALIAS: u32 = 0x3a41;
const END_BEGINS: u64 = ((<u64>0x725f_666f) << 32) | 0x5f64_6e65;
const END_ENDS: u64 = ((<u64>0x6472_6f63) << 32) | 0x6572_5f66;

/** What was collected of a record, as bytes: lines that are known, lines that ran, branches, functions, indexes of functions. */
const packed = memory.data(16384 + 65536 + 65536 + 12288, 16);

/** What a run and a pack came to, in 21 numbers of 32 bits: see `answers` in src/core/read/lcov-kernel.ts. */
const answers = memory.data(84, 4);

let base: usize = 0;

/** Whether a record is open, and whether all of it was taken here. */
let inside: bool = false;
let whole: bool = false;

/** How many lines this run took, and whether the last one is the end of a record. */
let taken: u32 = 0;
let ended: bool = false;

export function packedAt(): usize {
  return packed;
}

export function answersAt(): usize {
  return answers;
}

/** From here on the memory is free for a window. */
export function windowAt(): usize {
  return (__heap_base + 63) & ~63;
}

/** A new document, in a window that begins at an address. */
export function begin(at: usize): void {
  base = at;
  enter(false);
  pack();
}

/** Somebody else has read a line with which a record begins, or ends. */
export function enter(now: bool): void {
  inside = now;
  whole = now;
}

/**
 * Takes lines from a position on and returns where it stopped: at a line that is for somebody else, or behind the end of a
 * record of which all was taken here and nothing is to be said; what it holds is packed.
 */
export function run(from: u32): u32 {
  let at = base + from;
  taken = 0;
  ended = false;
  store<i32>(answers, -1, 8);
  while (!ended) {
    const next = inside ? inRecord(at) : betweenRecords(at);
    if (next === 0) break;
    at = next;
  }
  store<u32>(answers, taken);
  store<u32>(answers, ended ? 1 : 0, 4);
  return <u32>(at - base);
}

/** Takes a line outside of records; the address of the next one, or 0. */
function betweenRecords(at: usize): usize {
  const key = load<u32>(at) & 0xffffff;
  if (key !== TEST_NAME && key !== SOURCE_FILE) return 0;
  const end = textEnd(at + 3);
  const next = pastLineEnd(end);
  if (next === 0) return 0;
  if (key === SOURCE_FILE) {
    if (end === at + 3 || load<u8>(at, 3) === BLANK || load<u8>(end - 1) === BLANK) return 0;
    store<u32>(answers, <u32>(at + 3 - base), 8);
    store<u32>(answers, <u32>(end - base), 12);
    store<u32>(answers, taken, 16);
    enter(true);
  }
  taken++;
  return next;
}

/** Takes a line of a record, or all DA lines that follow each other; the address of the next one, or 0. */
function inRecord(at: usize): usize {
  if (load<u8>(at) !== D) {
    const next = otherLine(at);
    if (next !== 0) taken++;
    return next;
  }
  const before = lines;
  const next = takeData(at);
  taken += lines - before;
  return next === at ? 0 : next;
}

function otherLine(at: usize): usize {
  const first: u32 = load<u8>(at);
  const isOfBranches = first === B && load<u8>(at, 1) === R;
  if (isOfBranches || (first === F && load<u8>(at, 1) === N)) {
    if (isOfBranches && load<u16>(at, 2) === HITS) return load<u8>(at, 4) === COLON ? takeBranch(at + 5) : 0;
    const next = takeSilentTotal(at + 2);
    // Who reads the rest of a record has to know all of its functions.
    return next !== 0 || isOfBranches || !whole ? next : functionLine(at);
  }
  return first === L ? takeTotal(at + 1) : recordEnd(at);
}

/** Takes a line that begins with `FN`. */
function functionLine(at: usize): usize {
  if (load<u8>(at, 2) === COLON) return takeFunction(at + 3);
  const key = load<u16>(at, 2);
  if (key === HITS) return load<u8>(at, 4) === COLON ? takeFunctionHits(at + 5) : 0;
  if (key === LINE) return takeFunctionLine(at + 4);
  return key === ALIAS ? takeAlias(at + 4) : 0;
}

/** Takes the end of a record of which nothing is to be said: it has lines, and its totals are those of them, or absent. */
function recordEnd(at: usize): usize {
  if (!whole || load<u64>(at) !== END_BEGINS || load<u64>(at, 5) !== END_ENDS || lines === 0) return 0;
  if ((found !== -1 && found !== lines) || (hit !== -1 && hit !== covered)) return 0;
  const next = pastLineEnd(at + 13);
  if (next === 0) return 0;
  pack();
  inside = false;
  ended = true;
  return next;
}

/** What was not packed yet of the open record is packed for somebody else to take, who has to read its end too. */
export function hand(): void {
  whole = false;
  pack();
}

function pack(): void {
  if (whole) endUntold();
  store<u32>(answers, lines, 20);
  store<u32>(answers, covered, 24);
  store<i32>(answers, found, 28);
  store<i32>(answers, hit, 32);
  store<u32>(answers, lineBytes, 36);
  const byNumbers = armCount > 0;
  store<u32>(answers, byNumbers ? 1 : 0, 40);
  store<u32>(answers, byNumbers ? armCount : partCount(branches), 44);
  store<u32>(answers, byNumbers ? armsCovered : partsCovered(branches), 48);
  store<u32>(answers, whole ? partCount(functions) : 0, 52);
  store<u32>(answers, whole ? partsCovered(functions) : 0, 56);
  const branchesAt = packLines(packed);
  const functionsAt = byNumbers ? packArms(branchesAt) : packParts(branches, branchesAt);
  store<u32>(answers, <u32>(functionsAt - packed), 60);
  const end = packParts(functions, functionsAt);
  // Functions of a record that somebody else ends are not told among the parts but handed over.
  store<u32>(answers, <u32>((whole ? end : functionsAt) - packed), 64);
  store<u32>(answers, tellsFunctions ? 1 : 0, 68);
  if (!whole) {
    store<u32>(answers, <u32>(end - packed), 72);
    store<u32>(answers, indexCount, 76);
    // Numbers lie at addresses of fours.
    const indexesAt = (end + 3) & ~3;
    store<u32>(answers, <u32>((indexesAt - packed) >> 2), 80);
    packIndexes(indexesAt);
  }
  forgetFunctions();
  forgetData();
  forgetTotals();
}
