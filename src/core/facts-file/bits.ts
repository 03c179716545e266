/** Digits of base64, by value. https://www.rfc-editor.org/rfc/rfc4648#section-4 */
const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

const values = new Uint8Array(128).fill(255);
for (let value = 0; value < digits.length; value++) values[digits.charCodeAt(value)] = value;

/** Bytes as base64 without padding and without the zeros at their end. */
export function packBytes(bytes: Uint8Array): string {
  let length = bytes.length;
  while (length > 0 && bytes[length - 1] === 0) length--;
  let text = "";
  for (let at = 0; at < length; at += 3) {
    const group = (bytes[at]! << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const size = Math.min(3, length - at) + 1;
    for (let i = 0; i < size; i++) text += digits[(group >> (18 - 6 * i)) & 63];
  }
  return text;
}

/** The bytes behind a text of `packBytes`; undefined for a text that it does not write. */
export function unpackBytes(text: string): Uint8Array | undefined {
  if (text.length % 4 === 1) return undefined;
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let [at, bits, kept] = [0, 0, 0];
  for (let i = 0; i < text.length; i++) {
    const value = values[text.charCodeAt(i)] ?? 255;
    if (value === 255) return undefined;
    bits = (bits << 6) | value;
    kept += 6;
    if (kept < 8) continue;
    kept -= 8;
    bytes[at++] = bits >> kept;
    bits &= (1 << kept) - 1;
  }
  return bits === 0 ? bytes : undefined;
}

/** Yes and no, eight to a byte, the first one in the lowest bit. */
export function packFlags(flags: Iterable<boolean>): string {
  const bytes: number[] = [];
  let at = 0;
  for (const flag of flags) {
    if (at % 8 === 0) bytes.push(0);
    if (flag) bytes[at >> 3]! |= 1 << (at & 7);
    at++;
  }
  return packBytes(Uint8Array.from(bytes));
}

/** Exactly `count` flags, a bit each; undefined where the text holds others. */
export function unpackFlags(text: string, count: number): Uint8Array | undefined {
  const bytes = unpackBytes(text);
  if (bytes === undefined || bytes.length > Math.ceil(count / 8)) return undefined;
  if (bytes.length * 8 > count && bytes.at(-1)! >> (count & 7) !== 0 && count % 8 !== 0) return undefined;
  const flags = new Uint8Array(Math.ceil(count / 8));
  flags.set(bytes);
  return flags;
}
