import { refuse } from "../../model/problem.ts";
import type { Window } from "./window.ts";

/** Where a scanner stands in an XML document. */
export interface Cursor {
  readonly window: Window;
  file: string;
  pos: number;
  /** How many bytes of the file lie before the window. */
  passed: number;
  readonly less: Sought;
  readonly ampersand: Sought;
  readonly cdataEnd: Sought;
  /** Stands at the beginning of a document. */
  begin(file: string): void;
  /** Moves the window on; what lies from `from` on is kept and `pos` becomes its beginning. False at the end. */
  more(from: number): boolean;
  /** Refuses the document as not well-formed. */
  fail(message: string, at: number, hint?: string): never;
}

/** Markup that is found once in a window, and used until it is passed. */
interface Sought {
  readonly what: string;
  at: number;
}

/** A position behind every window. */
export const nowhere = 1 << 30;

export const hints = {
  damaged: "Let the tool write the file again, and check that it ended normally.",
  cut: "The file is cut off: did the process that wrote it crash, or run out of disk or time?",
  glued: "The file holds more than one document: let every run write a file of its own.",
} as const;

export function createCursor(window: Window): Cursor {
  const cursor: Cursor = {
    window,
    file: "",
    pos: 0,
    passed: 0,
    less: { what: "<", at: -1 },
    ampersand: { what: "&", at: -1 },
    cdataEnd: { what: "]]>", at: -1 },
    begin(file) {
      cursor.file = file;
      cursor.passed = 0;
      restart();
    },
    more(from) {
      restart();
      cursor.passed += from;
      return window.more(from);
    },
    fail(message, at, hint = hints.damaged) {
      refuse({ code: "xml-syntax", message, at: { file: cursor.file, ...window.place(at) }, hint });
    },
  };

  function restart(): void {
    cursor.pos = 0;
    cursor.less.at = -1;
    cursor.ampersand.at = -1;
    cursor.cdataEnd.at = -1;
  }

  return cursor;
}

/** The next place of some markup from `from` on, or `nowhere`. */
export function next(sought: Sought, text: string, from: number): number {
  if (sought.at < from) {
    const at = text.indexOf(sought.what, from);
    sought.at = at === -1 ? nowhere : at;
  }
  return sought.at;
}

/** Where the text at hand can be cut without cutting a reference, `]]>` or a character. */
export function safeEnd(window: Window): number {
  const { text } = window;
  let end = text.length;
  const amp = text.lastIndexOf("&");
  if (amp !== -1 && end - amp < 16 && text.indexOf(";", amp) === -1) end = amp;
  else while (end > 0 && text.length - end < 2 && text.charCodeAt(end - 1) === 93) end--;
  return window.whole(end);
}
