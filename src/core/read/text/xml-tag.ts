import { decimal } from "./numbers.ts";
import { noteReferences } from "./repaired-text.ts";
import type { Window } from "./window.ts";
import { decodeReferences } from "./xml-entities.ts";
import { type Name, noName } from "./xml-names.ts";

/** Most attributes that one element may have. */
export const maxAttributes = 256;

/** Longest attribute value that is handed out; the rest is counted by nobody. 64 Ki characters. */
const maxValue = 65_536;

/** A start tag, valid until the event handler returns. Prefixed attributes are not found. */
export interface Tag {
  has(name: string): boolean;
  /** The value of an attribute, decoded; undefined where it is absent. */
  attribute(name: string): string | undefined;
  /** Whether the value of an attribute is this text in printable ASCII. No text is made to find out. */
  is(name: string, text: string): boolean;
  /**
   * Copies the value of an attribute, in printable ASCII without references, and returns the position after the copy;
   * -1 where it is absent, written otherwise or longer than `maxPlain`.
   */
  copy(name: string, into: Uint8Array, at: number): number;
  /** The value of an attribute in plain digits, such as `12` or `0.125`; NaN where it is absent or written otherwise. */
  number(name: string): number;
  /** The same for several attributes, which costs least where the tag has them in this order. */
  numbers(names: readonly string[], into: Float64Array): void;
  /** The same as `attribute` without decoding, for values that are rarely looked at; `attributeText` decodes it. */
  raw(name: string): string | undefined;
  /** Line of the tag, from 1. */
  line(): number;
}

/** The start tag that a scanner fills again and again: a name and two positions for each attribute, no object. */
export interface TagBuffer extends Tag {
  name: Name;
  start: number;
  /** Whether the element ends here: `<a/>`. */
  empty: boolean;
  count: number;
  readonly names: string[];
  /** Where each value starts and ends. */
  readonly values: number[];
  /** Whether an attribute is there twice. */
  repeats(): boolean;
}

export function createTag(window: Window): TagBuffer {
  const names: string[] = [];
  const values: number[] = [];

  function find(name: string): number {
    for (let i = 0; i < tag.count; i++) if (names[i] === name) return i;
    return -1;
  }

  const tag: TagBuffer = {
    name: noName(),
    start: 0,
    count: 0,
    names,
    values,
    empty: false,
    has: (name) => find(name) !== -1,
    attribute(name) {
      const i = find(name);
      if (i === -1) return undefined;
      const start = values[i * 2]!;
      const end = values[i * 2 + 1]!;
      if (end - start <= maxPlain && isPlain(window.bytes, start, end)) return window.raw(start, end);
      return attributeText(window, tag.raw(name)!, () => tag.line());
    },
    is(name, text) {
      const i = find(name);
      if (i === -1) return false;
      const start = values[i * 2]!;
      const end = values[i * 2 + 1]!;
      if (end - start === text.length && isText(window.bytes, start, text)) return true;
      return !isPlain(window.bytes, start, end) && tag.attribute(name) === text;
    },
    copy(name, into, at) {
      const i = find(name);
      if (i === -1) return -1;
      const { bytes } = window;
      const start = values[i * 2]!;
      const end = values[i * 2 + 1]!;
      if (end - start > maxPlain || !isPlain(bytes, start, end)) return -1;
      for (let from = start, to = at; from < end; from++, to++) into[to] = bytes[from]!;
      return at + end - start;
    },
    number(name) {
      const i = find(name);
      return i === -1 ? Number.NaN : decimal(window.bytes, values[i * 2]!, values[i * 2 + 1]!);
    },
    numbers(wanted, into) {
      for (let at = 0; at < wanted.length; at++) {
        const name = wanted[at]!;
        const i = at < tag.count && names[at] === name ? at : find(name);
        into[at] = i === -1 ? Number.NaN : decimal(window.bytes, values[i * 2]!, values[i * 2 + 1]!);
      }
    },
    raw(name) {
      const i = find(name);
      if (i === -1) return undefined;
      const start = values[i * 2]!;
      const end = values[i * 2 + 1]!;
      return window.raw(start, end - start > maxValue ? window.whole(start + maxValue) : end);
    },
    line: () => window.place(tag.start).line,
    repeats() {
      for (let i = 1; i < tag.count; i++) {
        for (let j = 0; j < i; j++) if (names[i] === names[j]) return true;
      }
      return false;
    },
  };
  return tag;
}

/** Longest value that is looked at for being plain. */
export const maxPlain = 256;

const AMPERSAND = 38;

/** Whether a value is printable ASCII without references, and so already what it means. */
function isPlain(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const c = bytes[at]!;
    if (c < 32 || c > 126 || c === AMPERSAND) return false;
  }
  return true;
}

function isText(bytes: Uint8Array, start: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[start + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** Adds an attribute; false where there are too many. */
export function addAttribute(tag: TagBuffer, { text }: Name, start: number, end: number): boolean {
  const { count, names, values } = tag;
  if (count === maxAttributes) return false;
  names[count] = text;
  values[count * 2] = start;
  values[count * 2 + 1] = end;
  tag.count = count + 1;
  return true;
}

/** An attribute value as it is meant: references decoded, line ends and tabs as blanks. */
export function attributeText(window: Window, raw: string, line?: () => number): string {
  const at = () => ({ file: window.file, ...(line === undefined ? {} : { line: line() }) });
  const text = decodeReferences(window.real(raw, line), () => noteReferences(window.notes, at));
  return /[\t\n\r]/.test(text) ? text.replace(/\r\n|[\t\n\r]/g, " ") : text;
}

/** The text between two positions as it is meant: references decoded. */
export function textOf(window: Window, start: number, end: number): string {
  const text = window.slice(start, end);
  return decodeReferences(text, (at) => {
    const line = () => window.place(start).line + text.slice(0, at).split("\n").length - 1;
    noteReferences(window.notes, () => ({ file: window.file, line: line() }));
  });
}
