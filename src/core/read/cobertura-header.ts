import type { CoverageFacts } from "../model/facts.ts";
import { countLines, type Tally } from "../model/line-set.ts";
import { PackedParts } from "../model/parts.ts";
import type { Problem } from "../model/problem.ts";
import { readCount } from "./text/numbers.ts";
import type { Tag } from "./text/xml.ts";
import { totalsDiffer } from "./totals-differ.ts";

/** What the root element declares, as far as it does, and in which line it stands. */
export interface CoberturaHeader {
  readonly lines: Tally | undefined;
  readonly branches: Tally | undefined;
  readonly line: number;
}

export function readHeader(tag: Tag): CoberturaHeader {
  const tally = (name: string): Tally | undefined => {
    const [covered, total] = [
      readCount(tag.attribute(`${name}-covered`)),
      readCount(tag.attribute(`${name}-valid`)),
    ];
    return covered === undefined || total === undefined ? undefined : { covered, total };
  };
  // Istanbul counts all branches and lists those alone on whose line a statement begins. Its version is that of its reporter.
  const isIstanbul = tag.attribute("version") === "0.1";
  return { lines: tally("lines"), branches: isIstanbul ? undefined : tally("branches"), line: tag.line() };
}

/** `told`: the branches of all lines, where a line that comes twice counts twice, as some tools count it. */
export function headerDiffers(
  { lines, branches, line }: CoberturaHeader,
  { files }: CoverageFacts,
  told: Tally,
  file: string,
): readonly Problem[] {
  const [found, arms] = [
    { covered: 0, total: 0 },
    { covered: 0, total: 0 },
  ];
  for (const { lines, details } of files.values()) {
    add(found, countLines(lines));
    const [{ branches } = {}] = details;
    if (branches instanceof PackedParts) add(arms, { covered: branches.covered, total: branches.size });
  }
  const at = { file, line };
  const differ: (Problem | undefined)[] = [];
  if (lines !== undefined && lines.total > 0)
    differ.push(totalsDiffer("lines-covered and lines-valid say", lines, found, at));
  // Many tools count branches and have none in their lines.
  if (branches !== undefined && told.total > 0 && !isSame(branches, told))
    differ.push(totalsDiffer("branches-covered and branches-valid say", branches, arms, at));
  return differ.filter((problem) => problem !== undefined);
}

function add(sum: { covered: number; total: number }, { covered, total }: Tally): void {
  sum.covered += covered;
  sum.total += total;
}

function isSame(a: Tally, b: Tally): boolean {
  return a.covered === b.covered && a.total === b.total;
}
