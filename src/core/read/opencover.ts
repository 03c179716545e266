import { type Problem, refuse } from "../model/problem.ts";
import { createCoverage } from "./coverage-tally.ts";
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
  let method = { id: "", fileId: "", ran: false };
  const path: string[] = [];

  const events = {
    open(name: string, tag: Tag) {
      path.push(name);
      if (name === "File") openFile(tag);
      else if (name === "Method") method = { id: "", fileId: "", ran: false };
      else if (name === "FileRef" && method.fileId === "") method.fileId = tag.attribute("uid") ?? "";
      else if (name === "SequencePoint") point(tag);
      else if (name === "BranchPoint") branch(tag);
    },
    close(name: string) {
      path.pop();
      const source = name === "Method" ? paths.get(method.fileId) : undefined;
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
    const visits = readCount(tag.attribute("vc"));
    if (line === undefined || visits === undefined) bad(tag, "a <SequencePoint> without sl and vc");
    const id = tag.attribute("fileid") ?? method.fileId;
    const path = paths.get(id);
    if (path === undefined) bad(tag, `a <SequencePoint> in file ${id.slice(0, 20)}, which is not listed`);
    if (method.fileId === "") method.fileId = id;
    if (visits > 0) method.ran = true;
    coverage.source(path).line(line, visits > 0, { file });
  }

  function branch(tag: Tag): void {
    const path = paths.get(tag.attribute("fileid") ?? method.fileId);
    const visits = readCount(tag.attribute("vc"));
    if (path === undefined || visits === undefined) return;
    const id = [
      method.id,
      tag.attribute("sl"),
      tag.attribute("offset"),
      tag.attribute("path"),
      tag.attribute("ordinal"),
    ];
    coverage.records("branches");
    coverage.source(path).part("branches", id.join(":"), visits > 0);
  }

  function bad(tag: Tag, message: string): never {
    refuse({ code: "bad-value", message, at: { file, line: tag.line() } });
  }

  return { events, finish: (notes: readonly Problem[]) => coverage.finish(file, notes) };
}
