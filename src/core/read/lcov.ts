import { type Problem, refuse } from "../model/problem.ts";
import { type CoverageTally, createCoverage, isPossible, type SourceTally } from "./coverage-tally.ts";
import { createLcovFunctions, type LcovFunctions } from "./lcov-functions.ts";
import { type LcovKernel, lcovKernelPays, readWithoutLcovKernel, takeLcovKernel } from "./lcov-kernel.ts";
import { type OpenRecord, openRecord } from "./lcov-record.ts";
import type { Reader } from "./reader.ts";
import { type Cursor, scanLines } from "./text/lines.ts";
import { detached, type Window } from "./text/window.ts";

/** lcov tracefile. https://github.com/linux-test-project/lcov, man geninfo(1), section "TRACEFILE FORMAT". */
export const lcov: Reader = {
  label: "lcov",
  families: ["coverage"],
  writtenBy: "lcov, geninfo, Istanbul, c8, vitest, node --test, grcov, coverage.py, llvm-cov and many others",
  claims: ({ text }) => /^(?:\s|(?:#.*|TN:.*)[\r\n])*(?:TN:|SF:)/.test(text),
  read(source, file) {
    const coverage = createCoverage("lcov");
    const record = recordReader(coverage, file);
    try {
      const notes = scanLines(source, file, record.line, record.take);
      return coverage.finish(file, [...notes, ...record.finish()]);
    } finally {
      record.end();
    }
  },
};

const hint = "Was the file cut off, or joined with another by hand? Let `lcov --add-tracefile` join them.";

/** Keys whose values are not judged: checksums, versions, totals, MC/DC conditions. */
const silent = new Set(["TN", "VER", "FNF", "FNH", "BRF", "BRH", "MCDC", "MCF", "MRF", "MCH", "MRH"]);

function recordReader(coverage: CoverageTally, file: string) {
  let open: OpenRecord | undefined;
  let kernel: LcovKernel | undefined;
  /** Whether the kernel took lines that were not handed over yet. */
  let fresh = false;
  let atHand = 0;
  const unknown = new Map<string, number>();
  const differing: Problem[] = [];

  function bad(expected: string, found: string, line: number): never {
    const message = `expected ${expected}, found "${found.slice(0, 60)}"`;
    refuse({ code: "lcov-syntax", message, at: { file, line }, hint });
  }

  return {
    take: (window: Window, cursor: Cursor): boolean => {
      if (kernel === undefined) {
        atHand = window.length;
        if (!lcovKernelPays(window)) return false;
        kernel = takeLcovKernel(window);
        kernel.enter(open !== undefined);
        if (open !== undefined) takeOver(open);
      }
      do {
        cursor.at = kernel.takeLines(cursor.at);
        const { pathStart, taken } = kernel;
        if (taken > 0) fresh = true;
        if (pathStart !== -1) begin(window.raw(pathStart, kernel.pathEnd), cursor.line + kernel.takenBefore);
        cursor.line += taken;
        if (kernel.ended) {
          coverage.record(open!.path, kernel.packed());
          open = undefined;
        }
      } while (kernel.ended);
      return true;
    },
    line: (text: string, number: number, real: (from: number) => string): void => {
      if (text.startsWith("DA:")) dataLine(text, number);
      else if (text.trimEnd() === "end_of_record") close(number);
      else if (text.charCodeAt(0) !== 35 && /\S/.test(text)) otherLine(text, number, real);
    },
    end(): void {
      if (kernel === undefined) readWithoutLcovKernel(atHand);
      kernel?.giveBack();
      kernel = undefined;
    },
    finish(): readonly Problem[] {
      if (open) {
        const message = `ends without end_of_record for ${open.path} (begun in line ${open.line})`;
        refuse({ code: "truncated", message, at: { file, line: open.line }, hint });
      }
      const records = [...unknown].map(([key, count]) => `${count} ${key}`).join(", ");
      if (records === "") return differing;
      const message = `left out records of unknown kinds: ${records}`;
      return [...differing, { code: "unknown-record", severity: "note", message, at: { file } }];
    },
  };

  function otherLine(text: string, number: number, real: (from: number) => string): void {
    const colon = text.indexOf(":");
    const key = text.slice(0, colon);
    // Engines name generated code by its text, which may have several lines: SF:data:,new function() {
    if (open?.path.startsWith("data:") && !/^[A-Z]{2,5}\d?:/.test(text)) {
      unknown.set("path", (unknown.get("path") ?? 0) + 1);
      return;
    }
    if (colon < 1 || !/^[A-Z][A-Z0-9]*$/.test(key)) bad("a record such as DA:<line>,<count>", text, number);
    const value = text.slice(colon + 1);
    if (key === "SF") {
      begin(detached(real(colon + 1)), number);
      kernel?.enter(true);
      return;
    }
    if (silent.has(key)) return;
    if (!open) bad("SF:<path> first", text, number);
    takeOver(open);
    if (key === "BRDA") branch(open, value, number);
    else if (key === "FN") functionAt(open, value);
    else if (key === "FNDA") functionHit(open, value, number);
    else if (key === "FNL") functionLine(open, value);
    else if (key === "FNA") functionAlias(open, value, number);
    else if (key === "LF") open.found = total(value, number);
    else if (key === "LH") open.hit = total(value, number);
    else unknown.set(key, (unknown.get(key) ?? 0) + 1);
  }

  function begin(path: string, line: number): void {
    if (open) {
      const message = `a new SF: before end_of_record for ${open.path}`;
      refuse({ code: "truncated", message, at: { file, line }, hint });
    }
    if (path.trim() === "") bad("SF:<path>", "SF:", line);
    open = openRecord(path.trim(), line);
  }

  function sourceOf(record: OpenRecord): SourceTally {
    record.source ??= coverage.source(record.path, "kept");
    return record.source;
  }

  /** Takes what the kernel has of a record before the line at hand. */
  function takeOver(record: OpenRecord): void {
    if (kernel === undefined || (record.handed && !fresh)) return;
    [record.handed, fresh] = [true, false];
    kernel.hand();
    record.lines += kernel.lines;
    record.covered += kernel.covered;
    if (kernel.found !== -1) record.found = kernel.found;
    if (kernel.hit !== -1) record.hit = kernel.hit;
    const packed = kernel.packed();
    if (packed.functionsEnd > 0 || packed.tellsFunctions) coverage.record(record.path, packed);
    if (packed.tellsFunctions) kernel.handFunctions(functionsOf(record));
  }

  /** Counts below 0 are 0, above 2^53 still covered; anything but an integer is refused. */
  function dataLine(text: string, line: number): void {
    const match = /^DA:(-?\d+),([+-]?\d+)(?:,[^,]*|\s*)$/.exec(text);
    if (!match) bad("DA:<line>,<count>", text, line);
    if (!open) bad("SF:<path> before DA", text, line);
    takeOver(open);
    open.lines++;
    if (ran(match[2]!)) open.covered++;
    sourceOf(open).line(Number(match[1]), ran(match[2]!), { file, line });
  }

  function branch(record: OpenRecord, value: string, line: number): void {
    const match = /^(\d+),(e?\d+),(.+),(-|[+-]?\d+)\s*$/.exec(value);
    if (!match) bad("BRDA:<line>,<block>,<branch>,<taken>", `BRDA:${value}`, line);
    coverage.records("branches");
    sourceOf(record).part(
      "branches",
      `${match[1]},${match[2]},${match[3]}`,
      match[4] !== "-" && ran(match[4]!),
    );
  }

  function functionsOf(record: OpenRecord): LcovFunctions {
    coverage.records("functions");
    record.functions ??= createLcovFunctions();
    return record.functions;
  }

  /** `FN:<line>,[<end>,]<name>` */
  function functionAt(record: OpenRecord, value: string): void {
    const match = /^(\d+),(?:\d+,)?(.+)$/.exec(value);
    const functions = functionsOf(record);
    if (match) functions.declare(match[1]!, match[2]!.trimEnd());
  }

  function functionHit(record: OpenRecord, value: string, line: number): void {
    const match = /^([+-]?\d+),(.+)$/.exec(value);
    if (!match) bad("FNDA:<count>,<name>", `FNDA:${value}`, line);
    functionsOf(record).hit(match[2]!.trimEnd(), ran(match[1]!));
  }

  /** `FNL:<index>,<line>[,<end>]` */
  function functionLine(record: OpenRecord, value: string): void {
    const match = /^(\d+),(\d+)(?:,\d+)?\s*$/.exec(value);
    const functions = functionsOf(record);
    if (match) functions.index(match[1]!, match[2]!);
  }

  function functionAlias(record: OpenRecord, value: string, line: number): void {
    const match = /^(\d+),([+-]?\d+),(.+)$/.exec(value);
    if (!match) bad("FNA:<index>,<count>,<name>", `FNA:${value}`, line);
    functionsOf(record).alias(match[1]!, match[3]!.trimEnd(), ran(match[2]!));
  }

  function total(value: string, line: number): number {
    if (!/^\s*-?\d+\s*$/.test(value)) bad("a whole number", value, line);
    return Number(value);
  }

  function close(line: number): void {
    if (!open) bad("SF:<path> before end_of_record", "end_of_record", line);
    takeOver(open);
    kernel?.enter(false);
    const source = sourceOf(open);
    open.functions?.each((id, ran) => source.part("functions", id, ran));
    const { found, hit, lines, covered, path } = open;
    if (lines === 0 && found !== undefined && found > 0) {
      if (hit === undefined || !isPossible({ covered: hit, total: found })) {
        const message = `${path}: LH:${hit ?? "missing"} of LF:${found} is impossible`;
        refuse({ code: "impossible-totals", message, at: { file, line } });
      }
      source.declareTotals({ lines: { covered: hit, total: found } });
    } else if (((found ?? lines) !== lines || (hit ?? covered) !== covered) && differing.length === 0) {
      const said = `LF and LH say ${hit ?? "?"} of ${found ?? "?"} lines`;
      const message = `${path}: ${said}, found ${covered} of ${lines}; the lines decide`;
      differing.push({ code: "totals-differ", severity: "warning", message, at: { file, line } });
    }
    open = undefined;
  }
}

function ran(count: string): boolean {
  return /[1-9]/.test(count) && !count.startsWith("-");
}
