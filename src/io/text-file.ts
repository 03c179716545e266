import { readPieces } from "./report-files.ts";

const decoder = new TextDecoder();

/** UTF-8 takes up to three bytes for what counts as one character. */
const bytesPerCharacter = 3;

/** A file as text, or as much of it as it takes to see that it is longer than so many characters. Throws InputError. */
export function readTextFile(path: string, shown: string, limit: number): string {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for (const piece of readPieces(path, shown)) {
    pieces.push(piece.slice());
    bytes += piece.length;
    if (bytes > bytesPerCharacter * limit) break;
  }
  return decoder.decode(pieces.length === 1 ? pieces[0] : Buffer.concat(pieces));
}
