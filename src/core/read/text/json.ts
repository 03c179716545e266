import { refuse } from "../../model/problem.ts";
import { jsonFault } from "./json-fault.ts";
import { scanJson } from "./json-scan.ts";
import { type Bytes, openWindow, type Window } from "./window.ts";

/** A value as JSON has it, to be narrowed by the reader. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * Reads a JSON document whole, strictly: nothing after its end, no key twice in one object (the first would be lost),
 * no nesting beyond a stated depth. Throws InputError. https://www.rfc-editor.org/rfc/rfc8259
 */
export function readJson(source: Bytes, file: string): Json {
  const window = openWindow(source, file);
  while (window.more(0));
  const start = window.text.startsWith("\uFEFF") ? 1 : 0;
  if (!/[^ \t\r\n]/.test(window.text.slice(start))) {
    refuse({ code: "empty-file", message: "is empty (only blanks)", at: { file } });
  }
  const scan = scanJson(window, file, 0, ",");
  scan.end(start);
  return parseJson(window, file, { start, end: window.text.length, keys: scan.keys });
}

const forbidden = /[\x00-\x08\x0b\x0c\x0e-\x1f]/;

/** Where a value lies in the window, and how many keys its text has. */
export interface Extent {
  readonly start: number;
  readonly end: number;
  readonly keys: number;
}

/** Parses one value, as strictly as `readJson`. Throws InputError. */
export function parseJson(window: Window, file: string, { start, end, keys }: Extent): Json {
  // Where other text is repaired, JSON is not: a control character has to be escaped.
  const raw = window.text.slice(start, end);
  const text = forbidden.test(raw) ? raw : window.slice(start, end);
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    const offset = jsonFault(text);
    refuseJson(text.slice(offset), { file, ...placeIn(text, offset, window.place(start)) });
  }
  // Of a key that is there twice only the last value is left, so counting is all it takes to know.
  if (keysIn(value) !== keys) {
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

export function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Keys of all objects in a value. Recursion ends: the scan has refused deep nesting. */
function keysIn(value: Json): number {
  let keys = 0;
  if (Array.isArray(value)) {
    for (const item of value as readonly Json[]) if (typeof item === "object") keys += keysIn(item);
  } else if (isObject(value)) {
    for (const key in value) {
      const item = value[key]!;
      keys++;
      if (typeof item === "object") keys += keysIn(item);
    }
  }
  return keys;
}

const token = /"(?:[^"\\]|\\.)*"|[{}[\]]/gs;

/** The first key of a well-formed text that its object already has. */
function findTwice(text: string): { key: string; offset: number } {
  const open: Set<string>[] = [];
  for (const { 0: found, index } of text.matchAll(token)) {
    if (found === "{" || found === "[") open.push(new Set());
    else if (found === "}" || found === "]") open.pop();
    else if (/^\s*:/.test(text.slice(index + found.length, index + found.length + 64))) {
      const keys = open.at(-1)!;
      const key = JSON.stringify(JSON.parse(found));
      if (keys.has(key)) return { key, offset: index };
      keys.add(key);
    }
  }
  throw new Error("a key was counted twice that is there once");
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
