import { refuse } from "../../model/problem.ts";
import type { Window } from "./window.ts";

/** Deepest nesting of a JSON document that is followed. */
const maxDepth = 256;

/** Goes through one key or value of a JSON document, over as many windows as it takes. */
export interface JsonScan {
  /** How many keys were passed, in all objects of the value together. */
  readonly keys: number;
  /** Whether all of it is ASCII. */
  readonly ascii: boolean;
  /**
   * Position of the mark that ends it, or of the bracket that ends what is around it; -1 where the window ends before.
   * Then the next call goes on with what follows. Throws InputError for values that are nested too deep.
   */
  end(from: number): number;
}

/** What follows a key, and what follows a value. */
export type Mark = ":" | ",";

const QUOTE = 0x22;
const COLON = 0x3a;
const LIST = 0x5b;
const BACKSLASH = 0x5c;
const LIST_END = 0x5d;
const OBJECT = 0x7b;
const OBJECT_END = 0x7d;

/** Begins a key or value with `depth` lists and objects around it. Whether it is well-formed is not looked at. */
export function scanJson(window: Window, file: string, depth: number, mark: Mark): JsonScan {
  const stop = mark.charCodeAt(0);
  let keys = 0;
  let open = depth;
  let quoted = false;
  let escaped = false;
  let bits = 0;
  return {
    get keys() {
      return keys;
    },
    get ascii() {
      return bits < 0x80;
    },
    end(from) {
      const { bytes, length } = window;
      for (let at = from; at < length; at++) {
        const c = bytes[at]!;
        bits |= c;
        if (quoted) {
          if (escaped) escaped = false;
          else if (c === QUOTE) quoted = false;
          else if (c === BACKSLASH) escaped = true;
        } else if (c === QUOTE) quoted = true;
        else if (c === stop && open === depth) return at;
        else if (c === COLON) keys++;
        else if (c === OBJECT || c === LIST) {
          if (++open > maxDepth) {
            const message = `values are nested deeper than the limit (depth ${maxDepth})`;
            refuse({ code: "limit-depth", message, at: { file, ...window.place(at) } });
          }
        } else if (c === OBJECT_END || c === LIST_END) {
          if (open-- === depth) return at;
        }
      }
      return -1;
    },
  };
}
