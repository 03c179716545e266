import { type Problem, refuse } from "../../model/problem.ts";
import { encodingBytes, sniffEncoding, transcode } from "./encoding.ts";
import { countLines, type Ground, plainGround } from "./ground.ts";
import { bytesOf, isAscii, type Latin1, plainLatin1 } from "./latin1.ts";
import { createPlaces, type LineAndColumn } from "./places.ts";
import { repairedText } from "./repaired-text.ts";

/**
 * Bytes of a file, piece by piece. A piece may be overwritten as soon as the next one is asked for. Whoever asks may offer
 * room for it, in which it then lies if there is enough.
 */
export interface Pieces {
  [Symbol.iterator](): Iterator<Uint8Array, unknown, Uint8Array | undefined>;
  /** The platform's own way to text, where there is one. */
  readonly latin1?: Latin1;
  /** How many bytes must be at hand for the kernel of the XML scanner to take over, if not as usual. */
  readonly kernelFrom?: number;
}

/** What a reader reads: the bytes of a file, or a window that was opened on them and still is at the beginning. */
export type Bytes = Pieces | Window;

/** Largest piece of a file that is held at once: one tag, one line, one JSON document. 64 MiB. */
export const maxPiece = 64 << 20;

/**
 * A moving view of a text file, as UTF-8 whatever its encoding. `bytes` up to `length`, with a 0 behind them, and
 * `text` with one character per byte are the same: single characters are looked at in `bytes` and searched for in
 * `text`, each of which is much faster there. `slice` gives the real text. There is `text` only for who asks for it by
 * `withText`.
 */
export interface Window {
  bytes: Uint8Array;
  length: number;
  text: string;
  /** What `text` begins with where the window was opened. At least 1024 characters, if there are so many. */
  beginning: string;
  /**
   * Keeps what lies from `from` on, appends the next piece and resets positions: old `from` is new 0. False at the end.
   * `line` is the line that begins at `from`, where one begins there and its number is known.
   */
  more(from: number, line?: number): boolean;
  /** There is `text` of the piece at hand and of all to come. */
  withText(): void;
  /** From the next piece on there is no `text` any more, but for what is asked of `raw`. */
  bytesOnly(): void;
  /** The memory that it lies in. */
  ground: Ground;
  /** Lies in this memory from now on. */
  moveTo(ground: Ground): void;
  /** What `text` holds between two positions. */
  raw(start: number, end: number): string;
  /** The real text between two positions. It keeps the window's memory alive: what stays is to be `detached`. */
  slice(start: number, end: number): string;
  /** The real text of a cut of `text` that was made earlier, on a line that may be known. */
  real(cut: string, line?: () => number): string;
  /** The largest position up to `end` that does not cut a character in two. */
  whole(end: number): number;
  /** Line and column of a position, from 1. Columns count bytes. */
  place(at: number): LineAndColumn;
  /** Lets go of the file, and of the memory for the next one. Nothing of the window may be used afterwards. */
  close(): void;
  /** Path of the file, as shown. */
  file: string;
  /** Notes on characters that were or will be replaced; at most one for each kind. */
  notes: Problem[];
  /** See `Pieces`. */
  kernelFrom: number | undefined;
}

/** Most memory that is kept for the next file. 1 MiB. */
const mostKept = 1 << 20;

/** A window that was closed, with its memory: thousands of small files need no more than one of them. */
let spare: Opening | undefined;

/** Opens a view on a file. Throws InputError for an encoding that is not read and for an empty file. */
export function openWindow(source: Bytes, file: string): Window {
  if ("more" in source) return source;
  const window = spare ?? createWindow();
  spare = undefined;
  try {
    window.open(source, file);
  } catch (error) {
    window.close();
    throw error;
  }
  return window;
}

interface Opening extends Window {
  /** Takes in the beginning of a file, finds out the encoding by it, and goes on in UTF-8. */
  open(source: Pieces, file: string): void;
}

