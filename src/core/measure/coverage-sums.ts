import type { CoverageDetail, FileCoverage } from "../model/facts.ts";
import { countLines, type Tally } from "../model/line-set.ts";
import { PackedParts, type Parts } from "../model/parts.ts";
import { textOrder } from "../model/text-order.ts";

/** Coverage over all source files. A kind of part that no report file records is absent. */
export interface CoverageSums {
  readonly files: number;
  readonly lines: Tally;
  readonly branches?: Tally;
  readonly functions?: Tally;
  readonly statements?: Tally;
}

type PartKind = Exclude<keyof CoverageDetail, "scheme">;

/** Adds up source files. Of parts told by several formats, the format that knows most of them is taken for a file. */
export function sumCoverage(files: ReadonlyMap<string, FileCoverage>): CoverageSums {
  const [lines, branches, functions, statements] = [nothing(), nothing(), nothing(), nothing()];
  // All in one go, because with 50,000 files most of the time is waited for memory.
  for (const file of files.values()) {
    add(lines, linesOf(file));
    add(branches, tallyOf(file, "branches"));
    add(functions, tallyOf(file, "functions"));
    add(statements, tallyOf(file, "statements"));
  }
  return {
    files: files.size,
    lines: { covered: lines.covered, total: lines.total },
    ...told("branches", branches),
    ...told("functions", functions),
    ...told("statements", statements),
  };
}

/** A sum, and whether it is one of anything. */
interface Sum {
  covered: number;
  total: number;
  told: boolean;
}

function nothing(): Sum {
  return { covered: 0, total: 0, told: false };
}

function add(sum: Sum, tally: Tally | undefined): void {
  if (tally === undefined) return;
  sum.covered += tally.covered;
  sum.total += tally.total;
  sum.told = true;
}

function told<K extends PartKind>(name: K, { covered, total, told }: Sum): { readonly [key in K]?: Tally } {
  return told ? ({ [name]: { covered, total } } as { [key in K]: Tally }) : {};
}

function linesOf(file: FileCoverage): Tally {
  if (file.totals) return file.totals.lines;
  const lines = countLines(file.lines);
  return lines.total === 0 && file.countedBy ? (tallyOf(file, file.countedBy) ?? lines) : lines;
}

function tallyOf(file: FileCoverage, name: PartKind): Tally | undefined {
  if (file.totals) return file.totals[name];
  let best: Tally | undefined;
  for (const detail of byScheme(file.details)) {
    const parts = detail[name];
    if (parts && (best === undefined || parts.size > best.total)) best = count(parts);
  }
  return best;
}

function byScheme(details: readonly CoverageDetail[]): readonly CoverageDetail[] {
  return details.length < 2 ? details : details.toSorted((a, b) => textOrder(a.scheme, b.scheme));
}

function count(parts: Parts): Tally {
  if (parts instanceof PackedParts) return { covered: parts.covered, total: parts.size };
  let covered = 0;
  for (const ran of parts.values()) if (ran) covered++;
  return { covered, total: parts.size };
}
