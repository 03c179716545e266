import { maxMessage } from "./test-tally.ts";

/** The first line of a text that says something, of at most `most` characters. */
export function firstLine(text: string, most = maxMessage): string {
  return (/^\s*([^\r\n]*)/.exec(text)?.[1] ?? "").slice(0, most).trimEnd();
}
