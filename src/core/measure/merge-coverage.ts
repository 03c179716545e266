import type { CoverageDetail, CoverageFacts, CoverageTotals, FileCoverage, Parts } from "../model/facts.ts";
import { countLines, emptyLineSet, type Tally, uniteLines } from "../model/line-set.ts";
import type { Problem } from "../model/problem.ts";

export interface MergedCoverage {
  readonly files: ReadonlyMap<string, FileCoverage>;
  readonly problems: readonly Problem[];
}

/**
 * Unites coverage of many report files: a line is known if one knows it, covered if one covers it, and so for parts
 * of one format. Totals without lines count only for a source file that nobody has lines for. The order of report
 * files does not matter. Paths below `root` become relative to it.
 */
export function mergeCoverage(all: readonly CoverageFacts[], root = ""): MergedCoverage {
  const files = new Map<string, FileCoverage>();
  const problems: Problem[] = [];
  for (const { files: more } of all) {
    for (const [written, file] of more) {
      const path = root !== "" && written.startsWith(`${root}/`) ? written.slice(root.length + 1) : written;
      const known = files.get(path);
      files.set(path, known ? unite(known, file, problems) : { ...copy(file), path });
    }
  }
  for (const [path, file] of files) {
    if (!path.startsWith("(all of ") || file.totals === undefined || files.size === 1) continue;
    problems.push(cannotMerge(path, "totals of a whole report cannot be united with other coverage"));
  }
  return { files, problems };
}

function copy(file: FileCoverage): FileCoverage {
  const lines = emptyLineSet();
  uniteLines(lines, file.lines);
  return { ...file, lines };
}

function unite(into: FileCoverage, file: FileCoverage, problems: Problem[]): FileCoverage {
  uniteLines(into.lines, file.lines);
  const details = new Map(into.details);
  for (const [scheme, detail] of file.details)
    details.set(scheme, uniteDetail(details.get(scheme) ?? {}, detail));
  const countedBy = into.countedBy ?? file.countedBy;
  const merged = { path: into.path, lines: into.lines, details, ...(countedBy ? { countedBy } : {}) };
  if (countLines(into.lines).total > 0) return merged;
  const totals = into.totals ?? file.totals;
  if (into.totals && file.totals && !sameTotals(into.totals, file.totals)) {
    problems.push(cannotMerge(into.path, "two report files give different totals and no lines"));
  }
  return totals ? { ...merged, totals } : merged;
}

function uniteDetail(a: CoverageDetail, b: CoverageDetail): CoverageDetail {
  const united: Partial<Record<keyof CoverageDetail, Parts>> = {};
  for (const kind of ["branches", "functions", "statements"] as const) {
    const parts = a[kind] && b[kind] ? uniteParts(a[kind], b[kind]) : (a[kind] ?? b[kind]);
    if (parts) united[kind] = parts;
  }
  return united;
}

function uniteParts(a: Parts, b: Parts): Parts {
  const united = new Map(a);
  for (const [id, ran] of b) united.set(id, ran || united.get(id) === true);
  return united;
}

function sameTotals(a: CoverageTotals, b: CoverageTotals): boolean {
  const same = (x?: Tally, y?: Tally) => x?.covered === y?.covered && x?.total === y?.total;
  return (
    same(a.lines, b.lines) &&
    same(a.branches, b.branches) &&
    same(a.functions, b.functions) &&
    same(a.statements, b.statements)
  );
}

function cannotMerge(path: string, why: string): Problem {
  return {
    code: "cannot-merge",
    severity: "error",
    message: `${path}: ${why}`,
    hint: "Let the tools write reports with lines, such as lcov or coverage-final.json.",
  };
}
