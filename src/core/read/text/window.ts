import { type Problem, refuse } from "../../model/problem.ts";
import { encodingBytes, sniffEncoding } from "./encoding.ts";

/** Bytes of a file, piece by piece. A piece may be overwritten as soon as the next one is asked for. */
export type Bytes = Iterable<Uint8Array>;

/** Largest piece of a file that is held at once: one tag, one line, one JSON document. 64 MiB. */
export const maxPiece = 64 << 20;

/**
 * A moving view of a text file. `text` is what is at hand; `more` drops what was read and takes in the next piece.
 * Of UTF-8 files `text` holds one character per byte, which makes searching fast; `slice` gives the real text.
 */
export interface Window {
  text: string;
  /** Keeps what lies from `from` on, appends the next piece and resets positions: old `from` is new 0. False at the end. */
  more(from: number): boolean;
  /** The real text between two positions, independent of the window's memory. */
  slice(start: number, end: number): string;
  /** The largest position up to `end` that does not cut a character in two. */
  whole(end: number): number;
  /** Line and column of a position, from 1. */
  place(at: number): { line: number; column: number };
  /** Notes on characters that were or will be replaced; at most one for each kind. */
  readonly notes: Problem[];
}

const forbidden = /[\x00-\x08\x0b\x0c\x0e-\x1f]/;
const allForbidden = /[\x00-\x08\x0b\x0c\x0e-\x1f]/g;
const nonAscii = /[^\x00-\x7f]/;

/** Opens a view on a file. Throws InputError for an encoding that is not read and for an empty file. */
export function openWindow(source: Bytes, file: string): Window {
  const pieces = source[Symbol.iterator]();
  let bytes = new Uint8Array(1 << 17);
  let length = 0;

  const pull = (): boolean => {
    const next = pieces.next();
    if (next.done) return false;
    if (length + next.value.length > bytes.length) {
      const larger = new Uint8Array(Math.max(bytes.length * 2, length + next.value.length));
      larger.set(bytes.subarray(0, length));
      bytes = larger;
    }
    bytes.set(next.value, length);
    length += next.value.length;
    return true;
  };
  while (length < encodingBytes && pull());
  if (length === 0) {
    refuse({
      code: "empty-file",
      message: "is empty (0 bytes)",
      at: { file },
      hint: "Did the tool that writes it crash?",
    });
  }
  const encoding = sniffEncoding(bytes.subarray(0, length), file);
  bytes.copyWithin(0, encoding.skip, length);
  length -= encoding.skip;

  const utf8 = encoding.label === "utf-8";
  const decoder = new TextDecoder(utf8 ? "latin1" : encoding.label, { ignoreBOM: true });
  const details = new TextDecoder("utf-8", { ignoreBOM: true });
  const strict = new TextDecoder("utf-8", { fatal: true });
  const notes: Problem[] = [];
  let ascii = true;
  let clean = true;
  let wellFormed = true;
  let firstLine = 1;
  let columnsBefore = 0;

  const window: Window = {
    text: "",
    notes,
    more(from) {
      const { lines, last } = countLines(window.text, from);
      columnsBefore = lines === 0 ? columnsBefore + from : from - last - 1;
      firstLine += lines;
      return utf8 ? moreBytes(from) : moreText(from);
    },
    slice(start, end) {
      let text: string;
      if (utf8 && !ascii) text = details.decode(bytes.subarray(start, end));
      // A slice would keep the whole window alive for as long as it lives; joining copies.
      else
        text =
          end - start > 12 ? ` ${window.text.slice(start, end)}`.slice(1) : window.text.slice(start, end);
      return clean ? text : text.replace(allForbidden, "\uFFFD");
    },
    whole(end) {
      if (!utf8 || ascii) return end;
      let at = end;
      while (at > 0 && end - at < 3 && (bytes[at - 1]! & 0xc0) === 0x80) at--;
      return at > 0 && bytes[at - 1]! >= 0xc0 ? at - 1 : end;
    },
    place(at) {
      const { lines, last } = countLines(window.text, at);
      return { line: firstLine + lines, column: lines === 0 ? columnsBefore + at + 1 : at - last };
    },
  };

  /** UTF-8: `text` mirrors `bytes`, so that positions in one are positions in the other. */
  function moreBytes(from: number): boolean {
    bytes.copyWithin(0, from, length);
    length -= from;
    const kept = length;
    // At least as much again as was kept, so that a piece that spans many windows is not decoded over and over.
    while (length <= kept * 2 && pull());
    window.text = decoder.decode(bytes.subarray(0, length));
    inspect(kept, bytes.subarray(kept, length));
    return length > kept;
  }

  /** Other encodings: `bytes` is only a step on the way to `text`. */
  function moreText(from: number): boolean {
    const kept = window.text.slice(from);
    window.text = kept;
    do {
      window.text += decoder.decode(bytes.subarray(0, length), { stream: true });
      length = 0;
    } while (window.text.length <= kept.length * 2 && pull());
    inspect(kept.length);
    return window.text.length > kept.length;
  }

  function inspect(kept: number, fresh?: Uint8Array): void {
    if (window.text.length > maxPiece) {
      refuse({
        code: "limit-size",
        message: `holds one piece of more than ${maxPiece >> 20} MiB`,
        at: { file, line: firstLine },
        hint: "Let the tool write smaller attributes or lines.",
      });
    }
    if (fresh && (!ascii || nonAscii.test(window.text))) {
      ascii = false;
      if (wellFormed) {
        try {
          strict.decode(fresh, { stream: true });
        } catch {
          wellFormed = false;
          note("bytes that are not UTF-8 were replaced by \uFFFD", kept);
        }
      }
    }
    if (clean && forbidden.test(window.text)) {
      clean = false;
      const at = window.text.search(forbidden);
      const which = window.text.charCodeAt(at) === 0 ? "control characters (NUL)" : "control characters";
      note(`${which} that the format forbids were replaced by \uFFFD`, at);
    }
  }

  function note(message: string, at: number): void {
    notes.push({
      code: "repaired-text",
      severity: "note",
      message,
      at: { file, line: window.place(at).line },
    });
  }

  if (encoding.contradicts !== undefined) {
    notes.push({
      code: "encoding-mismatch",
      severity: "note",
      message: `declares ${encoding.contradicts} but is written one byte a character; read as UTF-8`,
      at: { file, line: 1 },
    });
  }
  if (utf8) {
    window.text = decoder.decode(bytes.subarray(0, length));
    inspect(0, bytes.subarray(0, length));
  } else {
    moreText(0);
  }
  return window;
}

function countLines(text: string, end: number): { lines: number; last: number } {
  let lines = 0;
  let last = -1;
  for (let at = text.indexOf("\n"); at !== -1 && at < end; at = text.indexOf("\n", at + 1)) {
    lines++;
    last = at;
  }
  return { lines, last };
}
