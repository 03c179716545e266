import { refuse } from "../../model/problem.ts";
import type { Window } from "./window.ts";

/** Deepest nesting of a JSON document that is followed. */
const maxDepth = 256;

/** Goes through one key or value of a JSON document, over as many windows as it takes. */
export interface JsonScan {
  /** How many keys were passed, in all objects of the value together. */
  keys(): number;
  /** Whether all of it is ASCII. */
  ascii(): boolean;
  /**
   * Position of the mark that ends it, or of the bracket that ends what is around it; -1 where the window ends before.
   * Then the next call goes on with what follows. Throws InputError for values that are nested too deep.
   */
  end(from: number): number;
}

/** What follows a key, and what follows a value. */
export type Mark = ":" | ",";

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const LIST = 0x5b;
const BACKSLASH = 0x5c;
const LIST_END = 0x5d;
const OBJECT = 0x7b;
const OBJECT_END = 0x7d;

/** 1 for every byte that means nothing outside of texts. */
const plain = new Uint8Array(256).fill(1);
for (const c of [QUOTE, COMMA, COLON, LIST, LIST_END, OBJECT, OBJECT_END]) plain[c] = 0;

/** Begins a key or value with `depth` lists and objects around it. Whether it is well-formed is not looked at. */
export function scanJson(window: Window, file: string, depth: number, mark: Mark): JsonScan {
  const stop = mark.charCodeAt(0);
  let keys = 0;
  let open = depth;
  let quoted = false;
  let escaped = false;
  let bits = 0;

  /** What the loop counts is its own, because a variable that functions share is looked up in memory every time. */
  function end(from: number): number {
    const { bytes, length } = window;
    let [seen, deep] = [bits, open];
    let at = from;
    if (escaped && at < length) {
      seen |= bytes[at++]!;
      escaped = false;
    }
    for (; at < length; at++) {
      let c = bytes[at]!;
      if (quoted) {
        for (; c !== QUOTE && c !== BACKSLASH && at < length; c = bytes[++at]!) seen |= c;
        if (at >= length) break;
        if (c === QUOTE) quoted = false;
        else if (++at < length) seen |= bytes[at]!;
        else escaped = true;
        continue;
      }
      seen |= c;
      if (plain[c] === 1) continue;
      if (c === QUOTE) quoted = true;
      else if (c === stop && deep === depth) break;
      else if (c === COLON) keys++;
      else if (c === OBJECT || c === LIST) {
        if (++deep > maxDepth) {
          const message = `values are nested deeper than the limit (depth ${maxDepth})`;
          refuse({ code: "limit-depth", message, at: { file, ...window.place(at) } });
        }
      } else if ((c === OBJECT_END || c === LIST_END) && deep-- === depth) break;
    }
    [bits, open] = [seen, deep];
    return at < length ? at : -1;
  }

  return {
    keys: () => keys,
    ascii: () => bits < 0x80,
    end,
  };
}
