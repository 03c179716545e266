// `BRDA:<line>,<block>,<branch>,<taken>`; the first three are the identity of the branch.
import { numberBefore } from "../digits.ts";
import { addArm, armCount, spellArms } from "./arms.ts";
import { COMMA, isAboveZero, MINUS, pastDigits, pastLineEnd, ZERO } from "./bytes.ts";
import { addPart, branches, partCount } from "./parts.ts";

/** The number that was read last, and whether the text of all of a branch can be made again of their numbers. */
let number: u32 = 0;
let rewritable: bool = false;

/** Takes one, given the address behind the colon; 0 where it is not plain or has no room. */
export function takeBranch(from: usize): usize {
  rewritable = true;
  let at = field(from);
  if (at === 0) return 0;
  const line = number;
  at = field(at);
  if (at === 0) return 0;
  const block = number;
  at = field(at);
  if (at === 0) return 0;
  const end = load<u8>(at) === MINUS ? at + 1 : pastDigits(at);
  const next = pastLineEnd(end);
  if (end === at || next === 0) return 0;
  const ran: u32 = isAboveZero(at, end) ? 1 : 0;
  if (rewritable && partCount(branches) === 0 && addArm(line, block, number, ran)) return next;
  if (armCount > 0 && !spellArms()) return 0;
  return addPart(branches, from, at - 1, ran) ? next : 0;
}

/** Reads a number before a comma into `number` and returns the address after the comma. */
function field(from: usize): usize {
  const end = pastDigits(from);
  if (end === from || load<u8>(end) !== COMMA) return 0;
  const digits = <u32>(end - from);
  if (digits > 8 || (digits > 1 && load<u8>(from) === ZERO)) rewritable = false;
  else number = numberBefore(end, digits);
  return end + 1;
}
