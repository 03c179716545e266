/** Bytes to a text of one character per byte. */
export type Latin1 = (bytes: Uint8Array, start: number, end: number) => string;

/** Most arguments that are given to one call. */
const slice = 8192;

/**
 * The slow way, for whoever hands in bytes without the platform's own. TextDecoder is none: what it calls latin1 is
 * windows-1252, which gives bytes from 0x80 to 0x9f characters of two bytes, and on Node 24 takes ten times as long.
 */
export const plainLatin1: Latin1 = (bytes, start, end) => {
  let text = "";
  for (let at = start; at < end; at += slice) {
    text += String.fromCharCode(...bytes.subarray(at, Math.min(at + slice, end)));
  }
  return text;
};

const nonAscii = /[^\x00-\x7f]/;

export function isAscii(text: string): boolean {
  return !nonAscii.test(text);
}

/** The bytes that a text of one character per byte stands for. */
export function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}
