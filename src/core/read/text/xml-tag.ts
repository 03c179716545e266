import type { Window } from "./window.ts";
import { decodeReferences } from "./xml-entities.ts";

/** Most attributes that one element may have. */
export const maxAttributes = 256;

/** Longest attribute value that is handed out; the rest is counted by nobody. 64 Ki characters. */
const maxValue = 65_536;

/** A start tag, valid until the event handler returns. */
export interface Tag {
  /** The value of an attribute, decoded; undefined where it is absent. Prefixed attributes are not found. */
  attribute(name: string): string | undefined;
  /** The same without decoding, for values that are rarely looked at; `attributeText` decodes it. */
  raw(name: string): string | undefined;
  /** Line of the tag, from 1. */
  line(): number;
  /** Whether the element ends here: `<a/>`. */
  empty: boolean;
}

/** The start tag that a scanner fills again and again: four positions for each attribute, no object. */
export interface TagBuffer extends Tag {
  start: number;
  count: number;
  /** Name start, name end, value start, value end, for each attribute. */
  readonly spans: Int32Array;
  /** Whether an attribute is there twice. */
  repeats(text: string): boolean;
}

export function createTag(window: Window): TagBuffer {
  const spans = new Int32Array(maxAttributes * 4);
  const tag: TagBuffer = {
    start: 0,
    count: 0,
    spans,
    empty: false,
    attribute(name) {
      const value = tag.raw(name);
      return value === undefined ? undefined : attributeText(value);
    },
    raw(name) {
      const { text } = window;
      for (let i = 0; i < tag.count * 4; i += 4) {
        const from = spans[i]!;
        if (spans[i + 1]! - from !== name.length || !text.startsWith(name, from)) continue;
        const [start, end] = [spans[i + 2]!, spans[i + 3]!];
        return window.slice(start, end - start > maxValue ? window.whole(start + maxValue) : end);
      }
      return undefined;
    },
    line: () => window.place(tag.start).line,
    repeats(text) {
      for (let i = 4; i < tag.count * 4; i += 4) {
        const from = spans[i]!;
        const length = spans[i + 1]! - from;
        for (let j = 0; j < i; j += 4) {
          if (spans[j + 1]! - spans[j]! !== length || text.charCodeAt(spans[j]!) !== text.charCodeAt(from))
            continue;
          if (text.startsWith(text.slice(from, from + length), spans[j]!)) return true;
        }
      }
      return false;
    },
  };

  return tag;
}

/** An attribute value as it is meant: references decoded, line ends and tabs as blanks. */
export function attributeText(raw: string): string {
  const text = decodeReferences(raw);
  return /[\t\n\r]/.test(text) ? text.replace(/\r\n|[\t\n\r]/g, " ") : text;
}
