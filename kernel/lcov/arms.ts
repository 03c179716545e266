// The branches of a record that are told by numbers, as long as they rise: see armsOf in src/core/model/arms.ts.
import { addPart, branches, roomyFor } from "./parts.ts";

const arms = memory.data(32768);
const armsEnd = arms + 32768;

/** Most bytes of one branch. */
const mostBytes: u32 = 15;

let end: usize = arms;
export let armCount: u32 = 0;
export let armsCovered: u32 = 0;
let lastLine: u32 = 0;
let lastBlock: u32 = 0;
let lastArm: u32 = -1;

/** Adds a branch; false where it does not rise or has no room. `ran` is 0 or 1. */
export function addArm(line: u32, block: u32, arm: u32, ran: u32): bool {
  if (end + mostBytes > armsEnd) return false;
  const further = <i32>(line - lastLine);
  const step = <i32>(block - lastBlock);
  if (further === 0 && step === 0) {
    if (<i32>arm <= <i32>lastArm) return false;
    end = put(end, ((arm - lastArm - 1) << 2) | ran);
  } else {
    if (further < 0 || (further === 0 && step < 0)) return false;
    end = put(end, ((<u32>further) << 2) | 2 | ran);
    end = put(end, step < 0 ? ((<u32>-step) << 1) | 1 : (<u32>step) << 1);
    end = put(end, arm);
  }
  lastLine = line;
  lastBlock = block;
  lastArm = arm;
  armCount++;
  armsCovered += ran;
  return true;
}

function put(at: usize, number: u32): usize {
  while (number > 127) {
    store<u8>(at++, (number & 127) | 128);
    number >>= 7;
  }
  store<u8>(at, number);
  return at + 1;
}

/** Writes the branches, forgets them, and returns the address after them. */
export function packArms(out: usize): usize {
  const length = end - arms;
  memory.copy(out, arms, length);
  forgetArms();
  return out + length;
}

function forgetArms(): void {
  end = arms;
  armCount = 0;
  armsCovered = 0;
  lastLine = 0;
  lastBlock = 0;
  lastArm = -1;
}

const spelled = memory.data(64);
let at: usize = arms;

/** Makes parts of the branches, told by their text, because now others come, or again; false where these have no room. */
export function spellArms(): bool {
  // The longest has three numbers of 8 digits, two commas, a mark and a line end.
  if (!roomyFor(branches, armCount, armCount * 28)) return false;
  let line: u32 = 0;
  let block: u32 = 0;
  let arm: u32 = -1;
  at = arms;
  while (at < end) {
    const head = number();
    if ((head & 2) === 0) arm += 1 + (head >> 2);
    else {
      line += head >> 2;
      const step = number();
      block += (step & 1) === 0 ? step >> 1 : -(step >> 1);
      arm = number();
    }
    const comma = spell(spelled, line);
    store<u8>(comma, 44);
    const second = spell(comma + 1, block);
    store<u8>(second, 44);
    addPart(branches, spelled, spell(second + 1, arm), head & 1);
  }
  forgetArms();
  return true;
}

function number(): u32 {
  let value: u32 = 0;
  let shift: u32 = 0;
  while (true) {
    const c: u32 = load<u8>(at++);
    value |= (c & 127) << shift;
    if (c < 128) return value;
    shift += 7;
  }
}

/** Writes a number in decimal digits and returns the address after it. */
function spell(to: usize, value: u32): usize {
  let digits: u32 = 1;
  for (let rest = value / 10; rest > 0; rest /= 10) digits++;
  let rest = value;
  for (let place = to + digits; place > to; rest /= 10) store<u8>(--place, 48 + (rest % 10));
  return to + digits;
}
