import { refuse } from "../../model/problem.ts";
import { jsonFault } from "./json-fault.ts";
import { type JsonScan, scanJson } from "./json-scan.ts";
import { findTwice } from "./json-twice.ts";
import { type Bytes, openWindow, type Window } from "./window.ts";

/** A value as JSON has it, to be narrowed by the reader. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * Reads a JSON document whole, strictly: nothing after its end, no key twice in one object (the first would be lost),
 * no nesting beyond a stated depth. Throws InputError. https://www.rfc-editor.org/rfc/rfc8259
 */
export function readJson(source: Bytes, file: string): Json {
  const window = openWindow(source, file);
  while (window.more(0, 1));
  if (window.bytes.subarray(0, window.length).every(isBlank)) {
    refuse({ code: "empty-file", message: "is empty (only blanks)", at: { file } });
  }
  const scan = scanJson(window, file, 0, ",");
  scan.end(0);
  return parseJson(window, file, { start: 0, end: window.length, scan });
}

const isBlank = (byte: number) => byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;

const forbidden = /[\x00-\x08\x0b\x0c\x0e-\x1f]/;

/** Where a value lies in the window, and what was seen on the way through it. */
export interface Extent {
  readonly start: number;
  readonly end: number;
  readonly scan: JsonScan;
}

/** Parses one value, as strictly as `readJson`. Throws InputError. */
export function parseJson(window: Window, file: string, { start, end, scan }: Extent): Json {
  // Where other text is repaired, JSON is not: a control character has to be escaped.
  const raw = window.raw(start, end);
  const text = scan.ascii() || forbidden.test(raw) ? raw : window.slice(start, end);
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    const offset = jsonFault(text);
    refuseJson(text.slice(offset), { file, ...placeIn(text, offset, window.place(start)) });
  }
  // Of a key that is there twice only the last value is left, so counting is all it takes to know.
  if (keysIn(value) !== scan.keys()) {
    const { key, offset } = findTwice(text);
    const message = `the key ${key.slice(0, 80)} is there twice in one object`;
    const at = { file, ...placeIn(text, offset, window.place(start)) };
    refuse({ code: "duplicate-key", message, at });
  }
  return value;
}

/** Refuses a document in which `rest` cannot follow what is before it. */
export function refuseJson(rest: string, at: { file: string; line: number; column: number }): never {
  const cut = !/[^ \t\r\n]/.test(rest);
  refuse({
    code: "json-syntax",
    message: cut
      ? "ends too early: the JSON document is not complete"
      : `is not JSON: unexpected ${JSON.stringify(rest.slice(0, 12))}`,
    at,
    hint: cut
      ? "The file is cut off: did the process that wrote it crash?"
      : "Let the tool write the file again.",
  });
}

/** An object's value under a key of its own; undefined for anything else. */
export function member(value: Json | undefined, key: string): Json | undefined {
  if (!isObject(value) || !Object.hasOwn(value, key)) return undefined;
  return value[key];
}

/** An object's text under a key of its own; undefined for anything else. */
export function memberText(value: Json | undefined, key: string): string | undefined {
  const found = member(value, key);
  return typeof found === "string" ? found : undefined;
}

/** An object's list under a key of its own; empty where it has none. Throws InputError where something else stands there. */
export function memberList(value: Json | undefined, key: string, file: string): readonly Json[] {
  const found = member(value, key) ?? [];
  if (Array.isArray(found)) return found as readonly Json[];
  refuse({ code: "bad-value", message: `"${key}" must be a list`, at: { file } });
}

export function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What a value is, in words: "a list", "an object", "a string". */
export function kindOf(value: Json): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "a list" : typeof value === "object" ? "an object" : `a ${typeof value}`;
}

/** Keys of all objects in a value. Recursion ends: the scan has refused deep nesting. */
function keysIn(value: Json): number {
  if (Array.isArray(value)) return (value as readonly Json[]).reduce<number>(addKeys, 0);
  if (!isObject(value)) return 0;
  // By key: to go through an object itself or its values takes the engine up to six times as long.
  const keys = Object.keys(value);
  let sum = keys.length;
  for (const key of keys) sum = addKeys(sum, value[key]!);
  return sum;
}

function addKeys(sum: number, value: Json): number {
  return typeof value === "object" ? sum + keysIn(value) : sum;
}

/** Place of an offset in a text that begins at `start`. */
function placeIn(text: string, offset: number, start: { line: number; column: number }) {
  const before = text.slice(0, offset).split("\n");
  const last = before.at(-1)!.length;
  return {
    line: start.line + before.length - 1,
    column: before.length === 1 ? start.column + last : last + 1,
  };
}
