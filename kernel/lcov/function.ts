// `FN:<line>,<name>` and `FNDA:<count>,<name>`. Each function takes the address behind the colon and returns that of the
// next line, or 0 where the line is not plain or has no room.
import { BLANK, COMMA, isAboveZero, isDigit, pastDigits, pastLineEnd, textEnd } from "./bytes.ts";
import { addPart, functions } from "./parts.ts";

/** Takes `FN:`, where the name does not look like the end line that lcov 2 puts before it. */
export function takeFunction(from: usize): usize {
  const comma = pastDigits(from);
  if (comma === from || load<u8>(comma) !== COMMA || isDigit(load<u8>(comma + 1))) return 0;
  return called(comma + 1, 0);
}

export function takeFunctionHits(from: usize): usize {
  const comma = pastDigits(from);
  if (comma === from || load<u8>(comma) !== COMMA) return 0;
  return called(comma + 1, isAboveZero(from, comma) ? 1 : 0);
}

/** Takes a name in ASCII up to the end of its line. */
function called(from: usize, ran: u32): usize {
  const end = textEnd(from);
  const next = pastLineEnd(end);
  if (end === from || next === 0 || load<u8>(end - 1) === BLANK) return 0;
  return addPart(functions, from, end, ran) ? next : 0;
}
