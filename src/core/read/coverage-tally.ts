import type { CoverageDetail, CoverageFacts, CoverageTotals, FileCoverage } from "../model/facts.ts";
import { hasLines, type LineSet, type Tally } from "../model/line-set.ts";
import { type Place, type Problem, refuse } from "../model/problem.ts";
import { newBudget, partKinds } from "./coverage-budget.ts";
import { Entry, type PackedRecord } from "./coverage-entry.ts";
import type { PartCollector } from "./part-collector.ts";
import { sourcePath } from "./source-path.ts";
import { detached } from "./text/window.ts";

/** Kinds of parts of a source file that are covered or not, besides lines. */
export type PartKind = Exclude<keyof CoverageDetail, "scheme">;

/** What a reader collects of one source file. */
export interface SourceTally {
  readonly path: string;
  readonly lines: LineSet;
  /** Lines from 1 on; others are no lines and are left out. Throws InputError for an impossible number. */
  line(number: number, ran: boolean, at: Place): void;
  /** The set that lines go into until the next source file comes. To add lines there that it has room for is `line`. */
  openLines(): LineSet;
  part(kind: PartKind, id: string, ran: boolean): void;
  /** What parts of a kind go into until the next source file comes, for identities in ASCII that lie in some bytes. */
  openParts(kind: PartKind): PartCollector;
  /** Totals of the report file's own; they count where it has no lines of the source file. */
  declareTotals(totals: CoverageTotals): void;
}

/** Collects coverage by source file; records of one file under several spellings or several times are united. */
export interface CoverageTally {
  /** `kept`: the path is a text of its own, of which nothing larger is kept in memory. */
  source(path: string, kept?: "kept"): SourceTally;
  /** Adds a record of a source file; `path` as above, `kept`. */
  record(path: string, record: PackedRecord): void;
  /** Says that the report file records parts of this kind, even if a source file has none. */
  records(kind: PartKind): void;
  /** Whether a source file has a line. */
  hasLines(): boolean;
  /**
   * Gives the totals of the whole report file, where it has neither lines nor totals of a source file: the source files that
   * it lists then count as one.
   */
  declareWhole(file: string, totals: CoverageTotals): void;
  /** What was collected. Nothing may be added afterwards. */
  finish(
    file: string,
    problems: readonly Problem[],
  ): { readonly facts: { kind: "coverage"; coverage: CoverageFacts }; readonly problems: readonly Problem[] };
}

/** How a format differs from most. */
export interface CoverageForm {
  /** The format never has lines, only totals. */
  readonly linesExpected?: false;
  /** What the format counts instead of lines. Statements are told by block then: `<block>:<how many>`. */
  readonly countedBy?: "statements";
}

export function createCoverage(scheme: string, form: CoverageForm = {}): CoverageTally {
  const entries = new Map<string, Entry>();
  const recorded = new Set<PartKind>();
  const budget = newBudget();
  let whole: { readonly path: string; readonly totals: CoverageTotals } | undefined;

  return {
    source(path, kept) {
      const plain = sourcePath(path);
      const key = kept ? plain : detached(plain);
      const known = entries.get(key);
      if (known !== undefined) return known;
      const entry = new Entry(key, budget);
      entries.set(key, entry);
      return entry;
    },
    record(path, record) {
      const key = sourcePath(path);
      let entry = entries.get(key);
      if (entry === undefined) {
        entry = new Entry(key, budget);
        entries.set(key, entry);
      }
      entry.take(record);
      if (record.branches > 0) recorded.add("branches");
      if (record.tellsFunctions) recorded.add("functions");
    },
    records(kind) {
      recorded.add(kind);
    },
    hasLines() {
      budget.open?.close();
      for (const { lines } of entries.values()) if (hasLines(lines)) return true;
      return false;
    },
    declareWhole(file, totals) {
      whole = { path: wholeReport(file), totals };
    },
    finish(file, problems) {
      budget.open?.close();
      const kinds = partKinds.filter((kind) => recorded.has(kind) || budget.collectors[kind]);
      let [bare, measured] = [0, false];
      const contradicted: string[] = [];
      for (const entry of entries.values()) entry.finish(scheme, kinds, form);
      if (whole !== undefined) {
        const entry = new Entry(whole.path, budget);
        entry.totals = { ...whole.totals, ...partTotals(entries.values()) };
        entries.clear();
        entries.set(entry.path, entry);
      }
      for (const entry of entries.values()) {
        if (entry.totals !== undefined) {
          // Of what is no line, the parts that are listed count, and totals where none are.
          entry.totals = { ...entry.totals, ...partTotals([entry]) };
          bare++;
          if (entry.contradicted) contradicted.push(entry.path);
        } else measured ||= isMeasured(entry);
      }
      // The source files outlive what they were collected with.
      for (const kind of partKinds) budget.collectors[kind] = undefined;
      return {
        facts: { kind: "coverage", coverage: { files: entries } },
        problems: [
          ...problems,
          ...contradictions(contradicted, file),
          ...emptiness(entries.size, bare, measured, file, form),
        ],
      };
    },
  };
}

