import type { ArmForm } from "../model/arms.ts";
import { takeRoom } from "../model/byte-pool.ts";
import { type CoverageDetail, type CoverageTotals, type FileCoverage, sameTotals } from "../model/facts.ts";
import {
  addLine,
  clearLines,
  emptyLineSet,
  hasLines,
  type LineSet,
  maxLine,
  packLines,
  uniteLines,
} from "../model/line-set.ts";
import { noParts, PackedParts, type Parts } from "../model/parts.ts";
import { type Place, refuse } from "../model/problem.ts";
import { type Budget, countParts, partKinds } from "./coverage-budget.ts";
import type { CoverageForm, PartKind, SourceTally } from "./coverage-tally.ts";
import { createPartCollector, type PartCollector } from "./part-collector.ts";

/** Most memory that the line sets of one report file may take, in bytes. */
const maxLineBytes = 1 << 29;

const noLines = emptyLineSet();

/** A set that has grown larger than this is not emptied for the next source file but made anew. */
const manyBytes = 4096;

/** What one record of a report file holds of a source file, in bytes that are overwritten later. */
export interface PackedRecord {
  readonly bytes: Uint8Array;
  /** Two bitmaps of that many bytes come first, see `LineSet`. */
  readonly lineBytes: number;
  /** Then come branches up to `branchesEnd`, how many and how many ran, and in the same way `listed` functions. */
  readonly branchForm: "listed" | ArmForm;
  readonly branchesEnd: number;
  readonly branches: number;
  readonly branchesCovered: number;
  readonly functionsEnd: number;
  readonly functions: number;
  readonly functionsCovered: number;
  /** Whether it tells of functions, even if of none that is kept. */
  readonly tellsFunctions: boolean;
}

type Collected = PackedParts | readonly PackedParts[] | undefined;

/**
 * A source file in a report file: while it is read what is collected of it, after that its facts. A class, because there
 * are 50,000 of them: methods of their own would take 30 MB.
 */
export class Entry implements SourceTally, FileCoverage {
  readonly path: string;
  lines: LineSet = noLines;
  details: readonly CoverageDetail[] = [];
  declare totals?: CoverageTotals;
  declare countedBy?: "statements";
  /** Several totals of it that differ were declared. */
  declare contradicted?: true;
  readonly #budget: Budget;
  #given: CoverageTotals | undefined;
  /** Parts of each kind, as many times as the source file was left for another one. */
  #branches: Collected;
  #functions: Collected;
  #statements: Collected;

  constructor(path: string, budget: Budget) {
    this.path = path;
    this.#budget = budget;
  }

  line(number: number, ran: boolean, at: Place): void {
    if (number < 1) return;
    if (number > maxLine) {
      const message = `${this.path}: line ${number} is no line of a source file (largest: ${maxLine})`;
      refuse({ code: "bad-value", message, at });
    }
    const lines = this.openLines();
    const before = lines.size;
    addLine(lines, number, ran);
    if (this.lines !== noLines && lines.size > before) this.#account((lines.size - before) * 2, at);
  }

  openLines(): LineSet {
    const budget = this.#open();
    // Lines are collected in one set that is packed for each source file; only one that comes again has its own.
    return this.lines === noLines ? budget.lines : this.lines;
  }

  part(kind: PartKind, id: string, ran: boolean): void {
    this.openParts(kind).text(id, ran);
  }

  openParts(kind: PartKind): PartCollector {
    const budget = this.#open();
    budget.collectors[kind] ??= createPartCollector((count) => countParts(budget, kind, count, budget.open!));
    return budget.collectors[kind];
  }

