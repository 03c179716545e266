import { type Problem, refuse } from "../../model/problem.ts";
import { type Bytes, openWindow, type Window } from "./window.ts";

/** Longest line that is read. 1 MiB of UTF-8. */
const maxLine = 1 << 20;

/** Where the next line begins in a window, and its number. */
export interface Cursor {
  at: number;
  line: number;
}

/**
 * Moves the cursor past whole lines that it can take by their bytes, and leaves it before one that is for `visit`. Behind
 * the last byte of a window stands a 0. False as long as it takes none, so that all are for `visit`.
 */
export type TakeLines = (window: Window, cursor: Cursor) => boolean;

/**
 * Reads a text line by line, with `\n` or `\r\n` at the ends, and returns the notes on its characters. `visit` gets
 * one character per byte of UTF-8, which is right for searching; `real` gives the text of the line as it is. What `take`
 * takes never becomes a text. Throws InputError.
 */
export function scanLines(
  source: Bytes,
  file: string,
  visit: (line: string, number: number, real: (from: number) => string) => void,
  take?: TakeLines,
): readonly Problem[] {
  const window = openWindow(source, file);
  const cursor: Cursor = { at: 0, line: 1 };
  const show = (end: number) => {
    const start = cursor.at;
    if (end - start > maxLine) tooLong();
    const to = end > start && window.bytes[end - 1] === 13 ? end - 1 : end;
    visit(window.raw(start, to), cursor.line++, (from) => window.slice(start + from, to));
    cursor.at = end + 1;
  };
  const tooLong = () => {
    const message = `a line is longer than the limit (${maxLine} bytes)`;
    refuse({ code: "limit-size", message, at: { file, line: cursor.line } });
  };
  const lineEnd = () => {
    if (take?.(window, cursor)) {
      window.bytesOnly();
      return window.bytes.subarray(0, window.length).indexOf(10, cursor.at);
    }
    window.withText();
    return window.text.indexOf("\n", cursor.at);
  };
  for (;;) {
    const end = lineEnd();
    if (end !== -1) {
      show(end);
      continue;
    }
    if (window.length - cursor.at > maxLine) tooLong();
    const grew = window.more(cursor.at, cursor.line);
    cursor.at = 0;
    if (grew) continue;
    if (window.length > 0) show(window.length);
    return window.notes;
  }
}
