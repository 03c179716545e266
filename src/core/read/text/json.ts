import { refuse } from "../../model/problem.ts";
import { jsonFault } from "./json-fault.ts";
import { type Bytes, openWindow } from "./window.ts";

/** Deepest nesting of a JSON document that is followed. */
const maxJsonDepth = 256;

/** A value as JSON has it, to be narrowed by the reader. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * Reads a JSON document whole, strictly: nothing after its end, no key twice in one object (the first would be lost),
 * no nesting beyond a stated depth. Throws InputError. https://www.rfc-editor.org/rfc/rfc8259
 */
export function readJson(source: Bytes, file: string): Json {
  const window = openWindow(source, file);
  while (window.more(0));
  const text = window.slice(0, window.text.length).replace(/^\uFEFF/, "");
  if (text.trim() === "") refuse({ code: "empty-file", message: "is empty (only blanks)", at: { file } });
  checkKeys(text, file);
  try {
    return JSON.parse(text) as Json;
  } catch {
    const offset = jsonFault(text);
    const cut = offset >= text.trimEnd().length;
    refuse({
      code: "json-syntax",
      message: cut
        ? "ends too early: the JSON document is not complete"
        : `is not JSON: unexpected ${shown(text, offset)}`,
      at: { file, ...place(text, offset) },
      hint: cut
        ? "The file is cut off: did the process that wrote it crash?"
        : "Let the tool write the file again.",
    });
  }
}

/** An object's value under a key of its own; undefined for anything else. */
export function member(value: Json | undefined, key: string): Json | undefined {
  if (!isObject(value) || !Object.hasOwn(value, key)) return undefined;
  return value[key];
}

export function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const token = /"(?:[^"\\]|\\.)*"|[{}[\]]/gs;

/** Walks the brackets and strings; what is not well-formed is left to JSON.parse to find. */
function checkKeys(text: string, file: string): void {
  const open: (Set<string> | null)[] = [];
  for (const match of text.matchAll(token)) {
    const [found] = match;
    if (found === "{" || found === "[") {
      open.push(found === "{" ? new Set() : null);
      if (open.length > maxJsonDepth) {
        const message = `values are nested deeper than the limit (depth ${maxJsonDepth})`;
        refuse({ code: "limit-depth", message, at: { file, ...place(text, match.index) } });
      }
    } else if (found === "}" || found === "]") open.pop();
    else {
      const keys = open.at(-1);
      if (!keys || !/^\s*:/.test(text.slice(match.index + found.length, match.index + found.length + 64)))
        continue;
      if (keys.has(found)) {
        const message = `the key ${found.slice(0, 80)} is there twice in one object`;
        refuse({ code: "duplicate-key", message, at: { file, ...place(text, match.index) } });
      }
      keys.add(found);
    }
  }
}

function place(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: before.at(-1)!.length + 1 };
}

function shown(text: string, offset: number): string {
  return JSON.stringify(text.slice(offset, offset + 12));
}
