import type { Bytes } from "./window.ts";

/** Bytes that pass by, and whether the last line that passed has its end: where it has none, a file was cut off. */
export interface Watched {
  readonly bytes: Bytes;
  ended(): boolean;
}

/** Line feed and carriage return, and the zero byte that may follow them in UTF-16. */
const ends = new Set([0, 10, 13]);

export function watchLastLine(source: Bytes): Watched {
  let last = 10;
  const bytes = (function* () {
    for (const piece of source) {
      last = piece.at(-1) ?? last;
      yield piece;
    }
  })();
  return { bytes, ended: () => ends.has(last) };
}
