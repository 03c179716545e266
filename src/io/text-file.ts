import { readPieces } from "./report-files.ts";

/** A file as text, or as much of it as it takes to see that it is longer than so many characters. Throws InputError. */
export function readTextFile(path: string, shown: string, limit: number): string {
  const decoder = new TextDecoder();
  let text = "";
  for (const piece of readPieces(path, shown)) {
    text += decoder.decode(piece, { stream: true });
    if (text.length > limit) break;
  }
  return text + decoder.decode();
}
