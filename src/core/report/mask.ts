import { tokenShapes } from "./token-shapes.ts";

/** Replaces every secret in a text. What is masked stays masked however the text is cut afterwards. */
export type Mask = (text: string) => string;

/** What stands in place of a secret, as in the logs of GitHub. */
const stars = "***";

/**
 * Readers cut long texts before anything is masked, so that one can end inside of a secret. So many characters make a text
 * long, and so many of a known secret at its end are masked.
 */
const longText = 200;
const leastTail = 6;

// One by one, because an engine looks for one fixed beginning ten times faster than for any of twenty.
const shapes = tokenShapes.map(({ begin, body, least }) => new RegExp(`(?:${begin})${body}{${least},}`, "g"));

/** Almost no text holds a beginning of them, and to ask once is less work than to look twenty times. */
const anyBegin = new RegExp(tokenShapes.map(({ begin }) => begin).join("|"));

/** What a shape may begin with at the end of a text lies in its last characters: more of it is found by `shapes`. */
const tailLength = 300;
const tailShapes = new RegExp(
  `(?:${tokenShapes.map(({ begin, body }) => `(?:${begin})${body}*`).join("|")})$`,
);

/** A private key in PEM, to its end or to that of the text. https://www.rfc-editor.org/rfc/rfc7468 */
const privateKey =
  /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY[A-Z ]{0,10}-----[\s\S]*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY[A-Z ]{0,10}-----|$)/g;

/** The password in an address: `scheme://user:password@host`. https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1 */
const password = /(\w:\/\/[^\s/:@]{0,100}:)[^\s/@]{1,500}(?=@)/g;

/**
 * A mask for everything that has the form of a secret, and for values that are known to be one. Of a known value its first
 * half is enough, because what shows it may have cut it.
 */
export function createMask(values: readonly string[]): Mask {
  const known = maskOfValues(values);
  return (text) => {
    let masked = text;
    if (anyBegin.test(text)) {
      for (const shape of shapes) masked = masked.replace(shape, stars);
      if (text.length >= longText) {
        const tail = masked.slice(-tailLength);
        const shown = tail.replace(tailShapes, stars);
        if (shown !== tail) masked = masked.slice(0, -tailLength) + shown;
      }
    }
    if (masked.includes("-----BEGIN")) masked = masked.replace(privateKey, stars);
    if (masked.includes("://")) masked = masked.replace(password, `$1${stars}`);
    return known(masked);
  };
}

function maskOfValues(values: readonly string[]): Mask {
  if (values.length === 0) return (text) => text;
  const needles = values.map((value) => value.slice(0, needleLength(value)));
  const longestFirst = [...new Set(needles)].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(longestFirst.map(literal).join("|"), "g");
  const tails = new Map<string, string[]>();
  for (const value of values) {
    const tail = value.slice(0, leastTail);
    tails.set(tail, [...(tails.get(tail) ?? []), value]);
  }
  const longestTail = Math.max(...values.map(needleLength));
  return (text) => (text.length < longText ? withoutValues(text) : withoutTail(withoutValues(text)));

  function withoutValues(text: string): string {
    let masked = "";
    let from = 0;
    pattern.lastIndex = 0;
    for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
      const start = match.index;
      const shown = Math.max(...values.map((value) => shownOf(value, text, start)));
      masked += text.slice(from, start) + stars;
      from = start + shown;
      pattern.lastIndex = from;
    }
    return from === 0 ? text : masked + text.slice(from);
  }

  function withoutTail(text: string): string {
    for (let at = Math.max(0, text.length - longestTail); at <= text.length - leastTail; at++) {
      const rest = text.slice(at);
      if (tails.get(rest.slice(0, leastTail))?.some((value) => value.startsWith(rest)))
        return text.slice(0, at) + stars;
    }
    return text;
  }
}

/** How many characters of a value suffice to know it again. */
function needleLength(value: string): number {
  return Math.max(Math.min(8, value.length), Math.ceil(value.length / 2));
}

/** How many characters of a value stand at a place of a text; 0 when too few to know it again. */
function shownOf(value: string, text: string, start: number): number {
  let length = 0;
  while (length < value.length && value[length] === text[start + length]) length++;
  return length >= needleLength(value) ? length : 0;
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
}
