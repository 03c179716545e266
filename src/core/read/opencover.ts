import { maxLine } from "../model/line-set.ts";
import { type Problem, refuse } from "../model/problem.ts";
import { createCoverage, type SourceTally } from "./coverage-tally.ts";
import { createSummaries } from "./opencover-summaries.ts";
import type { Reader } from "./reader.ts";
import { readCount } from "./text/numbers.ts";
import { scanXml, type Tag } from "./text/xml.ts";

/** OpenCover XML. https://github.com/OpenCover/opencover; a line is covered if a sequence point that begins there ran. */
export const opencover: Reader = {
  label: "OpenCover XML",
  families: ["coverage"],
  writtenBy: "OpenCover, Coverlet, AltCover",
  roots: ["CoverageSession"],
  read(source, file) {
    const reading = sessionReader(file);
    const notes = scanXml(source, file, reading.events);
    return reading.finish(notes);
  },
};

/** Longest name of a method that is kept. */
const maxName = 1_000;

function sessionReader(file: string) {
  const coverage = createCoverage("opencover");
  /** Paths by the number that points refer to; numbers are unique in a session. */
  const paths = new Map<string, string>();
  let method = { id: "", fileId: "", ran: false, skipped: false };
  const path: string[] = [];
  const summaries = createSummaries(file);

  const events = {
    open(name: string, tag: Tag) {
      if (name === "Summary") summaries.declare(path.at(-1) ?? "", tag);
      path.push(name);
      summaries.open();
      if (name === "File") openFile(tag);
      else if (name === "Method") {
        // Excluded from coverage, such as by an attribute; it has no points, and perhaps a file.
        const skipped = tag.has("skippedDueTo");
        method = { id: "", fileId: "", ran: false, skipped };
      } else if (name === "FileRef" && method.fileId === "") method.fileId = tag.attribute("uid") ?? "";
      else if (name === "SequencePoint") point(tag);
      else if (name === "BranchPoint") branch(tag);
    },
    close(name: string) {
      path.pop();
      summaries.close();
      const source = name === "Method" && !method.skipped ? paths.get(method.fileId) : undefined;
      if (source === undefined) return;
      coverage.records("functions");
      coverage.source(source).part("functions", method.id, method.ran);
    },
    wantsText: () => path.at(-1) === "Name" && path.at(-2) === "Method" && method.id.length < maxName,
    text(piece: string) {
      method.id += piece;
    },
  };

  function openFile(tag: Tag): void {
    const [id, path] = [tag.attribute("uid"), tag.attribute("fullPath")];
    if (id && path) paths.set(id, path);
  }

  function point(tag: Tag): void {
    const line = readCount(tag.attribute("sl"));
    if (line === undefined) bad(tag, `a <SequencePoint> whose sl is ${shown(tag.attribute("sl"))}`);
    const ran = visits(tag, "SequencePoint") > 0;
    const source = sourceOf(tag, "SequencePoint");
    method.fileId ||= tag.attribute("fileid") ?? "";
    if (ran) method.ran = true;
    summaries.point(ran);
    source.line(line, ran, line > maxLine ? { file, line: tag.line() } : { file });
  }

  function branch(tag: Tag): void {
    const ran = visits(tag, "BranchPoint") > 0;
    // A method without a file is none of the sources.
    if (method.fileId === "" && tag.attribute("fileid") === undefined) return;
    const source = sourceOf(tag, "BranchPoint");
    const id = [
      method.id,
      tag.attribute("sl"),
      tag.attribute("offset"),
      tag.attribute("path"),
      tag.attribute("ordinal"),
    ];
    coverage.records("branches");
    source.part("branches", id.join(":"), ran);
  }

  function sourceOf(tag: Tag, element: string): SourceTally {
    const id = tag.attribute("fileid") ?? method.fileId;
    const path = paths.get(id);
    if (path === undefined) bad(tag, `a <${element}> in file ${id.slice(0, 20)}, which is not listed`);
    return coverage.source(path);
  }

  /** How often a point was visited; counters that overflowed are below 0. */
  function visits(tag: Tag, element: string): number {
    const text = tag.attribute("vc");
    if (text !== undefined && /^\s*[+-]?\d+\s*$/.test(text)) return Number(text);
    bad(tag, `a <${element}> whose vc is ${shown(text)}`, "Visits are a whole number.");
  }

  function shown(text: string | undefined): string {
    return text === undefined ? "missing" : `"${text.slice(0, 40)}"`;
  }

  function bad(tag: Tag, message: string, hint?: string): never {
    refuse({ code: "bad-value", message, at: { file, line: tag.line() }, ...(hint && { hint }) });
  }

  return {
    events,
    finish: (notes: readonly Problem[]) => coverage.finish(file, [...notes, ...summaries.finish()]),
  };
}
