import type { Place, Problem } from "../../model/problem.ts";

const forbidden = /[\x01-\x08\x0b\x0c\x0e-\x1f]/;
const allForbidden = /[\x00-\x08\x0b\x0c\x0e-\x1f]/g;

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const encoder = new TextEncoder();

/**
 * The real text of a cut of one character per byte, in which what may not be is replaced, with a note on each kind of
 * it. `bytes` are those of the cut, undefined where all of it is ASCII; `at` says where a byte of it is. Only text that is
 * asked for comes here, so only what is shown is repaired and noted.
 */
export function repairedText(
  cut: string,
  bytes: Uint8Array | undefined,
  notes: Problem[],
  at: (offset: number) => Place,
): string {
  const text = bytes === undefined ? cut : decoder.decode(bytes);
  const [nul, control] = [cut.indexOf("\0"), cut.search(forbidden)];
  if (nul !== -1) noteReplaced(notes, "control characters (NUL) that the format forbids", () => at(nul));
  if (control !== -1) noteReplaced(notes, "control characters that the format forbids", () => at(control));
  const wrong = bytes === undefined ? -1 : notUtf8(text, bytes);
  if (wrong !== -1) noteReplaced(notes, "bytes that are not UTF-8", () => at(wrong));
  return nul === -1 && control === -1 ? text : text.replace(allForbidden, "\uFFFD");
}

/** Adds a note that something was replaced, once for each kind of it. */
function noteReplaced(notes: Problem[], what: string, at: () => Place): void {
  const message = `${what} were replaced by \uFFFD`;
  if (notes.some((known) => known.message === message)) return;
  notes.push({ code: "repaired-text", severity: "note", message, at: at() });
}

/** Adds a note on references to characters that may not be there. */
export function noteReferences(notes: Problem[], at: () => Place): void {
  noteReplaced(notes, "references to characters that the format forbids", at);
}

/** Position of the first byte that is no UTF-8, given what was made of the bytes; -1 where there is none. */
function notUtf8(text: string, bytes: Uint8Array): number {
  let at = 0;
  for (let from = 0; ; from++) {
    const next = text.indexOf("\uFFFD", from);
    if (next === -1) return -1;
    at += encoder.encode(text.slice(from, next)).length;
    // What the decoder puts in place of wrong bytes can also be written as such.
    if (bytes[at] !== 0xef || bytes[at + 1] !== 0xbf || bytes[at + 2] !== 0xbd) return at;
    at += 3;
    from = next;
  }
}
