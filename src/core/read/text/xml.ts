import { type Problem, refuse } from "../../model/problem.ts";
import { type Bytes, openWindow, type Window } from "./window.ts";
import { type Cursor, createCursor, hints, next, safeEnd } from "./xml-cursor.ts";
import type { XmlEvents } from "./xml-events.ts";
import { readCdata, skipComment, skipDoctype, skipInstruction, skipXmlDeclaration } from "./xml-markup.ts";
import { type Name, nextDocument, openNames, skipBlanks, startsWith } from "./xml-names.ts";
import { checkReferences, readStartTag } from "./xml-start-tag.ts";
import { createStride, type Scan } from "./xml-stride.ts";
import { createTag, textOf } from "./xml-tag.ts";

export type { Row, XmlEvents } from "./xml-events.ts";
export { attributeText, type Tag } from "./xml-tag.ts";

/** Deepest nesting of elements that is followed. */
export const maxDepth = 256;

/** Between two documents. */
const silent: XmlEvents = { open() {}, close() {}, wantsText: () => false, text() {} };

const LT = 60;
const SLASH = 47;
const EXCLAMATION = 33;
const QUESTION = 63;
const GT = 62;

/** A scanner of the documents that come to lie in one window, one after the other. */
interface Scanner {
  scan(file: string, events: XmlEvents): readonly Problem[];
}

/** Windows are used again for thousands of small files, and so are their scanners. */
const scanners = new WeakMap<Window, Scanner>();

/**
 * Reads an XML document to its last byte and tells `events` of it. Strict: a document that is not well-formed, is cut
 * off or is followed by another is refused, and so is one that brings its own entities. Forgiven, with a note among
 * the problems returned: blanks before the declaration, and bytes or characters that XML forbids.
 * Throws InputError. https://www.w3.org/TR/xml/
 */
export function scanXml(source: Bytes, file: string, events: XmlEvents): readonly Problem[] {
  const window = openWindow(source, file);
  const scanner = scanners.get(window) ?? createScanner(window);
  scanners.set(window, scanner);
  return scanner.scan(file, events);
}

