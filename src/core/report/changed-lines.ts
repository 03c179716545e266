import type { LineRange } from "../model/changes.ts";

/** The uncovered changed lines of one file, ready to be shown: "2-3, 9". */
export interface UncoveredFile {
  readonly file: string;
  readonly lines: string;
  readonly count: number;
}

/** Most ranges that are shown of one file. */
const shownRanges = 20;

/** Ranges by file, in their order. */
export function byFile(uncovered: readonly LineRange[]): readonly UncoveredFile[] {
  const files = new Map<string, LineRange[]>();
  for (const range of uncovered) {
    const own = files.get(range.file) ?? [];
    own.push(range);
    files.set(range.file, own);
  }
  return [...files].map(([file, ranges]) => {
    const shown = ranges
      .slice(0, shownRanges)
      .map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`));
    const rest = ranges.length > shownRanges ? [`and ${ranges.length - shownRanges} more places`] : [];
    return { file, lines: [...shown, ...rest].join(", "), count: lineCount(ranges) };
  });
}

/** How many lines some ranges hold. */
export function lineCount(ranges: readonly LineRange[]): number {
  return ranges.reduce((sum, { from, to }) => sum + to - from + 1, 0);
}
