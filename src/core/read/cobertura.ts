import type { CoverageFacts } from "../model/facts.ts";
import { countLines, type Tally } from "../model/line-set.ts";
import { type Place, type Problem, refuse } from "../model/problem.ts";
import { checkTally, createCoverage, type SourceTally, wholeReport } from "./coverage-tally.ts";
import type { Reader } from "./reader.ts";
import { readCount } from "./text/numbers.ts";
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
  /** For each of them its number and 1 if it ran, else 0. */
  let methodLines: number[] = [];
  let header: { covered: number | undefined; total: number | undefined; line: number } | undefined;

  const events = {
    open(name: string, tag: Tag) {
      const parent = path.at(-1);
      path.push(name);
      if (path.length === 1) {
        const [covered, total] = [tag.attribute("lines-covered"), tag.attribute("lines-valid")];
        header = { covered: readCount(covered), total: readCount(total), line: tag.line() };
        if (/[1-9]/.test(tag.attribute("branches-valid") ?? "")) coverage.records("branches");
      } else if (name === "source") sources.push("");
      else if (name === "class") openClass(tag);
      else if (name === "line" && parent === "lines" && source) line(tag, source);
    },
    close(name: string) {
      path.pop();
      if (name === "class") closeClass();
    },
    figures: {
      what: figures,
      tell(_: number, values: Int32Array, first: number, end: number) {
        if (source === undefined) return;
        const inMethod = path.at(-2) === "method";
        for (let at = first; at < end; at += 4) {
          const number = values[at]!;
          lineAt(number, values[at + 1]! > 0, inMethod, source);
          if (!inMethod && number > 0 && values[at + 3] !== -1)
            arms(number, values[at + 2]!, values[at + 3]!, source);
        }
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
    methodLines = [];
  }

  function closeClass(): void {
    if (ownLines === 0) {
      for (let i = 0; i < methodLines.length; i += 2)
        source?.line(methodLines[i]!, methodLines[i + 1] === 1, at);
    }
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
    const inMethod = path[path.length - 3] === "method";
    lineAt(number, count > 0, inMethod, into);
    if (!inMethod && number > 0) branches(tag, number, into);
  }

  function lineAt(number: number, ran: boolean, inMethod: boolean, into: SourceTally): void {
    if (inMethod) methodLines.push(number, ran ? 1 : 0);
    else {
      ownLines++;
      into.line(number, ran, at);
    }
  }

  /** condition-coverage="50% (1/2)" */
  function branches(tag: Tag, number: number, into: SourceTally): void {
    if (!tag.has("condition-coverage")) return;
    const match = /\(\s*(\d{1,6})\s*\/\s*(\d{1,6})\s*\)/.exec(tag.attribute("condition-coverage") ?? "");
    if (!match) return;
    const tally = { covered: Number(match[1]), total: Number(match[2]) };
    checkTally(tally, "condition-coverage", { file, line: tag.line() });
    arms(number, tally.covered, tally.total, into);
  }

  /** Which of them ran is not said, so the first ones stand for them. */
  function arms(number: number, covered: number, total: number, into: SourceTally): void {
    coverage.records("branches");
    const parts = into.openParts("branches");
    for (let i = 0; i < total; i++) parts.arm("pairs", number, 0, i, i < covered);
  }

  return {
    events,
    finish(scanned: readonly Problem[]) {
      const notes = [...scanned, ...withoutNumber(unnumbered, file)];
      const { covered, total, line } = header!;
      if (covered === undefined || total === undefined || total === 0) return coverage.finish(file, notes);
      const declared = { covered, total };
      if (!coverage.hasLines()) {
        checkTally(declared, "lines-covered of lines-valid", { file, line });
        coverage.source(wholeReport(file)).declareTotals({ lines: declared });
        return coverage.finish(file, notes);
      }
      const { facts, problems } = coverage.finish(file, notes);
      return {
        facts,
        problems: [...problems, ...headerDiffers(declared, facts.coverage, { file, line })],
      };
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

function headerDiffers(declared: Tally, { files }: CoverageFacts, at: Place): readonly Problem[] {
  const found = { covered: 0, total: 0 };
  for (const { lines } of files.values()) {
    const { covered, total } = countLines(lines);
    found.covered += covered;
    found.total += total;
  }
  if (found.covered === declared.covered && found.total === declared.total) return [];
  const said = `lines-covered and lines-valid say ${declared.covered} of ${declared.total}`;
  const message = `${said}, found ${found.covered} of ${found.total}; the lines decide`;
  return [{ code: "totals-differ", severity: "warning", message, at }];
}

function withoutNumber(count: number, file: string): readonly Problem[] {
  if (count === 0) return [];
  const message = `left out lines without a line number: ${count}`;
  return [{ code: "unknown-record", severity: "warning", message, at: { file } }];
}

/** More folders than this are not kept; one is enough to know. */
const maxSources = 2;

function under(folder: string, path: string): string {
  if (folder === "" || /^(?:[/\\]|[A-Za-z]:)/.test(path)) return path;
  // With an empty part between them, each path would have to be taken apart.
  return folder.endsWith("/") ? folder + path : `${folder}/${path}`;
}
