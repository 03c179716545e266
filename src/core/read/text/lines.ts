import { type Problem, refuse } from "../../model/problem.ts";
import { type Bytes, openWindow } from "./window.ts";

/** Longest line that is read. 1 Mi characters. */
const maxLine = 1 << 20;

/**
 * Takes a line that begins at a position by its bytes, where nothing else is needed: returns the position after its end,
 * or -1 to leave it to `visit`. Behind the last byte of a window stands a 0.
 */
export type TakeLine = (bytes: Uint8Array, start: number) => number;

/**
 * Reads a text line by line, with `\n` or `\r\n` at the ends, and returns the notes on its characters. `visit` gets
 * one character per byte of UTF-8, which is right for searching; `real` gives the text of the line as it is. What `take`
 * takes never becomes a text. Throws InputError.
 */
export function scanLines(
  source: Bytes,
  file: string,
  visit: (line: string, number: number, real: (from: number) => string) => void,
  take?: TakeLine,
): readonly Problem[] {
  const window = openWindow(source, file);
  let pos = 0;
  let number = 1;
  const show = (end: number) => {
    const start = pos;
    const to = end > start && window.bytes[end - 1] === 13 ? end - 1 : end;
    visit(window.raw(start, to), number++, (from) => window.slice(start + from, to));
    pos = end + 1;
  };
  if (take) window.bytesOnly();
  const lineEnd = take
    ? () => window.bytes.subarray(0, window.length).indexOf(10, pos)
    : () => window.text.indexOf("\n", pos);
  for (;;) {
    const taken = take ? take(window.bytes, pos) : -1;
    if (taken !== -1) {
      pos = taken;
      number++;
      continue;
    }
    const end = lineEnd();
    if (end !== -1) {
      show(end);
      continue;
    }
    if (window.length - pos > maxLine) {
      const message = `a line is longer than the limit (${maxLine} characters)`;
      refuse({ code: "limit-size", message, at: { file, line: number } });
    }
    const grew = window.more(pos, number);
    pos = 0;
    if (grew) continue;
    if (window.length > 0) show(window.length);
    return window.notes;
  }
}
