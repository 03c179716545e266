import { type Problem, refuse } from "../../model/problem.ts";
import type { Bytes } from "./window.ts";
import { type Cursor, hints, openCursor, safeEnd } from "./xml-cursor.ts";
import { decodeReferences, referenceLength } from "./xml-entities.ts";
import { readCdata, skipComment, skipDoctype, skipInstruction, skipXmlDeclaration } from "./xml-markup.ts";
import { createNames, localName, nameEnd, skipBlanks } from "./xml-names.ts";
import { createTag, maxAttributes, type Tag } from "./xml-tag.ts";

export { attributeText, type Tag } from "./xml-tag.ts";

/** Deepest nesting of elements that is followed. */
export const maxDepth = 256;

/** What happens in an XML document, in its order. Names come without namespace prefix. */
export interface XmlEvents {
  open(name: string, tag: Tag): void;
  close(name: string): void;
  /** Whether the text at hand is wanted; asked for every piece, so that nobody pays for logs that are not read. */
  wantsText(): boolean;
  /** A piece of text, decoded. Long texts come in several pieces. */
  text(piece: string): void;
}

const GT = 62;
const SLASH = 47;
const EQUALS = 61;
const QUOTE = 34;
const APOSTROPHE = 39;

/**
 * Reads an XML document to its last byte and tells `events` of it. Strict: a document that is not well-formed, is cut
 * off or is followed by another is refused, and so is one that brings its own entities. Forgiven, with a note among
 * the problems returned: blanks before the declaration, and bytes or characters that XML forbids.
 * Throws InputError. https://www.w3.org/TR/xml/
 */
