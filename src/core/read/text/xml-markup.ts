import { refuse } from "../../model/problem.ts";
import type { XmlEvents } from "./xml.ts";
import { type Cursor, hints } from "./xml-cursor.ts";
import { nameEnd } from "./xml-names.ts";

const LT = 60;
const GT = 62;

/** https://www.w3.org/TR/xml/#NT-XMLDecl */
const declarationForm =
  /^<\?xml\s+version\s*=\s*(["'])1\.\d+\1(?:\s+encoding\s*=\s*(["'])[A-Za-z][\w.-]*\2)?(?:\s+standalone\s*=\s*(["'])(?:yes|no)\3)?\s*\?>$/;

/** Steps over blanks and the XML declaration at the very beginning. Throws InputError for a file of only blanks. */
export function skipXmlDeclaration(cursor: Cursor): void {
  const { window } = cursor;
  if (window.bytes[0] !== LT) skipBlanksBefore(cursor);
  const { pos } = cursor;
  if (!/^<\?xml\s/.test(window.raw(pos, Math.min(pos + 6, window.length)))) return;
  let end = window.beginning.indexOf("?>", pos);
  if (end === -1) {
    window.withText();
    end = window.text.indexOf("?>", pos);
  }
  if (end === -1) cursor.fail("the XML declaration does not end", pos, hints.cut);
  if (!declarationForm.test(window.raw(pos, end + 2))) {
    cursor.fail("the XML declaration is not well-formed", pos);
  }
  cursor.pos = end + 2;
}

function skipBlanksBefore(cursor: Cursor): void {
  const { window, file } = cursor;
  window.withText();
  const blank = /^\s+(?=<\?xml\s)/.exec(window.text.slice(0, 4096))?.[0].length ?? 0;
  if (blank > 0) {
    window.notes.push({
      code: "blank-before-declaration",
      severity: "note",
      message: "blank characters stand before the XML declaration",
      at: { file, line: 1 },
    });
    cursor.pos = blank;
  } else if (/^\s*$/.test(window.text) && !cursor.more(window.text.length)) {
    refuse({
      code: "empty-file",
      message: "is empty (only blanks)",
      at: { file },
      hint: "Did the tool that writes it crash?",
    });
  }
}

/** Longest comment that is told of, in characters. */
const longestTold = 200;

/** Steps over a comment, and tells of a short one to who wants to know. */
export function skipComment(cursor: Cursor, events: XmlEvents): void {
  cursor.pos += 4;
  /** Where its text begins; nowhere in the window once it is too long to be told of. */
  let from = events.comment ? cursor.pos : -1;
  for (;;) {
    const { window } = cursor;
    const { text } = window;
    const dashes = text.indexOf("--", cursor.pos);
    if (dashes !== -1 && dashes + 2 < text.length) {
      if (text.charCodeAt(dashes + 2) !== GT) cursor.fail('"--" inside a comment', dashes);
      if (from !== -1 && dashes - from <= longestTold)
        events.comment?.(window.slice(from, dashes), () => window.place(from).line);
      cursor.pos = dashes + 3;
      return;
    }
    const seen = dashes === -1 ? Math.max(cursor.pos, text.length - 1) : dashes;
    if (from !== -1 && seen - from > longestTold) from = -1;
    const keep = from === -1 ? seen : from;
    if (!cursor.more(keep)) cursor.fail("a comment does not end", cursor.window.text.length, hints.cut);
    cursor.pos = seen - keep;
    if (from !== -1) from = 0;
  }
}

export function readCdata(cursor: Cursor, events: XmlEvents): void {
  cursor.pos += 9;
  for (;;) {
    const { window, pos } = cursor;
    const end = window.text.indexOf("]]>", pos);
    const upTo = end === -1 ? Math.max(pos, window.whole(window.text.length - 2)) : end;
    if (upTo > pos && events.wantsText()) events.text(window.slice(pos, upTo));
    if (end !== -1) {
      cursor.pos = end + 3;
      return;
    }
    if (!cursor.more(upTo)) cursor.fail("a CDATA section does not end", cursor.window.text.length, hints.cut);
  }
}

export function skipInstruction(cursor: Cursor, rootSeen: boolean): void {
  const { window } = cursor;
  let end = nameEnd(window.bytes, cursor.pos + 2);
  while (end === window.length && cursor.more(cursor.pos)) end = nameEnd(window.bytes, cursor.pos + 2);
  const target = window.text.slice(cursor.pos + 2, end);
  if (target.toLowerCase() === "xml") {
    const what = rootSeen
      ? "content after the root element: a second document begins"
      : "a second XML declaration";
    cursor.fail(what, cursor.pos, hints.glued);
  }
  if (target === "" || !/[\s?]/.test(window.text[end] ?? "")) {
    const hint = end === window.length ? hints.cut : hints.damaged;
    cursor.fail("a processing instruction without a name", cursor.pos, hint);
  }
  for (;;) {
    const { text } = cursor.window;
    const end = text.indexOf("?>", cursor.pos);
    if (end !== -1) {
      cursor.pos = end + 2;
      return;
    }
    if (!cursor.more(Math.max(cursor.pos, text.length - 1))) {
      cursor.fail("a processing instruction does not end", cursor.window.text.length, hints.cut);
    }
  }
}

/** https://www.w3.org/TR/xml/#NT-doctypedecl, without an internal subset. */
const doctype =
  /^<!DOCTYPE\s+[^\s"'?=]+(?:\s+(?:SYSTEM|PUBLIC\s+(?:"[^"]*"|'[^']*'))\s+(?:"[^"]*"|'[^']*'))?\s*>$/;

/** A DOCTYPE that only names a grammar is stepped over; one with entities of its own is refused. Nothing is fetched. */
export function skipDoctype(cursor: Cursor): void {
  for (;;) {
    const head = cursor.window.text.slice(cursor.pos, cursor.pos + 8192);
    const found = /^<!DOCTYPE(?:[^"'[>]|"[^"]*"|'[^']*')*([[>])/.exec(head);
    if (found?.[1] === ">") {
      if (!doctype.test(found[0])) cursor.fail("a DOCTYPE that is none", cursor.pos);
      cursor.pos += found[0].length;
      return;
    }
    if (found) {
      refuse({
        code: "xml-doctype",
        message: "a DOCTYPE with an internal subset; entities of a file's own are never expanded",
        at: { file: cursor.file, ...cursor.window.place(cursor.pos) },
        hint: "Let the tool write plain XML without a DTD.",
      });
    }
    if (head.length === 8192 || !cursor.more(cursor.pos))
      cursor.fail("a DOCTYPE does not end", cursor.pos, hints.cut);
  }
}
