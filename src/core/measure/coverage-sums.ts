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

/** Adds up source files. Of parts told by several formats, the format that knows most of them is taken for a file. */
export function sumCoverage(files: ReadonlyMap<string, FileCoverage>): CoverageSums {
  return {
    files: files.size,
    lines: sum(files, linesOf) ?? { covered: 0, total: 0 },
    ...kind(files, "branches"),
    ...kind(files, "functions"),
    ...kind(files, "statements"),
  };
}

function linesOf(file: FileCoverage): Tally {
  if (file.totals) return file.totals.lines;
  const lines = countLines(file.lines);
  return lines.total === 0 && file.countedBy ? (tallyOf(file, file.countedBy) ?? lines) : lines;
}

type PartKind = Exclude<keyof CoverageDetail, "scheme">;

function kind<K extends PartKind>(
  files: ReadonlyMap<string, FileCoverage>,
  name: K,
): { readonly [key in K]?: Tally } {
  const tally = sum(files, (file) => tallyOf(file, name));
  return tally === undefined ? {} : ({ [name]: tally } as { [key in K]?: Tally });
}

/** The sum over the source files that have a tally; undefined where none has. */
function sum(
  files: ReadonlyMap<string, FileCoverage>,
  of: (file: FileCoverage) => Tally | undefined,
): Tally | undefined {
  let [covered, total, told] = [0, 0, false];
  for (const file of files.values()) {
    const tally = of(file);
    if (tally === undefined) continue;
    covered += tally.covered;
    total += tally.total;
    told = true;
  }
  return told ? { covered, total } : undefined;
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
