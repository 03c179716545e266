import { refuse } from "../../model/problem.ts";
import { type Json, parseJson, refuseJson } from "./json.ts";
import { type Mark, scanJson } from "./json-scan.ts";
import { type Bytes, openWindow, type Window } from "./window.ts";

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const LIST = 0x5b;
const OBJECT = 0x7b;
const OBJECT_END = 0x7d;

/** Where a document is read. */
interface Cursor {
  readonly window: Window;
  readonly file: string;
  at: number;
}

/**
 * Hands out the entries of a document that is one object, each as soon as it was read, as strictly as `readJson`: a
 * document of any size takes the memory of its largest entry. What is wrong further down shows when it is reached, so
 * nothing may be believed before it returns. Throws InputError. No generator: Maglev, a compiler in Node 24, mixes up
 * variables that a generator shares with functions inside it.
 */
export function eachEntry(source: Bytes, file: string, visit: (key: string, value: Json) => void): void {
  const cursor: Cursor = { window: openWindow(source, file), file, at: 0 };
  const known = new Set<string>();
  if (next(cursor) === LIST) {
    const message = "is a list, and should be one object with an entry for each source file";
    const hint = "Join the entries of its objects in one object.";
    refuse({ code: "bad-value", message, at: { file, ...cursor.window.place(cursor.at) }, hint });
  }
  step(cursor, OBJECT);
  if (next(cursor) === OBJECT_END) step(cursor, OBJECT_END);
  else {
    do {
      const key = takeKey(cursor, known);
      step(cursor, COLON);
      visit(key, take(cursor, ","));
    } while (goesOn(cursor));
  }
  if (next(cursor) !== undefined) unexpected(cursor);
}

/** Steps over the comma before another entry, or over the end of the object. */
function goesOn(cursor: Cursor): boolean {
  const comma = next(cursor) === COMMA;
  step(cursor, comma ? COMMA : OBJECT_END);
  return comma;
}

function takeKey(cursor: Cursor, known: Set<string>): string {
  if (next(cursor) !== QUOTE) unexpected(cursor);
  const place = cursor.window.place(cursor.at);
  // What begins with a quote and can be parsed is a text.
  const key = take(cursor, ":") as string;
  if (known.has(key)) {
    const message = `the key ${JSON.stringify(key).slice(0, 80)} is there twice in one object`;
    refuse({ code: "duplicate-key", message, at: { file: cursor.file, ...place } });
  }
  known.add(key);
  return key;
}

/** Takes a key or value up to the mark behind it, or the bracket that ends the object. */
function take(cursor: Cursor, mark: Mark): Json {
  const { window, file } = cursor;
  const scan = scanJson(window, file, 1, mark);
  let end = scan.end(cursor.at);
  while (end === -1) {
    const seen = window.length - cursor.at;
    const grew = window.more(cursor.at);
    cursor.at = 0;
    end = grew ? scan.end(seen) : seen;
  }
  const value = parseJson(window, file, { start: cursor.at, end, scan });
  cursor.at = end;
  return value;
}

function step(cursor: Cursor, expected: number): void {
  if (next(cursor) !== expected) unexpected(cursor);
  cursor.at++;
}

/** Goes to the next character that is no blank; undefined at the end of the document. */
function next(cursor: Cursor): number | undefined {
  const { window } = cursor;
  for (;;) {
    while (isBlank(window.bytes[cursor.at])) cursor.at++;
    if (cursor.at < window.length) return window.bytes[cursor.at];
    const grew = window.more(cursor.at);
    cursor.at = 0;
    if (!grew) return undefined;
  }
}

function isBlank(c: number | undefined): boolean {
  return c === 0x20 || c === 0x0a || c === 0x0d || c === 0x09;
}

function unexpected({ window, file, at }: Cursor): never {
  refuseJson(window.slice(at, window.whole(at + 12)), { file, ...window.place(at) });
}
