import { refuse } from "../../model/problem.ts";
import { type Bytes, openWindow, type Window } from "./window.ts";

/** Where a scanner stands in an XML document. */
export interface Cursor {
  readonly window: Window;
  readonly file: string;
  pos: number;
  /** Moves the window on; what lies from `from` on is kept and `pos` becomes its beginning. False at the end. */
  more(from: number): boolean;
  /** The next place of `what` from `from` on, or infinity: found once in a window, used until passed. */
  next(what: "&" | "]]>", from: number): number;
  /** Refuses the document as not well-formed. */
  fail(message: string, at: number, hint?: string): never;
}

export const hints = {
  damaged: "Let the tool write the file again, and check that it ended normally.",
  cut: "The file is cut off: did the process that wrote it crash, or run out of disk or time?",
  glued: "The file holds more than one document: let every run write a file of its own.",
} as const;

export function openCursor(source: Bytes, file: string): Cursor {
  const window = openWindow(source, file);
  const known = { "&": -1, "]]>": -1 };
  return {
    window,
    file,
    pos: 0,
    more(from) {
      known["&"] = -1;
      known["]]>"] = -1;
      const grew = window.more(from);
      this.pos = 0;
      return grew;
    },
    next(what, from) {
      if (known[what] < from) {
        const at = window.text.indexOf(what, from);
        known[what] = at === -1 ? Number.POSITIVE_INFINITY : at;
      }
      return known[what];
    },
    fail(message, at, hint = hints.damaged) {
      refuse({ code: "xml-syntax", message, at: { file, ...window.place(at) }, hint });
    },
  };
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
