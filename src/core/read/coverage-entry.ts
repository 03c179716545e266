import type { CoverageTotals } from "../model/facts.ts";
import {
  addLine,
  clearLines,
  emptyLineSet,
  emptyPool,
  type LinePool,
  type LineSet,
  maxLine,
  packLines,
} from "../model/line-set.ts";
import { PackedParts, type Parts } from "../model/parts.ts";
import { type Place, refuse } from "../model/problem.ts";
import type { PartKind, SourceTally } from "./coverage-tally.ts";
import { createPartCollector, type PartCollector } from "./part-collector.ts";

/** Most memory that the line sets of one report file may take, in bytes. */
const maxLineBytes = 1 << 29;

/** Most branches, functions and statements that are kept of one report file. */
const maxParts = 20_000_000;

/** What the source files of one report file have in common. */
export interface Budget {
  lineBytes: number;
  parts: number;
  readonly pool: LinePool;
  /** The source file that is being read, and what is collected of it. */
  open: Entry | undefined;
  lines: LineSet;
  readonly collectors: Map<PartKind, PartCollector>;
}

export function newBudget(): Budget {
  return {
    lineBytes: 0,
    parts: 0,
    pool: emptyPool(),
    open: undefined,
    lines: emptyLineSet(),
    collectors: new Map(),
  };
}

const noLines = emptyLineSet();

/** A set that has grown larger than this is not emptied for the next source file but made anew. */
const manyBytes = 4096;

const noParts = new PackedParts("", 0, 0);

/** Parts of one kind that were collected while a source file was open, in a list that takes little memory. */
interface Packed {
  readonly kind: PartKind;
  readonly parts: PackedParts;
  readonly before: Packed | undefined;
}

/** A source file in a report file. A class, because there are 50,000 of them: methods of their own would take 30 MB. */
export class Entry implements SourceTally {
  readonly path: string;
  #lines: LineSet | undefined;
  given: CoverageTotals | undefined;
  readonly #budget: Budget;
  #packed: Packed | undefined;

  constructor(path: string, budget: Budget) {
    this.path = path;
    this.#budget = budget;
  }

  line(number: number, ran: boolean, at: Place): void {
    if (number < 1) return;
    if (number > maxLine) {
      const message = `line ${number} is no line of a source file (largest: ${maxLine})`;
      refuse({ code: "bad-value", message, at });
    }
    const budget = this.#open();
    // Lines are collected in one set that is packed for each source file; only one that comes again has its own.
    const lines = this.#lines ?? budget.lines;
    const before = lines.known.length;
    addLine(lines, number, ran);
    if (this.#lines && lines.known.length > before) this.#account((lines.known.length - before) * 2, at);
  }

  part(kind: PartKind, id: string, ran: boolean): void {
    this.#collector(kind).text(id, ran);
  }

  partIn(kind: PartKind, bytes: Uint8Array, start: number, end: number, ran: boolean): void {
    this.#collector(kind).add(bytes, start, end, ran);
  }

  totals(totals: CoverageTotals): void {
    this.given = totals;
  }

  get lines(): LineSet {
    return this.#lines ?? noLines;
  }

  /** Packs what was collected, because another source file or the end comes next. */
  close(): void {
    const budget = this.#budget;
    for (const [kind, collector] of budget.collectors) {
      if (collector.size === 0) continue;
      budget.parts += collector.size;
      this.#packed = { kind, parts: collector.pack(), before: this.#packed };
    }
    if (this.#lines !== undefined) return;
    this.#lines = packLines(budget.lines, budget.pool);
    this.#account(this.#lines.known.length * 2, { file: this.path });
    if (budget.lines.known.length > manyBytes) budget.lines = emptyLineSet();
    else clearLines(budget.lines);
  }

  partsOf(kind: PartKind): Parts {
    const found: Packed[] = [];
    for (let packed = this.#packed; packed; packed = packed.before)
      if (packed.kind === kind) found.push(packed);
    if (found.length < 2) return found[0]?.parts ?? noParts;
    const united = createPartCollector();
    for (const { parts } of found.reverse()) for (const [id, ran] of parts) united.text(id, ran);
    return united.pack();
  }

  #open(): Budget {
    const budget = this.#budget;
    if (budget.open === this) return budget;
    budget.open?.close();
    budget.open = this;
    return budget;
  }

  #account(bytes: number, at: Place): void {
    const budget = this.#budget;
    budget.lineBytes += bytes;
    if (budget.lineBytes <= maxLineBytes) return;
    refuse({ code: "limit-size", message: `the lines take more than ${maxLineBytes >> 20} MiB`, at });
  }

  #collector(kind: PartKind): PartCollector {
    const budget = this.#open();
    const { collectors } = budget;
    let collector = collectors.get(kind);
    if (collector === undefined) {
      collector = createPartCollector();
      collectors.set(kind, collector);
    }
    if (budget.parts + collector.size >= maxParts) {
      const message = `has more ${kind} than the limit (${maxParts})`;
      refuse({ code: "limit-count", message, at: { file: this.path } });
    }
    return collector;
  }
}
