import { type BytePool, emptyPool } from "../model/byte-pool.ts";
import { emptyLineSet, type LineSet } from "../model/line-set.ts";
import { type Place, refuse } from "../model/problem.ts";
import type { Entry } from "./coverage-entry.ts";
import type { PartKind } from "./coverage-tally.ts";
import type { PartCollector } from "./part-collector.ts";

/** Most branches, functions and statements that are kept of one report file. */
const maxParts = 20_000_000;

/** Most branches of one line; more are damage, or they would take long to count. */
const maxArms = 1_000_000;

/** The kinds of parts, in the order in which they are told. */
export const partKinds = ["branches", "functions", "statements"] as const satisfies readonly PartKind[];

type Collectors = Record<PartKind, PartCollector | undefined>;

/** What the source files of one report file have in common. */
export interface Budget {
  lineBytes: number;
  parts: number;
  /** Where what was collected of source files stays. */
  readonly pool: BytePool;
  /** The source file that is being read, and what is collected of it. */
  open: Entry | undefined;
  lines: LineSet;
  readonly collectors: Collectors;
}

export function newBudget(): Budget {
  return {
    lineBytes: 0,
    parts: 0,
    pool: emptyPool(),
    open: undefined,
    lines: emptyLineSet(),
    collectors: { branches: undefined, functions: undefined, statements: undefined },
  };
}

/** Counts parts that are kept of a source file. */
export function countParts(budget: Budget, kind: PartKind, more: number, { path }: Entry): void {
  budget.parts += more;
  if (budget.parts <= maxParts) return;
  const message = `has more ${kind} than the limit (${maxParts}), the last of them in ${path.slice(0, 120)}`;
  refuse({ code: "limit-count", message });
}

/** Refuses more branches than a line can have. */
export function checkArms(count: number, line: number, path: string, at: Place): void {
  if (count <= maxArms) return;
  const message = `${path}: line ${line} has ${count} branches, more than the limit (${maxArms})`;
  refuse({ code: "limit-count", message, at });
}
