import { stringEnd } from "./json-string.ts";

const blank = /[ \t\r\n]*/y;
const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/**
 * Position of the first character that cannot be part of a JSON document; the length of the text where it only ends
 * too early. The engine's parser does not always say. https://www.rfc-editor.org/rfc/rfc8259
 */
export function jsonFault(text: string): number {
  const open: string[] = [];
  /** What may come next: a value, a key, what follows either, or the end of an empty list or object. */
  let expected: "value" | "first value" | "key" | "first key" | "colon" | "comma" = "value";
  let at = 0;
  for (;;) {
    blank.lastIndex = at;
    blank.test(text);
    at = blank.lastIndex;
    const c = text[at];
    const around = open.at(-1);
    if (c === undefined) return text.length;
    const closes = (c === "}" && around === "{") || (c === "]" && around === "[");
    if (closes && (expected === "comma" || expected.startsWith("first"))) {
      open.pop();
      expected = "comma";
      at++;
    } else if (expected === "comma") {
      if (c !== "," || around === undefined) return at;
      expected = around === "{" ? "key" : "value";
      at++;
    } else if (expected === "colon") {
      if (c !== ":") return at;
      expected = "value";
      at++;
    } else if (expected.endsWith("value") && (c === "{" || c === "[")) {
      open.push(c);
      expected = c === "{" ? "first key" : "first value";
      at++;
    } else {
      const end = c === '"' ? stringEnd(text, at) : expected.endsWith("key") ? -1 : scalarEnd(text, at);
      if (end === -1) return at;
      at = end;
      expected = expected.endsWith("key") ? "colon" : "comma";
    }
  }
}

/** Position behind a number or a word; the length of the text where it is cut off, -1 where there is none. */
function scalarEnd(text: string, at: number): number {
  scalar.lastIndex = at;
  if (scalar.test(text)) return scalar.lastIndex;
  const rest = text.slice(at);
  return ["true", "false", "null", "-"].some((word) => word.startsWith(rest)) ? text.length : -1;
}
