import type { FileCoverage } from "../model/facts.ts";
import { lineRan } from "../model/line-set.ts";

/** Whether a line of a source file is executable and ran; undefined where it is not executable. */
export type RanAt = (line: number) => boolean | undefined;

/** The lines of a source file; undefined where its reports know none, only totals. */
export function executableLines({ lines, details, totals, countedBy }: FileCoverage): RanAt | undefined {
  if (totals) return undefined;
  const go = countedBy ? goBlocks(details) : undefined;
  return go ? blockLines(go) : (line) => lineRan(lines, line);
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
  const last = file.lines.size * 8;
  const blocks = [...(goBlocks(file.details)?.keys() ?? [])];
  const end = blocks.reduce((most, id) => Math.max(most, Number(/,(\d+)\./.exec(id)?.[1] ?? 0)), last);
  const lines: number[] = [];
  for (let line = 1; line <= end; line++) if (ranAt(line) === false) lines.push(line);
  return lines;
}

function goBlocks(details: FileCoverage["details"]) {
  return details.find(({ scheme }) => scheme === "gocover")?.statements;
}
