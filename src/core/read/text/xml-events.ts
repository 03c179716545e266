import type { FigureEvents } from "./xml-figures.ts";
import type { Counted } from "./xml-kernel.ts";
import type { Tag } from "./xml-tag.ts";

/** What happens in an XML document, in its order. Names come without namespace prefix. */
export interface XmlEvents {
  open(name: string, tag: Tag): void;
  close(name: string): void;
  /**
   * Asked before `open` of an element that holds nothing but blanks, which is how most test cases look: true leaves
   * out `open` and `close`. Not asked where the end of the element is not at hand yet, so it must come to the same.
   */
  hollow?(name: string, tag: Tag): boolean;
  /**
   * Elements that may be told by their numbers alone, many at once, or need not be told at all; otherwise they are told
   * one by one.
   */
  readonly counted?: CountedEvents;
  /** Elements that may be told by their figures, where none are counted; otherwise they are told one by one. */
  readonly figures?: FigureEvents;
  /** A comment of at most 200 characters, for who wants to know of them; `line` is that in which it begins. */
  comment?(text: string, line: () => number): void;
  /** Whether the text at hand is wanted; asked for every piece, so that nobody pays for logs that are not read. */
  wantsText(): boolean;
  /** A piece of text, decoded. Long texts come in several pieces. */
  text(piece: string): void;
}

export interface CountedEvents {
  readonly what: Counted;
  /**
   * Told of elements that stand in a row; `tag` is that of one of them, until the next is asked for. False to be told of
   * each of them by `hollow` or `open` instead.
   */
  tell(row: Row, tag: (index: number) => Tag): boolean;
}

/** Counted elements, from `first` on, before `end`: their numbers, and a 1 for each that is marked. */
export interface Row {
  readonly numbers: Float64Array;
  readonly marks: Uint8Array;
  readonly first: number;
  readonly end: number;
}
