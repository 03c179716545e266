import type { Problem } from "../model/problem.ts";
import { readCount } from "./text/numbers.ts";
import type { Tag } from "./text/xml.ts";
import { totalsDiffer } from "./totals-differ.ts";

/**
 * Compares the sequence points of each element with its Summary. Branch points cannot be: OpenCover and AltCover count one
 * more for each method.
 */
export interface Summaries {
  /** Told of the beginning of every element. */
  open(): void;
  point(ran: boolean): void;
  /** A Summary within an element of this name, before it is told of as an element itself. */
  declare(within: string, tag: Tag): void;
  /** Told of the end of every element. */
  close(): void;
  /** The first Summary that is not what was found, if there is one. */
  finish(): readonly Problem[];
}

/** An open element: what was found before it, and what its Summary declares. */
interface Frame {
  readonly covered: number;
  readonly total: number;
  declared?: {
    readonly total: number;
    readonly covered: number | undefined;
    readonly within: string;
    readonly line: number;
  };
}

export function createSummaries(file: string): Summaries {
  const frames: Frame[] = [];
  let [covered, total] = [0, 0];
  let differs: Problem | undefined;

  return {
    open() {
      frames.push({ covered, total });
    },
    point(ran) {
      total++;
      if (ran) covered++;
    },
    declare(within, tag) {
      const all = readCount(tag.attribute("numSequencePoints"));
      const visited = readCount(tag.attribute("visitedSequencePoints"));
      const frame = frames.at(-1);
      if (all !== undefined && frame !== undefined)
        frame.declared = { total: all, covered: visited, within, line: tag.line() };
    },
    close() {
      const { declared, ...before } = frames.pop()!;
      if (declared === undefined) return;
      const found = { covered: covered - before.covered, total: total - before.total };
      const said = `visitedSequencePoints and numSequencePoints of a ${declared.within} say`;
      const tally = { covered: declared.covered ?? found.covered, total: declared.total };
      differs ??= totalsDiffer(said, tally, found, { file, line: declared.line });
    },
    finish: () => (differs === undefined ? [] : [differs]),
  };
}
