import type { Tally } from "../model/line-set.ts";
import { type Problem, refuse } from "../model/problem.ts";
import { type CoberturaHeader, headerDiffers, readHeader } from "./cobertura-header.ts";
import { checkArms } from "./coverage-budget.ts";
import { checkTally, createCoverage, type SourceTally } from "./coverage-tally.ts";
import type { Reader } from "./reader.ts";
import { scanXml, type Tag } from "./text/xml.ts";
import type { Figures } from "./text/xml-figures.ts";

/** Cobertura XML. https://github.com/cobertura/cobertura, coverage-04.dtd. */
export const cobertura: Reader = {
  label: "Cobertura XML",
  families: ["coverage"],
  writtenBy: "coverage.py, gcovr, Coverlet, PHPUnit, Istanbul, scoverage, pycobertura and many others",
  roots: ["coverage"],
  claims: ({ text }) => !/<(?:[^\s<>:]+:)?project[\s>]|\sclover=/.test(text.slice(0, 4096)),
  read(source, file) {
    const reading = classReader(file);
    const notes = scanXml(source, file, reading.events);
    return reading.finish(notes);
  },
};

/** Nearly all elements are of this kind. */
const figures = [
  { element: "line", inside: ["lines"], counts: ["number", "hits"], share: "condition-coverage" },
] as const satisfies readonly Figures[];

function classReader(file: string) {
  const coverage = createCoverage("cobertura");
  const path: string[] = [];
  /** Folders that filenames are relative to. With several of them nobody can tell which one. */
  const sources: string[] = [];
  let source: SourceTally | undefined;
  /** Lines of a class's methods count only if the class has no lines of its own. */
  let ownLines = 0;
  const at = { file };
  let unnumbered = 0;
  /** For each of them its number, above 0 if it ran, and its branches: how many ran, of how many or `none` or `unclear`. */
  let methodLines = new Float64Array(4096);
  let methodLinesEnd = 0;
  /** Lines whose branches nobody can tell. */
  let unclearBranches = 0;
  /** The branches of all lines, where a line that comes twice counts twice. */
  let [toldCovered, told] = [0, 0];
  let header: CoberturaHeader | undefined;

  const events = {
    open(name: string, tag: Tag) {
      const parent = path.at(-1);
      path.push(name);
      if (path.length === 1) {
        header = readHeader(tag);
        if (/[1-9]/.test(tag.attribute("branches-valid") ?? "")) coverage.records("branches");
      } else if (name === "source") sources.push("");
      else if (name === "class") openClass(tag);
      else if (name === "line" && source) {
        if (parent === "lines") line(tag, source);
        else unnumbered++;
      }
    },
    close(name: string) {
      path.pop();
      if (name === "class") closeClass();
    },
    figures: {
      what: figures,
      tell(_: number, values: Int32Array, first: number, end: number) {
        if (source === undefined) return;
        if (path.at(-2) === "method") keepLines(values.subarray(first, end));
        else linesAt(values, first, end, source);
      },
    },
    wantsText: () => path.at(-1) === "source" && sources.length <= maxSources,
    text(piece: string) {
      sources[sources.length - 1] += piece;
    },
  };

  function openClass(tag: Tag): void {
    const filename = tag.attribute("filename");
    if (!filename) {
      refuse({ code: "bad-value", message: "a <class> without a filename", at: { file, line: tag.line() } });
    }
    source = coverage.source(sources.length === 1 ? under(sources[0]!.trim(), filename) : filename);
    ownLines = 0;
    methodLinesEnd = 0;
  }

  function closeClass(): void {
    if (ownLines === 0 && source !== undefined) linesAt(methodLines, 0, methodLinesEnd, source);
    source = undefined;
  }

  function line(tag: Tag, into: SourceTally): void {
    const number = numberOf(tag, "number");
    if (!Number.isInteger(number)) {
      unnumbered++;
      return;
    }
    const count = numberOf(tag, "hits");
    if (!Number.isFinite(count)) {
      const hits = tag.attribute("hits");
      const message = `a <line> whose hits are "${(hits ?? "").slice(0, 40)}"`;
      refuse({
        code: "bad-value",
        message,
        at: { file, line: tag.line() },
        hint: "Hits are a number from 0.",
      });
    }
    const { covered, total } = branches(tag);
    const found = [number, count, covered, total];
    if (path[path.length - 3] === "method") {
      keepLines(found);
      return;
    }
    if (covered > total) checkTally({ covered, total }, "condition-coverage", { file, line: tag.line() });
    linesAt(found, 0, found.length, into);
  }

  function keepLines(lines: ArrayLike<number>): void {
    const end = methodLinesEnd + lines.length;
    if (end > methodLines.length) {
      const larger = new Float64Array(end * 2);
      larger.set(methodLines);
      methodLines = larger;
    }
    methodLines.set(lines, methodLinesEnd);
    methodLinesEnd = end;
  }

  function linesAt(values: ArrayLike<number>, first: number, end: number, into: SourceTally): void {
    for (let i = first; i < end; i += 4) {
      const number = values[i]!;
      into.line(number, values[i + 1]! > 0, at);
      const total = values[i + 3]!;
      if (total === none || number < 1) continue;
      if (total === unclear) unclearBranches++;
      else arms(number, values[i + 2]!, total, into);
    }
    ownLines += end - first;
  }

  /** condition-coverage="50% (1/2)" */
  function branches(tag: Tag): Tally {
    if (!tag.has("condition-coverage")) return noBranches;
    const text = tag.attribute("condition-coverage")!;
    if (text.trim() === "") return noBranches;
    const match = /\(\s*(\d{1,15})\s*\/\s*(\d{1,15})\s*\)/.exec(text);
    return match
      ? { covered: Number(match[1]), total: Number(match[2]) }
      : { covered: unclear, total: unclear };
  }

  /** Which of them ran is not said, so the first ones stand for them. */
  function arms(number: number, covered: number, total: number, into: SourceTally): void {
    if (covered > total)
      checkTally({ covered, total }, `${into.path}: condition-coverage of line ${number}`, at);
    checkArms(total, number, into.path, at);
    toldCovered += covered;
    told += total;
    coverage.records("branches");
    into.openParts("branches").arms(number, 0, total, covered);
  }

  return {
    events,
    finish(scanned: readonly Problem[]) {
      const notes = [...scanned, ...leftOut(unnumbered, unclearBranches, file)];
      const { lines, branches, line } = header!;
      if (lines !== undefined && lines.total > 0 && !coverage.hasLines()) {
        checkTally(lines, "lines-covered of lines-valid", { file, line });
        const arms = branches?.total
          ? { branches: checkTally(branches, "branches-covered of branches-valid", { file, line }) }
          : {};
        coverage.declareWhole(file, { lines, ...arms });
        return coverage.finish(file, notes);
      }
      const { facts, problems } = coverage.finish(file, notes);
      const differ = headerDiffers(header!, facts.coverage, { covered: toldCovered, total: told }, file);
      return { facts, problems: [...problems, ...differ] };
    },
  };
}

