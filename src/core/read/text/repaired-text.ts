import type { Place, Problem } from "../../model/problem.ts";
import { isUtf8 } from "./encoding.ts";

const forbidden = /[\x00-\x08\x0b\x0c\x0e-\x1f]/;
const allForbidden = /[\x00-\x08\x0b\x0c\x0e-\x1f]/g;

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * The real text of a cut of one character per byte, in which what may not be is replaced, with a note on each kind of
 * it. `bytes` are those of the cut, undefined where all of it is ASCII. Only text that is asked for comes here, so only
 * what is shown is repaired and noted.
 */
export function repairedText(
  cut: string,
  bytes: Uint8Array | undefined,
  notes: Problem[],
  at: () => Place,
): string {
  const text = bytes === undefined ? cut : decoder.decode(bytes);
  const control = forbidden.exec(text)?.[0];
  if (control !== undefined) {
    const which = control === "\0" ? "control characters (NUL)" : "control characters";
    note(`${which} that the format forbids were replaced by \uFFFD`);
  }
  if (bytes !== undefined && text.includes("\uFFFD") && !isUtf8(bytes)) {
    note("bytes that are not UTF-8 were replaced by \uFFFD");
  }
  return control === undefined ? text : text.replace(allForbidden, "\uFFFD");

  function note(message: string): void {
    if (notes.some((known) => known.message === message)) return;
    notes.push({ code: "repaired-text", severity: "note", message, at: at() });
  }
}