function createScanner(window: Window): Scanner {
  const cursor: Cursor = createCursor(window);
  const tag = createTag(window);
  const names = openNames();
  const open: Name[] = [];
  const scan: Scan = { cursor, tag, open, events: silent, rootSeen: false };
  const stride = createStride(scan);
  let doctypeSeen = false;

  return {
    scan(file, events) {
      scan.events = events;
      scan.rootSeen = false;
      doctypeSeen = false;
      open.length = 0;
      cursor.begin(file);
      nextDocument(names);
      stride.begin();
      try {
        skipXmlDeclaration(cursor);
        do stride.go();
        while (step());
        return window.notes;
      } finally {
        stride.end();
        scan.events = silent;
      }
    },
  };

  /** Reads the text at the cursor and the markup after it. False at the end of the file. */
  function step(): boolean {
    const { bytes } = window;
    if (open.length === 0) cursor.pos = skipBlanks(bytes, cursor.pos);
    const { pos } = cursor;
    if (pos === window.length) return goOn(pos);
    window.withText();
    const { text } = window;
    const lt = next(cursor.less, text, pos);
    if (lt >= text.length) {
      const end = Math.max(pos, safeEnd(window));
      if (end > pos) characters(pos, end);
      return goOn(end);
    }
    if (lt > pos) characters(pos, lt);
    cursor.pos = lt;
    const c = bytes[lt + 1];
    if (c === SLASH) endTag(lt);
    else if (c === EXCLAMATION) declaration();
    else if (c === QUESTION) skipInstruction(cursor, scan.rootSeen);
    else if (lt + 1 < window.length) startTag(lt);
    else if (!cursor.more(lt)) truncated();
    return true;
  }

  /** What is at hand was read up to a position. False at the end of the file. */
  function goOn(end: number): boolean {
    if (cursor.more(end)) return true;
    if (window.length > 0) characters(0, window.length);
    if (open.length > 0 || !scan.rootSeen) truncated();
    return false;
  }

  function truncated(): never {
    const at = window.length;
    if (open.length === 0 && !scan.rootSeen) cursor.fail("has no root element", at, hints.cut);
    const inside = open.map((name) => `<${name.text}>`);
    const shown = inside.length > 6 ? ["<...>", ...inside.slice(-5)] : inside;
    cursor.fail(`ends too early, unclosed: ${shown.join(" ") || "markup"}`, at, hints.cut);
  }

  function characters(start: number, end: number): void {
    const { text, bytes } = window;
    if (open.length === 0) {
      const at = skipBlanks(bytes, start);
      if (at >= end) return;
      const where = scan.rootSeen ? "content after the root element" : "text before the root element";
      cursor.fail(where, at, hints.glued);
    }
    if (next(cursor.ampersand, text, start) < end) checkReferences(cursor, start, end);
    const cdataEnd = next(cursor.cdataEnd, text, start);
    if (cdataEnd < end) cursor.fail('"]]>" in text', cdataEnd);
    const { events } = scan;
    if (events.wantsText()) events.text(textOf(window, start, end));
  }

  function startTag(at: number): void {
    let end = readStartTag(cursor, names, tag, at);
    while (end === -1) {
      if (!cursor.more(cursor.pos)) truncated();
      end = readStartTag(cursor, names, tag, 0);
    }
    cursor.pos = end;
    const { name, start, empty } = tag;
    if (open.length === 0) {
      if (scan.rootSeen)
        cursor.fail(`content after the root element: <${name.text.slice(0, 40)}>`, start, hints.glued);
      scan.rootSeen = true;
    }
    if (open.length >= maxDepth) {
      const message = `elements are nested deeper than the limit (depth ${maxDepth})`;
      refuse({ code: "limit-depth", message, at: { file: cursor.file, ...window.place(start) } });
    }
    const { events } = scan;
    if (events.hollow) {
      const close = empty ? end : endOfEndTag(window.bytes, skipBlanks(window.bytes, end), name);
      if (close !== -1 && events.hollow(name.local, tag)) {
        cursor.pos = close;
        return;
      }
    }
    events.open(name.local, tag);
    if (empty) events.close(name.local);
    else open.push(name);
  }

  function endTag(start: number): void {
    const expected = open.at(-1);
    const end = expected === undefined ? -1 : endOfEndTag(window.bytes, start, expected);
    if (expected === undefined || end === -1) {
      wrongEnd(expected);
      return;
    }
    cursor.pos = end;
    open.pop();
    scan.events.close(expected.local);
  }

  /** The end tag that was expected is not there: the window ends inside it, or it is another. */
  function wrongEnd(expected: Name | undefined): void {
    const { text } = window;
    const gt = text.indexOf(">", cursor.pos);
    if (gt === -1) {
      if (!cursor.more(cursor.pos)) truncated();
      return;
    }
    const found = `</${text.slice(cursor.pos + 2, Math.min(gt, cursor.pos + 42)).trim()}>`;
    const message =
      expected === undefined ? `${found} closes nothing` : `${found} where </${expected.text}> should be`;
    cursor.fail(message, cursor.pos);
  }

  function declaration(): void {
    while (window.length - cursor.pos < 9 && cursor.more(cursor.pos));
    const begins = (markup: string) => window.text.startsWith(markup, cursor.pos);
    if (begins("<!--")) skipComment(cursor, scan.events);
    else if (begins("<![CDATA[")) {
      if (open.length === 0) cursor.fail("CDATA outside the root element", cursor.pos);
      readCdata(cursor, scan.events);
    } else if (begins("<!DOCTYPE")) {
      if (scan.rootSeen) cursor.fail("a DOCTYPE after the root element began", cursor.pos);
      if (doctypeSeen) cursor.fail("a second DOCTYPE", cursor.pos);
      doctypeSeen = true;
      skipDoctype(cursor);
    } else {
      if (window.length - cursor.pos < 9) truncated();
      cursor.fail('"<!" that begins neither a comment nor CDATA', cursor.pos);
    }
  }
}

/** Position after the end tag of an element, if it is what stands at a position and is there as a whole; else -1. */
function endOfEndTag(bytes: Uint8Array, at: number, name: Name): number {
  if (bytes[at] !== LT || bytes[at + 1] !== SLASH || !startsWith(bytes, at + 2, name.bytes)) return -1;
  const gt = skipBlanks(bytes, at + 2 + name.bytes.length);
  return bytes[gt] === GT ? gt + 1 : -1;
}