/** The value of an attribute as a number; NaN where it is absent, blank or none. */
function numberOf(tag: Tag, name: string): number {
  const plain = tag.number(name);
  if (!Number.isNaN(plain)) return plain;
  const text = tag.attribute(name) ?? "";
  return text.trim() === "" ? Number.NaN : Number(text);
}

/** In place of a number of branches: the line has none, or what it says of them is no share such as `(1/2)`. */
const [none, unclear] = [-1, -2];
const noBranches: Tally = { covered: none, total: none };

function leftOut(unnumbered: number, unclear: number, file: string): readonly Problem[] {
  const what = [
    ["lines without a line number or outside of <lines>", unnumbered],
    ["branches of lines whose condition-coverage is no share such as (1/2)", unclear],
  ] as const;
  return what
    .filter(([, count]) => count > 0)
    .map(([name, count]) => {
      const message = `left out ${name}: ${count}`;
      return { code: "unknown-record", severity: "warning", message, at: { file } };
    });
}

/** More folders than this are not kept; one is enough to know. */
const maxSources = 2;

function under(folder: string, path: string): string {
  if (folder === "" || /^(?:[/\\]|[A-Za-z]:)/.test(path)) return path;
  // With an empty part between them, each path would have to be taken apart.
  return folder.endsWith("/") ? folder + path : `${folder}/${path}`;
}
