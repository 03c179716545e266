/** What the beginning of a JSON document shows, whatever the order of its keys. */
export interface Outline {
  /** Whether the document is a list. */
  readonly list: boolean;
  /** The keys of the three outermost objects, with a `*` for each object around: `files`, `*\/summary`. Lists count for nothing. */
  readonly keys: ReadonlySet<string>;
}

const none: Outline = { list: false, keys: new Set() };
const prefixes = ["", "*/", "*/*/"];

/** Outline of the beginning of a text, as far as it goes; without a key where it is no JSON. Nothing is refused here. */
export function outlineOf(text: string): Outline {
  const first = /^\s*([[{])/.exec(text)?.[1];
  if (first === undefined) return none;
  const keys = new Set<string>();
  let depth = 0;
  for (const [token, key, colon] of text.matchAll(/"([^"\\]*(?:\\.[^"\\]*)*)(?:"(\s*:)?|$)|[{}]/gs)) {
    if (token === "{") depth++;
    else if (token === "}") depth--;
    else if (colon !== undefined && depth > 0 && depth <= prefixes.length)
      keys.add(prefixes[depth - 1]! + key);
  }
  return { list: first === "[", keys };
}