export function scanXml(source: Bytes, file: string, events: XmlEvents): readonly Problem[] {
  const cursor: Cursor = openCursor(source, file);
  const { window } = cursor;
  const tag = createTag(window);
  const names = createNames();
  const open: string[] = [];
  let rootSeen = false;
  let doctypeSeen = false;

  skipXmlDeclaration(cursor);
  for (;;) {
    const { text } = window;
    const lt = text.indexOf("<", cursor.pos);
    if (lt === -1) {
      const end = Math.max(cursor.pos, safeEnd(window));
      if (end > cursor.pos) characters(cursor.pos, end);
      if (cursor.more(end)) continue;
      if (window.text.length > 0) characters(0, window.text.length);
      if (open.length > 0 || !rootSeen) truncated();
      return window.notes;
    }
    if (lt > cursor.pos) characters(cursor.pos, lt);
    cursor.pos = lt;
    const next = text.charCodeAt(lt + 1);
    if (next === SLASH) endTag();
    else if (next === 33) declaration();
    else if (next === 63) skipInstruction(cursor, rootSeen);
    else if (!Number.isNaN(next)) startTag();
    else if (!cursor.more(lt)) truncated();
  }

  function truncated(): never {
    const at = window.text.length;
    if (open.length === 0 && !rootSeen) cursor.fail("has no root element", at, hints.cut);
    const inside = open.length > 6 ? ["...", ...open.slice(-5)] : open;
    cursor.fail(
      `ends too early, unclosed: ${inside.map((name) => `<${name}>`).join(" ") || "markup"}`,
      at,
      hints.cut,
    );
  }

  function characters(start: number, end: number): void {
    if (open.length === 0) {
      const at = skipBlanks(window.text, start);
      if (at < end)
        cursor.fail(
          rootSeen ? "content after the root element" : "text before the root element",
          at,
          hints.glued,
        );
      return;
    }
    references(start, end);
    const cdataEnd = cursor.next("]]>", start);
    if (cdataEnd < end) cursor.fail('"]]>" in text', cdataEnd);
    if (events.wantsText()) events.text(decodeReferences(window.slice(start, end)));
  }

  /** Every `&` between two positions must begin a reference that needs no declaration. */
  function references(start: number, end: number): void {
    for (let at = cursor.next("&", start); at < end; ) {
      const length = referenceLength(window.text, at);
      if (length === 0) {
        const name = /^&[\w.:-]{1,40};/.exec(window.text.slice(at, at + 50))?.[0];
        cursor.fail(name ? `the entity ${name} is not declared` : '"&" that begins no reference', at);
      }
      at = cursor.next("&", at + length);
    }
  }

  function startTag(): void {
    let end = parseTag(window.text, cursor.pos);
    while (end === -1) {
      if (!cursor.more(cursor.pos)) truncated();
      end = parseTag(window.text, cursor.pos);
    }
    cursor.pos = end;
  }

  /** Reads the start tag at `start` and tells of it; returns the position after it, or -1 where the window ends first. */
  function parseTag(text: string, start: number): number {
    let at = nameEnd(text, start + 1);
    if (at === -1) return unfinished(text, start);
    if (at === start + 1) cursor.fail(`"${text.slice(start, start + 20)}" begins no element`, start);
    const name = names(text, start + 1, at);
    tag.start = start;
    tag.count = 0;
    tag.empty = false;
    for (;;) {
      const gap = at;
      at = skipBlanks(text, at);
      const c = text.charCodeAt(at);
      if (c === GT) break;
      if (c === SLASH && text.charCodeAt(at + 1) === GT) {
        tag.empty = true;
        at++;
        break;
      }
      if (Number.isNaN(c) || (c === SLASH && at + 1 === text.length)) return unfinished(text, start);
      if (c === SLASH) cursor.fail('"/" inside a tag', at);
      if (at === gap)
        cursor.fail(`"${text.slice(at, at + 20)}" where a blank or the end of the tag should be`, at);
      at = attribute(text, at);
      if (at === -1) return unfinished(text, start);
    }
    if (tag.count > 1 && tag.repeats(text)) cursor.fail(`<${name}> has an attribute twice`, start);
    checkValues(text, start, at);
    opened(name, start);
    return at + 1;
  }

  /** Says that the window ends before the tag does; a "<" in between shows that it never will. */
  function unfinished(text: string, start: number): -1 {
    const next = text.indexOf("<", start + 1);
    if (next !== -1) cursor.fail('"<" inside a tag', next);
    return -1;
  }

  function checkValues(text: string, start: number, end: number): void {
    const next = text.indexOf("<", start + 1);
    if (next !== -1 && next < end) cursor.fail('"<" inside a tag', next);
    if (cursor.next("&", start) > end) return;
    for (let i = 0; i < tag.count * 4; i += 4) references(tag.spans[i + 2]!, tag.spans[i + 3]!);
  }

  /** Reads an attribute; returns the position after it, or -1 where the window ends first. */
  function attribute(text: string, start: number): number {
    const end = nameEnd(text, start);
    if (end === -1) return -1;
    if (end === start) cursor.fail(`"${text.slice(start, start + 20)}" is no attribute`, start);
    let at = skipBlanks(text, end);
    if (at >= text.length) return -1;
    if (text.charCodeAt(at) !== EQUALS) {
      cursor.fail(`the attribute ${text.slice(start, end).slice(0, 40)} has no value`, start);
    }
    at = skipBlanks(text, at + 1);
    if (at >= text.length) return -1;
    const quote = text.charCodeAt(at);
    if (quote !== QUOTE && quote !== APOSTROPHE) cursor.fail("an attribute value is not in quotes", at);
    const close = text.indexOf(quote === QUOTE ? '"' : "'", at + 1);
    if (close === -1) return -1;
    if (tag.count === maxAttributes) {
      const message = `an element has more attributes than the limit (${maxAttributes})`;
      refuse({ code: "limit-count", message, at: { file, ...window.place(start) } });
    }
    const i = tag.count++ * 4;
    tag.spans[i] = start;
    tag.spans[i + 1] = end;
    tag.spans[i + 2] = at + 1;
    tag.spans[i + 3] = close;
    return close + 1;
  }

  function opened(name: string, start: number): void {
    if (open.length === 0) {
      if (rootSeen) cursor.fail(`content after the root element: <${name.slice(0, 40)}>`, start, hints.glued);
      rootSeen = true;
    }
    if (open.length >= maxDepth) {
      const message = `elements are nested deeper than the limit (depth ${maxDepth})`;
      refuse({ code: "limit-depth", message, at: { file, ...window.place(start) } });
    }
    const local = localName(name);
    events.open(local, tag);
    if (tag.empty) events.close(local);
    else open.push(name);
  }

  function endTag(): void {
    let gt = window.text.indexOf(">", cursor.pos);
    while (gt === -1) {
      if (!cursor.more(cursor.pos)) truncated();
      gt = window.text.indexOf(">", cursor.pos);
    }
    const { text } = window;
    const expected = open.at(-1);
    const start = cursor.pos + 2;
    if (
      expected === undefined ||
      !text.startsWith(expected, start) ||
      skipBlanks(text, start + expected.length) !== gt
    ) {
      const found = `</${text.slice(start, Math.min(gt, start + 40)).trim()}>`;
      cursor.fail(
        expected === undefined ? `${found} closes nothing` : `${found} where </${expected}> should be`,
        cursor.pos,
      );
    }
    open.pop();
    cursor.pos = gt + 1;
    events.close(localName(expected));
  }

  function declaration(): void {
    while (window.text.length - cursor.pos < 9 && cursor.more(cursor.pos));
    const begins = (markup: string) => window.text.startsWith(markup, cursor.pos);
    if (begins("<!--")) skipComment(cursor);
    else if (begins("<![CDATA[")) {
      if (open.length === 0) cursor.fail("CDATA outside the root element", cursor.pos);
      readCdata(cursor, events);
    } else if (begins("<!DOCTYPE")) {
      if (rootSeen) cursor.fail("a DOCTYPE after the root element began", cursor.pos);
      if (doctypeSeen) cursor.fail("a second DOCTYPE", cursor.pos);
      doctypeSeen = true;
      skipDoctype(cursor);
    } else {
      if (window.text.length - cursor.pos < 9) truncated();
      cursor.fail('"<!" that begins neither a comment nor CDATA', cursor.pos);
    }
  }
}
