/** What the beginning of a JSON document shows, whatever the order of its keys. */
export interface Outline {
  /** Whether the document is a list. */
  readonly list: boolean;
  /** The keys of the three outermost objects, with a `*` for each object around: `files`, `*\/summary`. Lists count for nothing. */
  readonly keys: ReadonlySet<string>;
}

const none: Outline = { list: false, keys: new Set() };
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OBJECT = 0x7b;
const OBJECT_END = 0x7d;
const prefixes = ["", "*/", "*/*/"];

/** Outline of the beginning of a text, as far as it goes; without a key where it is no JSON. Nothing is refused here. */
export function outlineOf(text: string): Outline {
  const first = /^\s*([[{])/.exec(text)?.[1];
  if (first === undefined) return none;
  const keys = new Set<string>();
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const c = text.charCodeAt(at);
    if (c === OBJECT) depth++;
    else if (c === OBJECT_END) depth--;
    else if (c === QUOTE) {
      const end = stringEnd(text, at + 1);
      if (depth > 0 && depth <= prefixes.length && isKey(text, end))
        keys.add(prefixes[depth - 1]! + text.slice(at + 1, end));
      at = end;
    }
  }
  return { list: first === "[", keys };
}

/** Position of the quote that ends a string; that of the end where the text is over before. */
function stringEnd(text: string, from: number): number {
  let end = text.indexOf('"', from);
  while (end !== -1 && isEscaped(text, from, end)) end = text.indexOf('"', end + 1);
  return end === -1 ? text.length : end;
}

function isEscaped(text: string, from: number, quote: number): boolean {
  let at = quote;
  while (at > from && text.charCodeAt(at - 1) === BACKSLASH) at--;
  return (quote - at) % 2 === 1;
}

/** Whether a colon follows the string that ends at a position. */
function isKey(text: string, end: number): boolean {
  colon.lastIndex = end + 1;
  return colon.test(text);
}

const colon = /\s*:/y;
