import type { Head } from "./reader.ts";
import { type Bytes, openWindow } from "./text/window.ts";
import { localName } from "./text/xml-names.ts";

/** How much of a file decides its format. */
const headBytes = 65_536;

/** Takes the beginning of a file, and gives the file back whole. Throws InputError where nothing can be read. */
export function takeHead(source: Bytes, file: string): { head: Head; whole: Bytes } {
  const pieces = source[Symbol.iterator]();
  const taken: Uint8Array[] = [];
  let size = 0;
  while (size < headBytes) {
    const next = pieces.next();
    if (next.done) break;
    taken.push(next.value.slice());
    size += next.value.length;
  }
  const window = openWindow(taken, file);
  while (window.text.length < headBytes && window.more(0));
  const text = window.text.slice(0, headBytes).replace(/^\uFEFF/, "");
  return { head: { text, root: rootName(text) }, whole: again(taken, pieces) };
}

function* again(taken: readonly Uint8Array[], rest: Iterator<Uint8Array>): Generator<Uint8Array> {
  yield* taken;
  for (let next = rest.next(); !next.done; next = rest.next()) yield next.value;
}

/** Name of the first element, past declaration, comments and DOCTYPE. */
function rootName(text: string): string | undefined {
  const prolog =
    /^\s*(?:<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<!DOCTYPE[^>[]*(?:\[[\s\S]*?\]\s*)?>|\s)*/i.exec(text)?.[0] ?? "";
  const name = /^<([^\s/><="']+)/.exec(text.slice(prolog.length))?.[1];
  return name === undefined ? undefined : localName(name);
}