function createWindow(): Opening {
  let latin1 = plainLatin1;
  /** The file, and what comes of it as UTF-8; the first is undefined where none is open. */
  let given: Iterator<Uint8Array, unknown, Uint8Array | undefined> | undefined;
  let pieces: Iterator<Uint8Array, unknown, Uint8Array | undefined>;
  let withText = false;
  const ground = plainGround();
  const places = createPlaces(
    (from, end) =>
      window.ground.countLines?.(from, end) ??
      countLines(window.text || window.raw(0, window.length), from, end),
  );

  const window: Opening = {
    bytes: ground.room(1),
    length: 0,
    text: "",
    beginning: "",
    ground,
    file: "",
    notes: [],
    kernelFrom: undefined,
    open(source, file) {
      window.file = file;
      latin1 = source.latin1 ?? plainLatin1;
      given = source[Symbol.iterator]();
      pieces = given;
      places.begin(1, 0);
      withText = false;
      window.length = 0;
      window.text = "";
      window.notes = [];
      window.kernelFrom = source.kernelFrom;
      while (window.length < encodingBytes && pull());
      if (window.length === 0) {
        const hint = "Did the tool that writes it crash?";
        refuse({ code: "empty-file", message: "is empty (0 bytes)", at: { file }, hint });
      }
      follow();
      decode();
    },
    more(from, begun) {
      const { line, column } = begun === undefined ? window.place(from) : { line: begun, column: 1 };
      places.begin(line, column - 1);
      if (from > 0) window.bytes.copyWithin(0, from, window.length + 1);
      window.length -= from;
      const kept = window.length;
      // At least as much again as was kept, so that a piece that spans many windows is not decoded over and over.
      while (window.length <= kept * 2 && pull());
      const grew = window.length > kept;
      if (grew || from > 0) follow();
      return grew;
    },
    withText() {
      withText = true;
      if (window.text === "") follow();
    },
    bytesOnly() {
      withText = false;
    },
    moveTo(other) {
      const { bytes, length } = window;
      window.ground = other;
      window.bytes = other.room(length + 1);
      window.bytes.set(bytes.subarray(0, length + 1));
    },
    raw(start, end) {
      return window.text === "" ? latin1(window.bytes, start, end) : window.text.slice(start, end);
    },
    slice(start, end) {
      const cut = window.raw(start, end);
      const bytes = isAscii(cut) ? undefined : window.bytes.subarray(start, end);
      const at = (offset: number) => ({ file: window.file, line: window.place(start + offset).line });
      return repairedText(cut, bytes, window.notes, at);
    },
    real(cut, line) {
      const { file } = window;
      const at = line === undefined ? () => ({ file }) : () => ({ file, line: line() });
      return repairedText(cut, isAscii(cut) ? undefined : bytesOf(cut), window.notes, at);
    },
    whole(end) {
      const { bytes } = window;
      let at = end;
      while (at > 0 && end - at < 3 && (bytes[at - 1]! & 0xc0) === 0x80) at--;
      return at > 0 && bytes[at - 1]! >= 0xc0 ? at - 1 : end;
    },
    place: (at) => places.of(at),
    close() {
      if (given === undefined) return;
      given.return?.();
      given = undefined;
      if (window.bytes.length <= mostKept) spare = window;
    },
  };

  function pull(): boolean {
    const room = window.bytes.subarray(window.length, -1);
    const next = pieces.next(room);
    if (next.done) return false;
    const longer = window.length + next.value.length;
    if (longer >= window.bytes.length)
      window.bytes = window.ground.room(Math.max(window.bytes.length * 2, longer + 1));
    if (next.value.byteOffset !== room.byteOffset || next.value.buffer !== room.buffer)
      window.bytes.set(next.value, window.length);
    window.bytes[longer] = 0;
    window.length = longer;
    return true;
  }

  /** Lets `text` follow `bytes`. */
  function follow(): void {
    window.text = withText ? latin1(window.bytes, 0, window.length) : "";
    if (window.length <= maxPiece) return;
    refuse({
      code: "limit-size",
      message: `holds one piece of more than ${maxPiece >> 20} MiB`,
      at: { file: window.file, line: places.of(0).line },
      hint: "Let the tool write smaller attributes or lines.",
    });
  }

  function decode(): void {
    const { bytes, length, file } = window;
    begin();
    const { label, skip, contradicts } = sniffEncoding(bytes, length, window.beginning, file);
    if (label !== "utf-8") {
      pieces = transcode(bytes.slice(skip, length), pieces, label);
      window.length = 0;
      while (window.length === 0 && pull());
      begin();
    } else if (skip > 0) {
      bytes.copyWithin(0, skip, length + 1);
      window.length -= skip;
      begin();
    }
    if (contradicts === undefined) return;
    window.notes.push({
      code: "encoding-mismatch",
      severity: "note",
      message: `declares ${contradicts}, which its bytes are not; read as UTF-8`,
      at: { file, line: 1 },
    });
  }

  function begin(): void {
    window.beginning = window.raw(0, Math.min(window.length, encodingBytes));
  }

  return window;
}

/** A copy that does not keep the window alive, as a slice of it would. */
export function detached(text: string): string {
  return ` ${text}`.slice(1);
}