/** Most lines, branches or functions of one source file that are believed: sums of them stay exact. */
const mostDeclared = 1_000_000_000;

/** Whether totals can be: whole numbers from 0, and no more covered than there is. */
export function isPossible({ covered, total }: Tally): boolean {
  return (
    Number.isInteger(covered) &&
    Number.isInteger(total) &&
    covered >= 0 &&
    covered <= total &&
    total <= mostDeclared
  );
}

/** Refuses totals that cannot be. */
export function checkTally(tally: Tally, what: string, at: Place): Tally {
  const { covered, total } = tally;
  if (!Number.isFinite(covered) || !Number.isFinite(total)) {
    refuse({ code: "bad-value", message: `${what}: covered and total must be whole numbers`, at });
  }
  if (!isPossible(tally)) {
    const message = `${what}: ${covered} covered of ${total} is impossible`;
    refuse({
      code: "impossible-totals",
      message,
      at,
      hint: "The tool that wrote the file is wrong, or the file was edited.",
    });
  }
  return tally;
}

/** What source files without lines have of other parts, such as the methods that JaCoCo knows without debug information. */
function partTotals(files: Iterable<FileCoverage>): Omit<CoverageTotals, "lines"> {
  const sums: { [kind in PartKind]?: { covered: number; total: number } } = {};
  for (const { details } of files) {
    for (const kind of partKinds) {
      for (const ran of details[0]?.[kind]?.values() ?? []) {
        sums[kind] ??= { covered: 0, total: 0 };
        sums[kind].total++;
        if (ran) sums[kind].covered++;
      }
    }
  }
  return sums;
}

/** Stands for all source files of a report that has totals only for the whole. */
function wholeReport(file: string): string {
  return `(all of ${file})`;
}

/** Source files without lines whose totals are there several times, and differ: none of them is that of the others. */
function contradictions(paths: readonly string[], file: string): readonly Problem[] {
  const [first] = paths;
  if (first === undefined) return [];
  const others = paths.length > 1 ? ` (and ${paths.length - 1} more of its source files)` : "";
  const message = `gives different totals for ${first.slice(0, 120)}, and no lines${others}`;
  const hint = "Let the tool write a report with lines, or one with each source file once.";
  return [{ code: "cannot-merge", severity: "error", message, at: { file }, hint }];
}

/** Says what is missing, given how many source files there are, how many with totals only, and whether another has lines. */
function emptiness(
  files: number,
  bare: number,
  measured: boolean,
  file: string,
  form: CoverageForm,
): readonly Problem[] {
  if (bare > 0) {
    const message = `gives totals without lines for ${bare} source ${bare === 1 ? "file" : "files"}`;
    const severity = form.linesExpected === false ? "note" : "warning";
    const hint = "A report with lines can be united with others, and shows where tests are missing.";
    return [{ code: "totals-only", severity, message, at: { file }, hint }];
  }
  if (measured) return [];
  const message = files === 0 ? "holds no coverage records (0 lines)" : "holds 0 lines (0 of 0)";
  const hint = "Did the tests run with coverage switched on?";
  return [{ code: "no-lines", severity: "warning", message, at: { file }, hint }];
}

function isMeasured({ lines, countedBy, details }: FileCoverage): boolean {
  if (countedBy === undefined) return hasLines(lines);
  return details.some((detail) => (detail[countedBy]?.size ?? 0) > 0);
}
