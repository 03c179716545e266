import { startsWith } from "./xml-names.ts";

/** A reference to a character by its number. */
const reference = /&#(?:([0-9]{1,8})|x([0-9a-fA-F]{1,7}));/y;

const predefined: ReadonlyMap<string, string> = new Map([
  ["lt", "<"],
  ["gt", ">"],
  ["amp", "&"],
  ["quot", '"'],
  ["apos", "'"],
]);

/** Most digits of a character reference; U+10FFFF has seven, or six in base 16. */
const maxDigits = 8;

/** The names of XML's own references with their semicolons. */
const written = [...predefined.keys()].map((name) => Uint8Array.from(`${name};`, (c) => c.charCodeAt(0)));

const HASH = 35;
const X = 120;
const SEMICOLON = 59;

/** Length of the reference at a position: one of the five of XML or a character reference; 0 where there is none. */
export function referenceLength(bytes: Uint8Array, at: number): number {
  if (bytes[at + 1] === HASH) return characterLength(bytes, at);
  for (const name of written) if (startsWith(bytes, at + 1, name)) return name.length + 1;
  return 0;
}

function characterLength(bytes: Uint8Array, at: number): number {
  const base16 = bytes[at + 2] === X;
  const first = base16 ? at + 3 : at + 2;
  let end = first;
  while (isDigit(bytes[end]!, base16)) end++;
  const count = end - first;
  return count > 0 && count <= (base16 ? maxDigits - 1 : maxDigits) && bytes[end] === SEMICOLON
    ? end + 1 - at
    : 0;
}

function isDigit(c: number, base16: boolean): boolean {
  return (c >= 48 && c <= 57) || (base16 && ((c >= 65 && c <= 70) || (c >= 97 && c <= 102)));
}

/** Replaces all references; one to a character that XML forbids becomes U+FFFD, and where it stands is told. */
export function decodeReferences(text: string, forbidden: (at: number) => void): string {
  let at = text.indexOf("&");
  if (at === -1) return text;
  let decoded = "";
  let from = 0;
  for (; at !== -1; at = text.indexOf("&", from)) {
    decoded += text.slice(from, at);
    const end = text.indexOf(";", at) + 1;
    const plain = end > 0 && end - at < 7 ? predefined.get(text.slice(at + 1, end - 1)) : undefined;
    if (plain !== undefined) {
      decoded += plain;
      from = end;
      continue;
    }
    reference.lastIndex = at;
    const [whole = "&", decimal, hex] = reference.exec(text) ?? [];
    const number = decimal ?? (hex === undefined ? undefined : `0x${hex}`);
    const character = number === undefined ? whole : characterOf(Number(number));
    if (character === undefined) forbidden(at);
    decoded += character ?? "\uFFFD";
    from = at + whole.length;
  }
  return decoded + text.slice(from);
}

/** The character of a number; undefined for one that XML forbids. https://www.w3.org/TR/xml/#charsets */
function characterOf(code: number): string | undefined {
  const allowed =
    code === 0x9 ||
    code === 0xa ||
    code === 0xd ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff);
  return allowed ? String.fromCodePoint(code) : undefined;
}
