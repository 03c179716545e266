import type { XmlEvents } from "./xml.ts";
import type { Cursor } from "./xml-cursor.ts";
import { widthOf } from "./xml-figures.ts";
import { hasKernel, type Kernel, kernelOf, found as kinds, stopped } from "./xml-kernel.ts";
import { type Name, skipBlanks } from "./xml-names.ts";
import { addAttribute, type TagBuffer, textOf } from "./xml-tag.ts";

/** What the parts of a scanner share of the document that it reads. */
export interface Scan {
  readonly cursor: Cursor;
  readonly tag: TagBuffer;
  /** The open elements, outermost first. */
  readonly open: Name[];
  events: XmlEvents;
  /** Whether the root element has begun. */
  rootSeen: boolean;
}

/** The fast part of a scanner. */
export interface Stride {
  /** Says that another document begins. */
  begin(): void;
  /**
   * Goes on from the cursor, to the end of the root element or as far as the kernel gets, and tells the events. What comes
   * next is for the scanner to read, or to refuse. Does nothing as long as it would not pay.
   */
  go(): void;
  /** Says that the document is over. */
  end(): void;
}

/**
 * How many bytes must be at hand for the kernel to take over. 4 KiB. To load it takes as long as the scanner takes to read
 * about so many before it has warmed up.
 */
const usualStart = 4_096;

/** How many bytes were at hand of documents that were read without a kernel. */
let without = 0;

export function createStride(scan: Scan): Stride {
  const { cursor, tag, open } = scan;
  const { window } = cursor;
  let kernel: Kernel | undefined;

  function pays(): boolean {
    const { kernelFrom } = window;
    const atHand = cursor.passed + window.length;
    if (kernelFrom !== undefined) return atHand >= kernelFrom;
    return hasKernel(window) || without + atHand >= usualStart;
  }

  /** Tells what was found between two positions. */
  function tell(kernel: Kernel, from: number, end: number): void {
    const { events } = scan;
    const { found, answers } = kernel.memory;
    const used = answers[0]!;
    let told = from;
    let counts = 0;
    for (let at = 0; at < used; ) {
      const kind = found[at]! & 0xff;
      const start = found[at + 2]!;
      if (start > told) text(told, start);
      told = found[at + 3]!;
      if (kind === kinds.row) {
        const first = counts;
        counts += found[at]! >> 8;
        if (tellRow(first, counts)) at = found[at + 1]!;
        else {
          at += 4;
          told = start;
        }
        continue;
      }
      if (kind === kinds.figures) {
        at = tellFigures(found, at);
        continue;
      }
      if (kind === kinds.close) {
        at += 4;
        events.close(open.pop()!.local);
      } else if (kind === kinds.cdata) {
        at += 4;
        if (told - start > 12 && events.wantsText()) events.text(window.slice(start + 9, told - 3));
      } else {
        const name = kernel.nameBy(found[at + 1]!);
        at = readTag(found, at, name);
        if (kind !== kinds.open && events.hollow?.(name.local, tag)) {
          if (kind === kinds.empty) continue;
          told = found[at + 3]!;
          at += 4;
        } else {
          events.open(name.local, tag);
          if (kind === kinds.empty) events.close(name.local);
          else open.push(name);
        }
      }
    }
    if (end > told) text(told, end);
  }

  /** Tells a row of elements by the numbers of those that are counted; false if each is to be told for itself. */
  function tellRow(first: number, end: number): boolean {
    if (scan.events.wantsText()) return false;
    if (first === end) return true;
    const { numbers, marks, entries, found } = kernel!.memory;
    return scan.events.counted!.tell({ numbers, marks, first, end }, (index) => {
      const at = entries[index]!;
      readTag(found, at, kernel!.nameBy(found[at + 1]!));
      return tag;
    });
  }

  /** Tells figures, and returns the position after them. */
  function tellFigures(found: Int32Array, at: number): number {
    const figures = scan.events.figures!;
    const kind = found[at + 1]!;
    const first = at + 4;
    const end = first + (found[at]! >> 8) * widthOf(figures.what[kind]!);
    figures.tell(kind, found, first, end);
    return end;
  }

  function text(start: number, end: number): void {
    const { events } = scan;
    if (events.wantsText()) events.text(textOf(window, start, end));
  }

  /** Fills the tag from what was found, and returns the position after it. */
  function readTag(found: Int32Array, at: number, name: Name): number {
    const end = at + 4 + (found[at]! >> 8) * 3;
    tag.name = name;
    tag.start = found[at + 2]!;
    tag.empty = (found[at]! & 0xff) === kinds.empty;
    tag.count = 0;
    for (let i = at + 4; i < end; i += 3)
      addAttribute(tag, kernel!.nameBy(found[i]!), found[i + 1]!, found[i + 2]!);
    return end;
  }

  return {
    begin() {
      kernel = undefined;
    },
    go() {
      if (open.length === 0) {
        if (scan.rootSeen) return;
        cursor.pos = skipBlanks(window.bytes, cursor.pos);
      }
      if (kernel === undefined) {
        if (!pays()) return;
        kernel = kernelOf(window);
        kernel.begin(scan.events.counted?.what, scan.events.figures?.what);
      }
      window.bytesOnly();
      for (;;) {
        const from = cursor.pos;
        const end = kernel.run(from, window.length, open);
        const why = kernel.memory.answers[1]!;
        scan.rootSeen ||= kernel.memory.answers[0]! > 0;
        tell(kernel, from, end);
        cursor.pos = end;
        if (why === stopped.full) continue;
        // What lies at the very beginning and still does not end is too long, or wrong.
        if (why === stopped.unsure || end === 0 || !cursor.more(end)) break;
      }
    },
    end() {
      if (kernel === undefined) without += cursor.passed + window.length;
    },
  };
}
