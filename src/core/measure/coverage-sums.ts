import type { CoverageDetail, FileCoverage } from "../model/facts.ts";
import { countLines, type Tally } from "../model/line-set.ts";
import { PackedParts, type Parts } from "../model/parts.ts";

/** Coverage over all source files. A kind of part that no report file records is absent. */
export interface CoverageSums {
  readonly files: number;
  readonly lines: Tally;
  readonly branches?: Tally;
  readonly functions?: Tally;
  readonly statements?: Tally;
}

/** Adds up source files. Of parts told by several formats, the format that knows most of them is taken for a file. */
export function sumCoverage(files: ReadonlyMap<string, FileCoverage>): CoverageSums {
  const all = [...files.values()];
  const lines = add(all.map((file) => linesOf(file)));
  const sums: CoverageSums = { files: all.length, lines };
  return { ...sums, ...kind(all, "branches"), ...kind(all, "functions"), ...kind(all, "statements") };
}

function linesOf(file: FileCoverage): Tally {
  if (file.totals) return file.totals.lines;
  const lines = countLines(file.lines);
  return lines.total === 0 && file.countedBy ? (tallyOf(file, file.countedBy) ?? lines) : lines;
}

function kind<K extends keyof CoverageDetail>(
  files: readonly FileCoverage[],
  name: K,
): { readonly [key in K]?: Tally } {
  const tallies = files.map((file) => tallyOf(file, name)).filter((tally) => tally !== undefined);
  return tallies.length === 0 ? {} : ({ [name]: add(tallies) } as { [key in K]?: Tally });
}

function tallyOf(file: FileCoverage, name: keyof CoverageDetail): Tally | undefined {
  if (file.totals) return file.totals[name];
  let best: Tally | undefined;
  for (const scheme of [...file.details.keys()].sort()) {
    const parts = file.details.get(scheme)?.[name];
    if (parts && (best === undefined || parts.size > best.total)) best = count(parts);
  }
  return best;
}

function count(parts: Parts): Tally {
  if (parts instanceof PackedParts) return { covered: parts.covered, total: parts.size };
  let covered = 0;
  for (const ran of parts.values()) if (ran) covered++;
  return { covered, total: parts.size };
}

function add(tallies: readonly Tally[]): Tally {
  return tallies.reduce((a, b) => ({ covered: a.covered + b.covered, total: a.total + b.total }), {
    covered: 0,
    total: 0,
  });
}
