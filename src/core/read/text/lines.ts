import { type Problem, refuse } from "../../model/problem.ts";
import { type Bytes, openWindow } from "./window.ts";

/** Longest line that is read. 1 Mi characters. */
const maxLine = 1 << 20;

/**
 * Reads a text line by line, with `\n` or `\r\n` at the ends, and returns the notes on its characters. `visit` gets
 * one character per byte of UTF-8, which is right for searching; `real` gives the text of the line as it is.
 * Throws InputError.
 */
export function scanLines(
  source: Bytes,
  file: string,
  visit: (line: string, number: number, real: (from: number) => string) => void,
): readonly Problem[] {
  const window = openWindow(source, file);
  let pos = window.text.charCodeAt(0) === 0xfeff ? 1 : 0;
  let number = 1;
  const take = (end: number) => {
    const { text } = window;
    const start = pos;
    const to = end > start && text.charCodeAt(end - 1) === 13 ? end - 1 : end;
    visit(text.slice(start, to), number++, (from) => window.slice(start + from, to));
    pos = end + 1;
  };
  for (;;) {
    const end = window.text.indexOf("\n", pos);
    if (end !== -1) {
      take(end);
      continue;
    }
    if (window.text.length - pos > maxLine) {
      const message = `a line is longer than the limit (${maxLine} characters)`;
      refuse({ code: "limit-size", message, at: { file, line: number } });
    }
    const grew = window.more(pos);
    pos = 0;
    if (grew) continue;
    if (window.text.length > 0) take(window.text.length);
    return window.notes;
  }
}
