import type { Window } from "./window.ts";

const [LF, CR] = [10, 13];

/** Whether the last line of a text that was read to its end has an end: where it has none, a file was cut off. */
export function lastLineEnds({ bytes, length }: Window): boolean {
  return length === 0 || bytes[length - 1] === LF || bytes[length - 1] === CR;
}
