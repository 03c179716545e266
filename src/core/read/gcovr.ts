import { refuse } from "../model/problem.ts";
import { createCoverage, type SourceTally } from "./coverage-tally.ts";
import type { Reader } from "./reader.ts";
import { type Json, member, readJson } from "./text/json.ts";

/** gcovr's JSON report, not its summary. https://gcovr.com/en/stable/output/json.html */
export const gcovr: Reader = {
  label: "gcovr JSON",
  families: ["coverage"],
  writtenBy: "gcovr --json",
  // Before gcovr 8 keys are sorted, so that the version stands at the very end.
  claims: ({ json: { keys } }) =>
    keys.has("gcovr/format_version") ||
    (keys.has("files") && keys.has("*/file") && (keys.has("*/lines") || keys.has("*/functions"))),
  read(source, file) {
    const coverage = createCoverage("gcovr");
    const document = readJson(source, file);
    const files = member(document, "files");
    if (member(document, "gcovr/format_version") === undefined || !Array.isArray(files))
      bad("the document has no files with a gcovr/format_version");
    for (const entry of files as readonly Json[]) {
      const path = member(entry, "file");
      const lines = member(entry, "lines");
      if (typeof path !== "string" || !Array.isArray(lines)) {
        bad("an entry of files without file and lines");
      }
      const into = coverage.source(path);
      for (const line of lines as readonly Json[]) addLine(line, path, into);
      for (const part of list(entry, "functions")) addFunction(part, into);
    }
    return coverage.finish(file, []);

    function bad(message: string): never {
      const hint = "Let `gcovr --json` write it; what gcov itself writes is not read.";
      refuse({ code: "bad-value", message, at: { file }, hint });
    }

    /** A function is told by its name and its line: templates and static functions have names in common. */
    function addFunction(part: Json, into: SourceTally): void {
      const [name, count] = [
        member(part, "name") ?? member(part, "demangled_name"),
        member(part, "execution_count"),
      ];
      if (typeof name !== "string" || !isWhole(count))
        bad("a function without name and execution_count as a whole number");
      if (member(part, excluded) === true) return;
      const line = member(part, "lineno");
      coverage.records("functions");
      into.part("functions", `${typeof line === "number" ? line : ""},${name}`, count > 0);
    }

    function addLine(line: Json, path: string, into: SourceTally): void {
      if (member(line, "gcovr/noncode") === true || member(line, excluded) === true) return;
      const [number, count] = [member(line, "line_number"), member(line, "count")];
      if (!isWhole(number) || !isWhole(count))
        bad(`${path.slice(0, 120)}: a line without line_number and count as whole numbers`);
      into.line(number, count > 0, { file });
      for (const [i, branch] of list(line, "branches").entries()) {
        const taken = member(branch, "count");
        if (!isWhole(taken)) bad(`${path.slice(0, 120)}:${number}: a branch without a whole count`);
        if (member(branch, excluded) === true) continue;
        coverage.records("branches");
        into.part("branches", `${number}:${i}`, taken > 0);
      }
    }
  },
};

const excluded = "gcovr/excluded";

function isWhole(value: Json | undefined): value is number {
  return typeof value === "number" && Number.isInteger(value);
}

function list(value: Json, key: string): readonly Json[] {
  const found = member(value, key);
  return Array.isArray(found) ? (found as readonly Json[]) : [];
}
