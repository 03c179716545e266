import type { Tally } from "../model/line-set.ts";
import type { Problem } from "../model/problem.ts";
import { totalsDiffer } from "./totals-differ.ts";

/** Counts the lines of a JaCoCo report beside its LINE counters, which testify, or are all that there is. */
export interface LineCounters {
  open(path: string): void;
  /** A line, and how many of its instructions were missed and covered; without any it may be in a counter or not. */
  line(number: number, missed: number, covered: number): void;
  /** The same for many lines side by side, of five numbers each, of which these three come first. */
  lines(values: Int32Array, first: number, end: number): void;
  /** The counter of the source file that is open, or of the `report`. */
  declare(of: string, tally: Tally): void;
  /** Ends a source file; its totals where it has no lines. */
  close(): Tally | undefined;
  /** The totals of the whole report where its source files have none, and the first counter that is not what was found. */
  finish(): { readonly whole: Tally | undefined; readonly differs: readonly Problem[] };
}

export function createLineCounters(file: string): LineCounters {
  let path = "";
  let [covered, total, without] = [0, 0, 0];
  let declared: Tally | undefined;
  let report: Tally | undefined;
  const sum = { covered: 0, total: 0, without: 0 };
  let differs: Problem | undefined;
  // The counters of a large report are read without their lines.
  const at = { file };

  function line(number: number, missedOfIt: number, coveredOfIt: number): void {
    if (missedOfIt + coveredOfIt === 0) without++;
    else if (number > 0) {
      total++;
      if (coveredOfIt > 0) covered++;
    }
  }

  return {
    open(of) {
      path = of;
      [covered, total, without] = [0, 0, 0];
      declared = undefined;
    },
    line,
    lines(values, first, end) {
      for (let at = first; at < end; at += 5) line(values[at]!, values[at + 1]!, values[at + 2]!);
    },
    declare(of, tally) {
      if (of === "report") report = tally;
      else declared = tally;
    },
    close() {
      sum.without += without;
      const isBare = total === 0 && declared !== undefined && declared.total > 0;
      const found = isBare ? declared! : { covered, total };
      sum.covered += found.covered;
      sum.total += found.total;
      if (isBare) return found;
      if (declared !== undefined && differs === undefined)
        differs = totalsDiffer(`${path}: the LINE counter says`, declared, found, at, without);
      return undefined;
    },
    finish() {
      const whole = sum.total === 0 && report !== undefined && report.total > 0 ? report : undefined;
      if (report !== undefined && whole === undefined)
        differs ??= totalsDiffer("the LINE counter of the report says", report, sum, at, sum.without);
      return { whole, differs: differs === undefined ? [] : [differs] };
    },
  };
}
