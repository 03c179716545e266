import type { Changes, LineRange } from "../model/changes.ts";
import type { Config, Selection } from "../model/config.ts";
import type { FileCoverage } from "../model/facts.ts";
import { unscoped } from "../model/kpi.ts";
import type { Problem } from "../model/problem.ts";
import { textOrder } from "../model/text-order.ts";
import { executableLines, uncoveredLines } from "./executable-lines.ts";
import type { United } from "./kpi.ts";
import { isSelected } from "./selection.ts";

/** Coverage of the changed lines; why there is none; and what was to be said of changed files. */
export interface DiffMeasuring {
  readonly diff: United["diff"];
  readonly reason?: string;
  readonly problems: readonly Problem[];
}

/** Whether a verdict depends on the changed lines. */
export function judgesChanges({ phases }: Pick<Config, "phases">): boolean {
  return phases.some(({ rules }) => rules.some(({ kpi }) => unscoped(kpi) === "coverage.diff"));
}

/** The coverage of the changed lines, as far as this run has changes and coverage. */
export function measureDiff(
  changes: Changes,
  files: ReadonlyMap<string, FileCoverage> | null,
  selection: Selection,
): DiffMeasuring {
  if (changes.kind !== "known") {
    const { kind, reason } = changes;
    return kind === "none"
      ? { diff: { kind: "incomparable", reason }, problems: [] }
      : { diff: null, reason, problems: [] };
  }
  if (files === null) return { diff: null, problems: [] };
  if (![...files.values()].some(executableLines)) {
    return { diff: null, reason: "the coverage reports give totals and no lines", problems: [] };
  }
  return lookUp(changes, files, selection);
}

/**
 * Looks the changed lines up in the coverage of all report files. What is not known counts against the change:
 * of a file whose changed lines are not known every uncovered line counts as changed, and no covered one; a changed file
 * that no report knows counts with every line that is not blank, if `include` covers it.
 */
function lookUp(
  changes: Extract<Changes, { kind: "known" }>,
  files: ReadonlyMap<string, FileCoverage>,
  selection: Selection,
): DiffMeasuring {
  const selected = isSelected(selection);
  const kinds = new Set([...files.values()].map(({ path }) => extension(path)));
  const ranges: LineRange[] = [];
  const [unknown, unmeasured, unlisted]: [string[], string[], string[]] = [[], [], []];
  let [covered, total] = [0, 0];

  const uncovered = (file: string, lines: readonly number[]) => {
    total += lines.length;
    ranges.push(...joined(file, lines));
  };
  for (const file of changes.files.toSorted((a, b) => textOrder(a.path, b.path))) {
    const { path, lines } = file;
    const known = files.get(path);
    const ranAt = known && executableLines(known);
    if (known && ranAt) {
      if (lines === null) unknown.push(path);
      covered += lines?.filter((line) => ranAt(line) === true).length ?? 0;
      uncovered(
        path,
        lines === null ? uncoveredLines(known, ranAt) : lines.filter((line) => ranAt(line) === false),
      );
    } else if (known || (selection.include.length > 0 && selected(path))) {
      unmeasured.push(path);
      total += file.written;
      ranges.push(...joined(path, lines ?? []));
    } else if (selection.include.length === 0 && selected(path) && kinds.has(extension(path)))
      unlisted.push(path);
  }
  total += covered;
  return {
    diff: { kind: "changed", since: changes.since, covered, total, uncovered: ranges },
    problems: [
      ...told(
        "warning",
        unmeasured,
        "changed, but no coverage report knows its lines; all of them count as uncovered",
        measureHint,
      ),
      ...told(
        "warning",
        unknown,
        "changed in lines that are not known; all its uncovered lines count as changed",
        unknownHint,
      ),
      ...told(
        "note",
        unlisted,
        "changed, but stands in no coverage report, so its lines do not count",
        listHint,
      ),
    ],
  };
}

const measureHint =
  "Let the tool report source files that no test loads (such as `--all`, `source =` or `collectCoverageFrom`), or list it under coverage: exclude.";
const unknownHint = "Check out with `fetch-depth: 0`, so that git can tell the lines.";
const listHint = "Name your source files under coverage: include, and such a file counts as uncovered.";

/** One problem for all files it is true of. */
function told(
  severity: Problem["severity"],
  paths: readonly string[],
  what: string,
  hint: string,
): readonly Problem[] {
  const [first] = paths;
  if (first === undefined) return [];
  const more =
    paths.length > 1
      ? ` (and ${paths.length - 1} more: ${paths.slice(1, 4).join(", ")}${paths.length > 4 ? ", ..." : ""})`
      : "";
  return [{ code: "unmeasured-change", severity, message: `${what}${more}`, at: { file: first }, hint }];
}

/** Lines in order as ranges of neighbours. */
export function joined(file: string, lines: readonly number[]): readonly LineRange[] {
  const ranges: { file: string; from: number; to: number }[] = [];
  for (const line of lines) {
    const last = ranges.at(-1);
    if (last && line === last.to + 1) last.to = line;
    else ranges.push({ file, from: line, to: line });
  }
  return ranges;
}

function extension(path: string): string {
  return /\.[^./]+$/.exec(path)?.[0] ?? path;
}
