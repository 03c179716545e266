import type { CoverageTotals } from "../model/facts.ts";
import type { Tally } from "../model/line-set.ts";
import type { Problem } from "../model/problem.ts";
import { checkTally } from "./coverage-tally.ts";
import { totalsDiffer } from "./totals-differ.ts";

/** Counts the lines of a JaCoCo report beside its LINE counters, which testify, or are all that there is. */
export interface LineCounters {
  open(path: string): void;
  /** Some lines more: how many are covered, of how many, and how many have no instructions, which a counter may count. */
  add(covered: number, total: number, without: number): void;
  /** A counter of the source file that is open, or of the `report`. */
  declare(of: string, kind: "lines" | "branches", tally: Tally): void;
  /** Ends a source file; its totals where it has no lines. */
  close(): CoverageTotals | undefined;
  /** The totals of the whole report where its source files have none, and the first counter that is not what was found. */
  finish(): { readonly whole: CoverageTotals | undefined; readonly differs: readonly Problem[] };
}

/** Counters of a source file or a report, as far as there are. */
interface Declared {
  lines?: Tally;
  branches?: Tally;
}

export function createLineCounters(file: string): LineCounters {
  let path = "";
  let [covered, total, without] = [0, 0, 0];
  let declared: Declared = {};
  const report: Declared = {};
  const sum = { covered: 0, total: 0, without: 0 };
  let differs: Problem | undefined;
  // The counters of a large report are read without their lines.
  const at = { file };

  return {
    open(of) {
      path = of;
      [covered, total, without] = [0, 0, 0];
      declared = {};
    },
    add(ofCovered, ofTotal, ofWithout) {
      covered += ofCovered;
      total += ofTotal;
      without += ofWithout;
    },
    declare(of, kind, tally) {
      (of === "report" ? report : declared)[kind] = tally;
    },
    close() {
      sum.without += without;
      const totals = total === 0 ? totalsOf(declared, path) : undefined;
      sum.covered += totals?.lines.covered ?? covered;
      sum.total += totals?.lines.total ?? total;
      if (totals === undefined && declared.lines !== undefined && differs === undefined)
        differs = totalsDiffer(
          `${path}: the LINE counter says`,
          declared.lines,
          { covered, total },
          at,
          without,
        );
      return totals;
    },
    finish() {
      const whole = sum.total === 0 ? totalsOf(report, "the report") : undefined;
      if (whole === undefined && report.lines !== undefined)
        differs ??= totalsDiffer("the LINE counter of the report says", report.lines, sum, at, sum.without);
      return { whole, differs: differs === undefined ? [] : [differs] };
    },
  };

  function totalsOf({ lines, branches }: Declared, of: string): CoverageTotals | undefined {
    if (lines === undefined || lines.total === 0) return undefined;
    return {
      lines: checkTally(lines, `${of}: LINE counter`, at),
      ...(branches && { branches: checkTally(branches, `${of}: BRANCH counter`, at) }),
    };
  }
}
