import {
  type CoverageDetail,
  type CoverageFacts,
  type FileCoverage,
  keyOf,
  sameTotals,
} from "../model/facts.ts";
import { countLines, emptyLineSet, uniteLines } from "../model/line-set.ts";
import { PackedParts, type Parts } from "../model/parts.ts";
import type { Problem } from "../model/problem.ts";
import { textOrder } from "../model/text-order.ts";
import type { Resolver } from "./source-paths.ts";

export interface MergedCoverage {
  /** By path; where that could mean several source files, by path and report file. */
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
 * of one format. Totals without lines count only for a source file that nobody has lines for. A path that could mean
 * several source files is one of its own in each report file. The order of report files does not matter.
 */
export function mergeCoverage(
  all: readonly ReportedCoverage[],
  resolve: Resolver = asWritten,
): MergedCoverage {
  const union = emptyUnion();
  const { files } = union;
  for (const { file: reportFile, coverage } of all) {
    const find = coverage.located ? located : resolve(reportFile, [...coverage.files.keys()]);
    for (const [written, file] of coverage.files) {
      const { path, several } = find(written);
      if (several) addFile(union, { ...file, path, several, reportFile });
      else addFile(union, path === written ? file : { ...file, path });
    }
  }
  const sorted = [...files.values()].sort((a, b) => textOrder(keyOf(a), keyOf(b)));
  const bare = sorted.filter(
    ({ path, totals }) => path.startsWith("(all of ") && totals !== undefined && files.size > 1,
  );
  const problems = [
    ...sorted
      .filter(({ disputed }) => disputed)
      .map(({ path }) => cannotMerge(path, "two report files give different totals and no lines")),
    ...bare.map(({ path }) =>
      cannotMerge(path, "totals of a whole report cannot be united with other coverage"),
    ),
    ...ambiguous(sorted.filter(({ several }) => several !== undefined)),
  ];
  return { files, problems };
}

/** Coverage by path that source files are added to one by one. */
export interface CoverageUnion {
  readonly files: Map<string, FileCoverage>;
  /** Those that were added more than once. */
  readonly again: Set<string>;
}

export function emptyUnion(): CoverageUnion {
  return { files: new Map(), again: new Set() };
}

/** Adds a source file, which itself is never changed: the first time that something is added to it, to a copy of it. */
export function addFile({ files, again }: CoverageUnion, file: FileCoverage): void {
  const key = keyOf(file);
  const known = files.get(key);
  if (!known) {
    files.set(key, file);
    return;
  }
  files.set(key, unite(again.has(key) ? known : copy(known), file));
  again.add(key);
}

const located = (path: string) => ({ path, several: undefined });

const asWritten: Resolver = () => (path) => ({ path });

function ambiguous(unclear: readonly FileCoverage[]): readonly Problem[] {
  const [first] = unclear;
  if (first === undefined) return [];
  const meant = (first.several ?? []).join(" or ");
  const others = new Set(unclear.map(({ path }) => path)).size - 1;
  const more = others > 0 ? ` (and ${others} more ${others === 1 ? "path" : "paths"})` : "";
  const message = `${first.path} could be ${meant}; taken as written, and united with no other report file${more}`;
  const hint =
    "Let the tool write paths from the root of the repository, or its report below the package it belongs to.";
  return [{ code: "ambiguous-path", severity: "warning", message, hint }];
}

function copy(file: FileCoverage): FileCoverage {
  const lines = emptyLineSet();
  uniteLines(lines, file.lines);
  return { ...file, lines };
}

function unite(into: FileCoverage, file: FileCoverage): FileCoverage {
  uniteLines(into.lines, file.lines);
  const details = [...into.details];
  for (const detail of file.details) {
    const same = details.findIndex(({ scheme }) => scheme === detail.scheme);
    if (same === -1) details.push(detail);
    else details[same] = uniteDetail(details[same]!, detail);
  }
  const countedBy = into.countedBy ?? file.countedBy;
  const { several, reportFile } = into;
  const merged = {
    path: into.path,
    lines: into.lines,
    details,
    ...(countedBy ? { countedBy } : {}),
    ...(several ? { several } : {}),
    ...(reportFile === undefined ? {} : { reportFile }),
  };
  if (countLines(into.lines).total > 0) return merged;
  const totals = into.totals ?? file.totals;
  const differ = into.totals && file.totals && !sameTotals(into.totals, file.totals);
  const disputed = into.disputed || file.disputed || differ;
  return { ...merged, ...(totals ? { totals } : {}), ...(disputed ? { disputed: true as const } : {}) };
}

function uniteDetail(a: CoverageDetail, b: CoverageDetail): CoverageDetail {
  const united: { scheme: string; branches?: Parts; functions?: Parts; statements?: Parts } = {
    scheme: a.scheme,
  };
  for (const kind of ["branches", "functions", "statements"] as const) {
    const parts = a[kind] && b[kind] ? uniteParts(a[kind], b[kind]) : (a[kind] ?? b[kind]);
    if (parts) united[kind] = parts;
  }
  return united;
}

function uniteParts(a: Parts, b: Parts): Parts {
  const same = a instanceof PackedParts && b instanceof PackedParts ? a.united(b) : undefined;
  if (same) return same;
  const united = new Map(a);
  for (const [id, ran] of b) united.set(id, ran || united.get(id) === true);
  return united;
}

function cannotMerge(path: string, why: string): Problem {
  return {
    code: "cannot-merge",
    severity: "error",
    message: `${path}: ${why}`,
    hint: "Let the tools write reports with lines, such as lcov or coverage-final.json.",
  };
}
