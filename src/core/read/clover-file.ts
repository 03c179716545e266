import type { CoverageTotals } from "../model/facts.ts";
import { maxLine, type Tally } from "../model/line-set.ts";
import { type Problem, refuse } from "../model/problem.ts";
import { armRuns, armTally, type Cond, isWithin, meaningOf } from "./clover-arms.ts";
import { type CoverageTally, checkTally, type SourceTally } from "./coverage-tally.ts";
import { readCount } from "./text/numbers.ts";
import type { Tag } from "./text/xml.ts";
import { totalsDiffer } from "./totals-differ.ts";

/** What `metrics` declare, and in which line of the report file. */
export interface Metrics {
  readonly lines: Tally | undefined;
  readonly branches: Tally | undefined;
  readonly functions: Tally | undefined;
  readonly at: number;
}

/** What a source file, or all of them, came to. */
export interface Found {
  readonly lines: Tally;
  readonly branches: Tally;
  /** Statements that may be counted and not listed: PHPUnit has one element for a line, and that of a method comes first. */
  readonly hidden: number;
}

interface Differing {
  readonly differs: Problem | undefined;
}

/** Reads one `file` element. */
export interface CloverFile {
  line(tag: Tag): void;
  metrics(metrics: Metrics): void;
  /** Comes at the end tag; says how the metrics differ from what was found. */
  close(): Found & Differing;
}

export function readMetrics(tag: Tag): Metrics {
  const tally = (name: string): Tally | undefined => {
    const total = readCount(tag.attribute(name));
    return total === undefined
      ? undefined
      : { covered: readCount(tag.attribute(`covered${name}`)) ?? 0, total };
  };
  const [lines, branches, functions] = [tally("statements"), tally("conditionals"), tally("methods")];
  return { lines, branches, functions, at: tag.line() };
}

/** The totals that stand for lines, where there are none; undefined without a statement. */
export function totalsOf(
  { lines, branches, functions, at: line }: Metrics,
  file: string,
): CoverageTotals | undefined {
  if (lines === undefined || lines.total === 0) return undefined;
  const at = { file, line };
  return {
    lines: checkTally(lines, "coveredstatements of statements", at),
    ...(branches?.total && { branches: checkTally(branches, "coveredconditionals of conditionals", at) }),
    ...(functions?.total && { functions: checkTally(functions, "coveredmethods of methods", at) }),
  };
}

export function openCloverFile(
  coverage: CoverageTally,
  source: SourceTally,
  path: string,
  file: string,
): CloverFile {
  const conds: Cond[] = [];
  let declared: Metrics | undefined;
  let [covered, total, methods] = [0, 0, 0];
  let hasLine = false;

  function bad(tag: Tag, message: string, hint?: string): never {
    refuse({ code: "bad-value", message, at: { file, line: tag.line() }, ...(hint && { hint }) });
  }

  /** A whole number from 0; below 0 is 0. Undefined where there is no such attribute. */
  function count(tag: Tag, name: string): number | undefined {
    const text = tag.attribute(name);
    if (text === undefined) return undefined;
    if (/^\s*[+-]?\d+\s*$/.test(text)) return Math.max(0, Number(text));
    bad(tag, `a <line> whose ${name} is "${text.slice(0, 40)}"`, "Counts are whole numbers from 0.");
  }

  function executable(tag: Tag, number: number, type: string): void {
    const hits = count(tag, "count");
    const [yes, no] = [count(tag, "truecount"), count(tag, "falsecount")];
    if (hits === undefined && yes === undefined) bad(tag, "a <line> without a count");
    const ran = (hits ?? yes! + (no ?? 0)) > 0;
    source.line(number, ran, number > maxLine ? { file, line: tag.line() } : { file });
    // OpenClover has a statement for each of its branches, on a line of its own kind.
    if (hits !== undefined) {
      total++;
      if (ran) covered++;
    }
    if (yes === undefined && no === undefined) return;
    if (yes === undefined || no === undefined)
      bad(tag, `a <line> of the type ${type} with one of truecount and falsecount`);
    conds.push({ line: number, yes, no, counted: hits !== undefined });
  }

  function addArms(line: number, first: number, arms: number, ran: boolean): void {
    source.openParts("branches").arms(line, first, arms, ran ? arms : 0);
  }

  /** Adds the branches, those that only the metrics know among them. */
  function branches(): { readonly found: Tally } & Differing {
    const said = declared?.branches;
    const meaning = meaningOf(conds, said);
    const found = armTally(conds, meaning);
    const fits = said !== undefined && isWithin(found, said);
    if (conds.length > 0 || (fits && said.total > 0)) coverage.records("branches");
    if (fits && said.total > found.total) {
      const alone = said.covered - found.covered;
      addArms(0, 0, alone, true);
      addArms(0, alone, said.total - found.total - alone, false);
    }
    const used = new Map<number, number>();
    for (const cond of conds) {
      for (const [arms, ran] of armRuns(cond, meaning)) {
        const first = used.get(cond.line) ?? 0;
        addArms(cond.line, first, arms, ran);
        used.set(cond.line, first + arms);
      }
    }
    if (said === undefined || fits) return { found: said ?? found, differs: undefined };
    const who = `${path}: coveredconditionals and conditionals say`;
    return { found, differs: totalsDiffer(who, said, found, { file, line: declared!.at }) };
  }

  return {
    line(tag) {
      hasLine = true;
      const [num, type] = [tag.attribute("num"), tag.attribute("type")];
      if (num === undefined || !/^\s*[+-]?\d+\s*$/.test(num))
        bad(
          tag,
          num === undefined ? "a <line> without a num" : `a <line> whose num is "${num.slice(0, 40)}"`,
        );
      const number = Number(num);
      if (type === "method") {
        methods++;
        coverage.records("functions");
        const name = tag.attribute("name") ?? tag.attribute("signature") ?? "";
        source.part("functions", `${number}:${name}`, (count(tag, "count") ?? 0) > 0);
      } else if (type !== "stmt" && type !== "cond") {
        const message =
          type === undefined ? "a <line> without a type" : `a <line> of the type "${type.slice(0, 40)}"`;
        bad(tag, message, "Lines are of the type stmt, cond or method.");
      } else if (number > 0) executable(tag, number, type);
    },
    metrics(metrics) {
      declared = metrics;
    },
    close() {
      const said = declared?.lines;
      const totals = hasLine || declared === undefined ? undefined : totalsOf(declared, file);
      if (totals !== undefined) {
        source.declareTotals(totals);
        const none = { covered: 0, total: 0 };
        return { lines: totals.lines, branches: totals.branches ?? none, hidden: 0, differs: undefined };
      }
      const lines = { covered, total };
      const { found, differs } = branches();
      const who = `${path}: coveredstatements and statements say`;
      const at = { file, line: declared?.at ?? 1 };
      const other = said && totalsDiffer(who, said, lines, at, methods);
      return { lines, branches: found, hidden: methods, differs: other ?? differs };
    },
  };
}
