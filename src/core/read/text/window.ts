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
  /** The real text between two positions. It keeps the window's memory alive: what stays is to be `detached`. */
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
const suspect = /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffd]/;
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
  const notes: Problem[] = [];
  let firstLine = 1;
  let columnsBefore = 0;
  let seenTo = 0;
  let seenLines = 0;
  let seenLast = -1;

  const window: Window = {
    text: "",
    notes,
    more(from) {
      const { line, column } = window.place(from);
      [firstLine, columnsBefore] = [line, column - 1];
      [seenTo, seenLines, seenLast] = [0, 0, -1];
      return utf8 ? moreBytes(from) : moreText(from);
    },
    slice(start, end) {
      const raw = window.text.slice(start, end);
      const text = utf8 && nonAscii.test(raw) ? details.decode(bytes.subarray(start, end)) : raw;
      return suspect.test(text) ? repaired(text, start, end) : text;
    },
    whole(end) {
      if (!utf8) return end;
      let at = end;
      while (at > 0 && end - at < 3 && (bytes[at - 1]! & 0xc0) === 0x80) at--;
      return at > 0 && bytes[at - 1]! >= 0xc0 ? at - 1 : end;
    },
    place(at) {
      // Places are asked for in order, so counting goes on from the last one.
      if (at < seenTo) [seenTo, seenLines, seenLast] = [0, 0, -1];
      const { lines, last } = countLines(window.text, seenTo, at);
      [seenTo, seenLines] = [at, seenLines + lines];
      if (lines > 0) seenLast = last;
      const column = seenLines === 0 ? columnsBefore + at + 1 : at - seenLast;
      return { line: firstLine + seenLines, column };
    },
  };

  /** Only text that is asked for is looked at, so only what is shown is repaired and noted. */
  function repaired(text: string, start: number, end: number): string {
    const control = forbidden.exec(text)?.[0];
    if (control !== undefined) {
      const which = control === "\0" ? "control characters (NUL)" : "control characters";
      note(`${which} that the format forbids were replaced by \uFFFD`, start);
    }
    if (utf8 && text.includes("\uFFFD") && !isUtf8(bytes.subarray(start, end))) {
      note("bytes that are not UTF-8 were replaced by \uFFFD", start);
    }
    return control === undefined ? text : text.replace(allForbidden, "\uFFFD");
  }

  /** UTF-8: `text` mirrors `bytes`, so that positions in one are positions in the other. */
  function moreBytes(from: number): boolean {
    bytes.copyWithin(0, from, length);
    length -= from;
    const kept = length;
    // At least as much again as was kept, so that a piece that spans many windows is not decoded over and over.
    while (length <= kept * 2 && pull());
    window.text = decoder.decode(bytes.subarray(0, length));
    checkSize();
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
    checkSize();
    return window.text.length > kept.length;
  }

  function checkSize(): void {
    if (window.text.length <= maxPiece) return;
    refuse({
      code: "limit-size",
      message: `holds one piece of more than ${maxPiece >> 20} MiB`,
      at: { file, line: firstLine },
      hint: "Let the tool write smaller attributes or lines.",
    });
  }

  function note(message: string, at: number): void {
    if (notes.some((known) => known.message === message)) return;
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
      message: `declares ${encoding.contradicts}, which its bytes are not; read as UTF-8`,
      at: { file, line: 1 },
    });
  }
  if (utf8) {
    window.text = decoder.decode(bytes.subarray(0, length));
  } else {
    moreText(0);
  }
  return window;
}

function countLines(text: string, from: number, end: number): { lines: number; last: number } {
  let lines = 0;
  let last = -1;
  for (let at = text.indexOf("\n", from); at !== -1 && at < end; at = text.indexOf("\n", at + 1)) {
    lines++;
    last = at;
  }
  return { lines, last };
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** A copy that does not keep the window alive, as a slice of it would. */
export function detached(text: string): string {
  return ` ${text}`.slice(1);
}
