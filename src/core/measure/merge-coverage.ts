import type { CoverageDetail, CoverageFacts, CoverageTotals, FileCoverage, Parts } from "../model/facts.ts";
import { countLines, emptyLineSet, type Tally, uniteLines } from "../model/line-set.ts";
import type { Problem } from "../model/problem.ts";
import type { Resolver } from "./source-paths.ts";

export interface MergedCoverage {
  readonly files: ReadonlyMap<string, FileCoverage>;
  readonly problems: readonly Problem[];
}

/** Coverage of one report file. */
export interface ReportedCoverage {
  readonly file: string;
  readonly coverage: CoverageFacts;
}

/**
 * Unites coverage of many report files: a line is known if one knows it, covered if one covers it, and so for parts
 * of one format. Totals without lines count only for a source file that nobody has lines for. The order of report
 * files does not matter.
 */
export function mergeCoverage(
  all: readonly ReportedCoverage[],
  resolve: Resolver = asWritten,
): MergedCoverage {
  const files = new Map<string, FileCoverage>();
  /** Source files for which report files give different totals; lines of another report file may settle it. */
  const disputed = new Set<string>();
  const unclear = new Map<string, readonly string[]>();
  for (const { file: reportFile, coverage } of all) {
    const find = resolve(reportFile, [...coverage.files.keys()]);
    for (const [written, file] of coverage.files) {
      const { path, several } = find(written);
      if (several) unclear.set(path, several);
      const known = files.get(path);
      if (known?.totals && file.totals && !sameTotals(known.totals, file.totals)) disputed.add(path);
      files.set(path, known ? unite(known, file) : { ...copy(file), path });
    }
  }
  const problems: Problem[] = [];
  for (const path of disputed) {
    if (files.get(path)?.totals)
      problems.push(cannotMerge(path, "two report files give different totals and no lines"));
  }
  for (const [path, file] of files) {
    if (!path.startsWith("(all of ") || file.totals === undefined || files.size === 1) continue;
    problems.push(cannotMerge(path, "totals of a whole report cannot be united with other coverage"));
  }
  if (unclear.size > 0) problems.push(ambiguous(unclear));
  return { files, problems };
}

const asWritten: Resolver = () => (path) => ({ path });

function ambiguous(unclear: ReadonlyMap<string, readonly string[]>): Problem {
  const [first = ["", []]] = unclear;
  const [path, several] = first;
  const more = unclear.size > 1 ? ` (and ${unclear.size - 1} more paths)` : "";
  return {
    code: "ambiguous-path",
    severity: "warning",
    message: `${path} could be ${several.slice(0, 3).join(" or ")}; taken as written${more}`,
    hint: "Let the tool write paths from the root of the repository, or its report below the package it belongs to.",
  };
}

function copy(file: FileCoverage): FileCoverage {
  const lines = emptyLineSet();
  uniteLines(lines, file.lines);
  return { ...file, lines };
}

function unite(into: FileCoverage, file: FileCoverage): FileCoverage {
  uniteLines(into.lines, file.lines);
  const details = new Map(into.details);
  for (const [scheme, detail] of file.details)
    details.set(scheme, uniteDetail(details.get(scheme) ?? {}, detail));
  const countedBy = into.countedBy ?? file.countedBy;
  const merged = { path: into.path, lines: into.lines, details, ...(countedBy ? { countedBy } : {}) };
  if (countLines(into.lines).total > 0) return merged;
  const totals = into.totals ?? file.totals;
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