  declareTotals(totals: CoverageTotals): void {
    if (this.#given !== undefined && !sameTotals(this.#given, totals)) this.contradicted = true;
    this.#given = totals;
  }

  /** Takes a record, or what is at hand of one, besides what is known already. */
  take(record: PackedRecord): void {
    const { lineBytes, branchForm, branchesEnd, functionsEnd } = record;
    const { pool } = this.#budget;
    const start = takeRoom(pool, functionsEnd);
    const bytes = pool.block;
    bytes.set(record.bytes.subarray(0, functionsEnd), start);
    if (lineBytes > 0) this.#takeLines({ bytes, start, size: lineBytes });
    const [middle, end] = [start + branchesEnd, start + functionsEnd];
    const branches = { bytes, start: start + lineBytes * 2, end: middle, form: branchForm };
    if (record.branches > 0)
      this.#takeParts("branches", new PackedParts(branches, record.branches, record.branchesCovered));
    const functions = { bytes, start: middle, end, form: "listed" } as const;
    if (record.functions > 0)
      this.#takeParts("functions", new PackedParts(functions, record.functions, record.functionsCovered));
  }

  /** Packs what was collected, because another source file or the end comes next. */
  close(): void {
    const budget = this.#budget;
    for (const kind of partKinds) {
      const collector = budget.collectors[kind];
      if (collector !== undefined && collector.size() > 0) this.#keep(kind, collector.pack(budget.pool));
    }
    if (this.lines !== noLines) return;
    const lines = packLines(budget.lines, budget.pool);
    // JaCoCo has the methods of a source file first and its lines later.
    if (lines.size === 0) return;
    this.lines = lines;
    this.#account(lines.size * 2);
    if (budget.lines.size > manyBytes) budget.lines = emptyLineSet();
    else clearLines(budget.lines);
  }

  /** Makes facts of what was collected, which other source files must have closed. */
  finish(scheme: string, kinds: readonly PartKind[], { countedBy }: CoverageForm): void {
    const parts = (kind: PartKind) => (kinds.includes(kind) ? (this.#partsOf(kind) ?? noParts) : undefined);
    const statements = parts("statements");
    const counted = countedBy && statements ? this.#asBlocks(statements) : statements;
    this.details = [detailOf(scheme, parts("branches"), parts("functions"), counted)];
    const given = this.#given;
    if (given !== undefined && given.lines.total > 0 && !hasLines(this.lines)) this.totals = given;
    if (countedBy !== undefined) this.countedBy = countedBy;
  }

  /** Statements that were told by their blocks, `<block>:<how many>`. */
  #asBlocks(listed: Parts): Parts {
    if (!(listed instanceof PackedParts) || listed.size === 0) return listed;
    const blocks = listed.asBlocks();
    if (blocks instanceof PackedParts) {
      countParts(this.#budget, "statements", blocks.size - listed.size, this);
      return blocks;
    }
    const message = `${this.path.slice(0, 120)}: the block ${blocks.contradicted} has several numbers of statements`;
    refuse({ code: "bad-value", message, hint: "Was the file joined from profiles of different sources?" });
  }

  /** Parts of one kind that were collected, each once; undefined where there are none. */
  #partsOf(kind: PartKind): Parts | undefined {
    const found = this.#collected(kind);
    if (!Array.isArray(found)) return found as PackedParts | undefined;
    const united = createPartCollector();
    for (const parts of found as readonly PackedParts[]) for (const [id, ran] of parts) united.text(id, ran);
    return united.pack(this.#budget.pool);
  }

  #collected(kind: PartKind): Collected {
    if (kind === "branches") return this.#branches;
    return kind === "functions" ? this.#functions : this.#statements;
  }

  /** Takes lines that may stay where they are. */
  #takeLines(lines: LineSet): void {
    const isFirst = this.lines === noLines && this.#budget.open !== this;
    const into = isFirst ? lines : this.openLines();
    const before = isFirst ? 0 : into.size;
    if (isFirst) this.lines = lines;
    else uniteLines(into, lines);
    if (this.lines !== noLines) this.#account((into.size - before) * 2);
  }

  /** Takes parts that may stay where they are. */
  #takeParts(kind: PartKind, parts: PackedParts): void {
    const budget = this.#budget;
    const isFirst =
      this.#collected(kind) === undefined && !(budget.open === this && budget.collectors[kind]?.size());
    if (!isFirst) {
      for (const [id, ran] of parts) this.part(kind, id, ran);
      return;
    }
    countParts(budget, kind, parts.size, this);
    this.#keep(kind, parts);
  }

  #keep(kind: PartKind, parts: PackedParts): void {
    const known = this.#collected(kind);
    const all = known === undefined ? parts : [known, parts].flat();
    if (kind === "branches") this.#branches = all;
    else if (kind === "functions") this.#functions = all;
    else this.#statements = all;
  }

  #open(): Budget {
    const budget = this.#budget;
    if (budget.open === this) return budget;
    budget.open?.close();
    budget.open = this;
    return budget;
  }

  #account(bytes: number, at?: Place): void {
    const budget = this.#budget;
    budget.lineBytes += bytes;
    if (budget.lineBytes <= maxLineBytes) return;
    const message = `the lines take more than ${maxLineBytes >> 20} MiB`;
    refuse({ code: "limit-size", message, ...(at && { at }) });
  }
}

/** All of one form, as nearly all are, take half the memory. */
function detailOf(scheme: string, branches?: Parts, functions?: Parts, statements?: Parts): CoverageDetail {
  if (branches && functions && !statements) return { scheme, branches, functions };
  return {
    scheme,
    ...(branches && { branches }),
    ...(functions && { functions }),
    ...(statements && { statements }),
  };
}
