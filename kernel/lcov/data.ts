// `DA:<line>,<count>`, the bulk of every tracefile.
import { notDigits, numberBefore } from "../digits.ts";
import { COMMA, isAboveZero, pastDigits, pastLineEnd } from "./bytes.ts";
import { addLine, mostLines } from "./lines.ts";

/** How many of them were taken in this record, and in how many the line ran. */
export let lines: u32 = 0;
export let covered: u32 = 0;

export function forgetData(): void {
  lines = 0;
  covered = 0;
}

/** `DA:` as the number that three bytes are. */
const DATA: u32 = 0x3a4144;

/** Takes all of them from an address on; the address of the first line that is none, or not so plain. */
export function takeData(from: usize): usize {
  let at = from;
  let taken: u32 = 0;
  let ran: u32 = 0;
  while ((load<u32>(at) & 0xffffff) === DATA) {
    const less = i8x16.sub(v128.load(at, 3), i8x16.splat(48));
    const others = notDigits(less);
    const comma = ctz(others);
    const end = ctz(others & (others - 1));
    // What has no room in these 16 bytes is long, but plain all the same.
    if (end > 15) {
      const past = longData(at + 3);
      if (past === 0) break;
      at = past;
      continue;
    }
    const next = pastLineEnd(at + 3 + end);
    if (load<u8>(at + 3 + comma) !== COMMA || next === 0) break;
    if (comma - 1 > 7 || end === comma + 1) break;
    const line = numberBefore(at + 3 + comma, comma);
    if (line - 1 >= mostLines - 1) break;
    const zeros = i8x16.bitmask(i8x16.eq(less, i8x16.splat(0)));
    // One bit for each digit of the count that is not 0.
    const hits = (~(zeros | others) & ((1 << end) - 1)) >> comma;
    const once: u32 = hits !== 0 ? 1 : 0;
    addLine(line, once);
    ran += once;
    taken++;
    at = next;
  }
  lines += taken;
  covered += ran;
  return at;
}

function longData(from: usize): usize {
  const comma = pastDigits(from);
  const digits = <u32>(comma - from);
  if (digits - 1 > 7 || load<u8>(comma) !== COMMA) return 0;
  const line = numberBefore(comma, digits);
  const end = pastDigits(comma + 1);
  const next = pastLineEnd(end);
  if (line - 1 >= mostLines - 1 || end === comma + 1 || next === 0) return 0;
  const once: u32 = isAboveZero(comma + 1, end) ? 1 : 0;
  addLine(line, once);
  lines++;
  covered += once;
  return next;
}
