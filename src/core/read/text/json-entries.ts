import { refuse } from "../../model/problem.ts";
import { type Json, parseJson, refuseJson } from "./json.ts";
import { type Mark, scanJson } from "./json-scan.ts";
import { type Bytes, openWindow } from "./window.ts";

/**
 * Hands out the entries of a document that is one object, each as soon as it was read, as strictly as `readJson`: a
 * document of any size takes the memory of its largest entry. What is wrong further down shows when it is reached, so
 * nothing may be believed before the last entry. Throws InputError.
 */
export function* jsonEntries(source: Bytes, file: string): Generator<readonly [key: string, value: Json]> {
  const window = openWindow(source, file);
  const known = new Set<string>();
  let at = window.text.startsWith("\uFEFF") ? 1 : 0;

  /** Goes to the next character that is no blank; empty at the end of the document. */
  function next(): string {
    for (;;) {
      while (isBlank(window.text.charCodeAt(at))) at++;
      if (at < window.text.length) return window.text[at]!;
      const grew = window.more(at);
      at = 0;
      if (!grew) return "";
    }
  }

  function unexpected(): never {
    refuseJson(window.slice(at, window.whole(at + 12)), { file, ...window.place(at) });
  }

  function take(mark: Mark): Json {
    const scan = scanJson(window, file, 1, mark);
    let end = scan.end(at);
    while (end === -1) {
      const seen = window.text.length - at;
      const grew = window.more(at);
      at = 0;
      end = grew ? scan.end(seen) : seen;
    }
    const value = parseJson(window, file, { start: at, end, keys: scan.keys });
    at = end;
    return value;
  }

  if (next() !== "{") unexpected();
  at++;
  let c = next();
  while (c !== "}") {
    if (c !== '"') unexpected();
    const { line, column } = window.place(at);
    // What begins with a quote and can be parsed is a text.
    const key = take(":") as string;
    if (known.has(key)) {
      const message = `the key ${JSON.stringify(key).slice(0, 80)} is there twice in one object`;
      refuse({ code: "duplicate-key", message, at: { file, line, column } });
    }
    known.add(key);
    if (next() !== ":") unexpected();
    at++;
    yield [key, take(",")];
    c = next();
    if (c === ",") {
      at++;
      c = next();
      if (c === "}") unexpected();
    } else if (c !== "}") unexpected();
  }
  at++;
  if (next() !== "") unexpected();
}

function isBlank(c: number): boolean {
  return c === 0x20 || c === 0x0a || c === 0x0d || c === 0x09;
}
