import type { LineEnds } from "./ground.ts";

/** Line and column of a position, from 1. Columns count bytes. */
export interface LineAndColumn {
  readonly line: number;
  readonly column: number;
}

/** Where the positions of a window are in its file. They are asked for in order, so counting goes on from the last one. */
export interface Places {
  /** The window begins in this line, behind so many columns. */
  begin(line: number, columns: number): void;
  of(position: number): LineAndColumn;
}

export function createPlaces(lineEnds: (from: number, end: number) => LineEnds): Places {
  let firstLine = 1;
  let columnsBefore = 0;
  let seenTo = 0;
  let seenLines = 0;
  let seenLast = -1;

  function begin(line: number, columns: number): void {
    firstLine = line;
    columnsBefore = columns;
    seenTo = 0;
    seenLines = 0;
    seenLast = -1;
  }

  return {
    begin,
    of(position) {
      if (position < seenTo) begin(firstLine, columnsBefore);
      const { lines, last } = lineEnds(seenTo, position);
      seenTo = position;
      seenLines += lines;
      if (lines > 0) seenLast = last;
      const column = seenLines === 0 ? columnsBefore + position + 1 : position - seenLast;
      return { line: firstLine + seenLines, column };
    },
  };
}
