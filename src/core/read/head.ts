import type { Head } from "./reader.ts";
import { outlineOf } from "./text/json-outline.ts";
import type { Window } from "./text/window.ts";
import { localName } from "./text/xml-names.ts";

/** How much of a file decides its format. */
const headBytes = 65_536;

/** Looks at the beginning of a file. Throws InputError where nothing can be read. */
export function takeHead(window: Window): Head {
  while (window.length < headBytes && window.more(0, 1));
  const text = window.raw(0, Math.min(window.length, headBytes));
  return { text, root: rootName(text), json: outlineOf(text) };
}

/** Name of the root element where very little of the file shows it. */
export function rootAtOnce({ beginning }: Window): string | undefined {
  const name = rootName(beginning);
  return name === undefined || beginning.endsWith(name) ? undefined : name;
}

/** Name of the first element, past declaration, comments and DOCTYPE. */
function rootName(text: string): string | undefined {
  const prolog =
    /^\s*(?:<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<!DOCTYPE[^>[]*(?:\[[\s\S]*?\]\s*)?>|\s)*/i.exec(text)?.[0] ?? "";
  const name = /^<([^\s/><="']+)/.exec(text.slice(prolog.length))?.[1];
  return name === undefined ? undefined : localName(name);
}
