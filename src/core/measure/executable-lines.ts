import type { FileCoverage } from "../model/facts.ts";

/** Whether a line of a source file is executable and ran; undefined where it is not executable. */
export type RanAt = (line: number) => boolean | undefined;

/** The lines of a source file; undefined where its reports know none, only totals. */
export function executableLines({ lines, details, totals, countedBy }: FileCoverage): RanAt | undefined {
  if (totals) return undefined;
  const go = countedBy ? details.get("gocover")?.statements : undefined;
  if (go) return blockLines(go);
  return (line) => {
    const [byte, bit] = [line >> 3, 1 << (line & 7)];
    if (((lines.known[byte] ?? 0) & bit) === 0) return undefined;
    return ((lines.covered[byte] ?? 0) & bit) !== 0;
  };
}

/**
 * Lines of a Go cover profile, which tells of blocks with several lines. A line ran if one of its blocks did: where one
 * block begins on the line that another ends on, such as `if err != nil {`, the first one is what the line does.
 */
function blockLines(statements: ReadonlyMap<string, boolean>): RanAt {
  const lines = new Map<number, boolean>();
  for (const [id, ran] of statements) {
    const [, from, to, column] = /^(\d+)\.\d+,(\d+)\.(\d+):0$/.exec(id) ?? [];
    if (from === undefined) continue;
    // A block that ends before the first column of its last line holds nothing of it.
    const last = Number(to) - (Number(column) <= 1 ? 1 : 0);
    for (let line = Number(from); line <= last; line++) lines.set(line, ran || lines.get(line) === true);
  }
  return (line) => lines.get(line);
}

/** Every executable line that did not run. */
export function uncoveredLines(file: FileCoverage, ranAt: RanAt): readonly number[] {
  const last = file.lines.known.length * 8;
  const blocks = [...(file.details.get("gocover")?.statements?.keys() ?? [])];
  const end = blocks.reduce((most, id) => Math.max(most, Number(/,(\d+)\./.exec(id)?.[1] ?? 0)), last);
  const lines: number[] = [];
  for (let line = 1; line <= end; line++) if (ranAt(line) === false) lines.push(line);
  return lines;
}
