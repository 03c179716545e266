import { refuse } from "../../model/problem.ts";
import { type Cursor, next } from "./xml-cursor.ts";
import { referenceLength } from "./xml-entities.ts";
import { type Names, readName, skipBlanks } from "./xml-names.ts";
import { addAttribute, maxAttributes, type TagBuffer } from "./xml-tag.ts";

const EQUALS = 61;
const GT = 62;
const QUOTE = 34;
const APOSTROPHE = 39;
const SLASH = 47;

/**
 * Reads the start tag at `start` into `tag`. Returns the position after it, or -1 where the window ends first.
 * https://www.w3.org/TR/xml/#NT-STag
 */
export function readStartTag(cursor: Cursor, names: Names, tag: TagBuffer, start: number): number {
  const { bytes, length, text } = cursor.window;
  let at = readName(names, bytes, start + 1);
  if (at === length) return unfinished(cursor, start);
  if (at === start + 1) cursor.fail(`"${text.slice(start, start + 20)}" begins no element`, start);
  tag.name = names.last;
  tag.start = start;
  tag.count = 0;
  tag.empty = false;
  for (;;) {
    const gap = at;
    at = skipBlanks(bytes, at);
    const c = bytes[at];
    if (c === GT) break;
    if (c === SLASH && bytes[at + 1] === GT) {
      tag.empty = true;
      at++;
      break;
    }
    if (at === length || (c === SLASH && at + 1 === length)) return unfinished(cursor, start);
    if (c === SLASH) fail(cursor, start, '"/" inside a tag', at);
    if (at === gap)
      fail(cursor, start, `"${text.slice(at, at + 20)}" where a blank or the end of the tag should be`, at);
    at = readAttribute(cursor, names, tag, at);
    if (at === -1) return unfinished(cursor, start);
  }
  const another = next(cursor.less, text, start + 1);
  if (another < at) cursor.fail(anotherTag, another);
  if (tag.count > 1 && tag.repeats()) cursor.fail(`<${tag.name.text}> has an attribute twice`, start);
  checkValues(cursor, tag, start, at);
  return at + 1;
}

/** Reads an attribute; returns the position after it, or -1 where the window ends first. */
function readAttribute(cursor: Cursor, names: Names, tag: TagBuffer, start: number): number {
  const { bytes, length, text } = cursor.window;
  let at = readName(names, bytes, start);
  if (at === length) return -1;
  if (at === start) fail(cursor, tag.start, `"${text.slice(start, start + 20)}" is no attribute`, start);
  const name = names.last;
  if (bytes[at] !== EQUALS) {
    at = skipBlanks(bytes, at);
    if (at === length) return -1;
    if (bytes[at] !== EQUALS)
      fail(cursor, tag.start, `the attribute ${name.text.slice(0, 40)} has no value`, start);
  }
  at++;
  if (bytes[at] !== QUOTE) at = skipBlanks(bytes, at);
  const quote = bytes[at];
  if (at === length) return -1;
  if (quote !== QUOTE && quote !== APOSTROPHE)
    fail(cursor, tag.start, "an attribute value is not in quotes", at);
  const close = text.indexOf(quote === QUOTE ? '"' : "'", at + 1);
  if (close === -1) return -1;
  if (!addAttribute(tag, name, at + 1, close)) {
    const message = `an element has more attributes than the limit (${maxAttributes})`;
    refuse({ code: "limit-count", message, at: { file: cursor.file, ...cursor.window.place(start) } });
  }
  return close + 1;
}

const anotherTag = '"<" inside a tag';

/** Says that the window ends before the tag does; a "<" in between shows that it never will. */
function unfinished(cursor: Cursor, start: number): -1 {
  const another = cursor.window.text.indexOf("<", start + 1);
  if (another !== -1) cursor.fail(anotherTag, another);
  return -1;
}

/** Refuses a tag. A "<" before what is wrong comes first, because it is all that shows as long as the rest is not at hand. */
function fail(cursor: Cursor, start: number, message: string, at: number): never {
  const another = cursor.window.text.indexOf("<", start + 1);
  if (another !== -1 && another < at) cursor.fail(anotherTag, another);
  cursor.fail(message, at);
}

function checkValues(cursor: Cursor, tag: TagBuffer, start: number, end: number): void {
  const { text } = cursor.window;
  if (next(cursor.ampersand, text, start) > end) return;
  const { count, values } = tag;
  for (let i = 0; i < count * 2; i += 2) checkReferences(cursor, values[i]!, values[i + 1]!);
}

/** Every `&` between two positions must begin a reference that needs no declaration. */
export function checkReferences(cursor: Cursor, start: number, end: number): void {
  const { text, bytes } = cursor.window;
  for (let at = next(cursor.ampersand, text, start); at < end; ) {
    const length = referenceLength(bytes, at);
    if (length === 0) {
      const name = /^&[\w.:-]{1,40};/.exec(text.slice(at, at + 50))?.[0];
      cursor.fail(name ? `the entity ${name} is not declared` : '"&" that begins no reference', at);
    }
    at = next(cursor.ampersand, text, at + length);
  }
}
