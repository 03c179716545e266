import { refuse } from "../model/problem.ts";
import { createCoverage, type SourceTally } from "./coverage-tally.ts";
import type { Reader } from "./reader.ts";
import { type Json, member, readJson } from "./text/json.ts";

/** gcovr's JSON report, not its summary. https://gcovr.com/en/stable/output/json.html */
export const gcovr: Reader = {
  label: "gcovr JSON",
  families: ["coverage"],
  writtenBy: "gcovr --json",
  claims: ({ text, json: { keys } }) =>
    keys.has("gcovr/format_version") ||
    (/^\s*\{/.test(text) && /"gcovr\/(?:noncode|excluded)"\s*:/.test(text)),
  read(source, file) {
    const coverage = createCoverage("gcovr");
    const files = member(readJson(source, file), "files");
    if (!Array.isArray(files))
      refuse({ code: "bad-value", message: "the document has no files", at: { file } });
    for (const entry of files as readonly Json[]) {
      const path = member(entry, "file");
      const lines = member(entry, "lines");
      if (typeof path !== "string" || !Array.isArray(lines)) {
        refuse({ code: "bad-value", message: "an entry of files without file and lines", at: { file } });
      }
      const into = coverage.source(path);
      for (const line of lines as readonly Json[]) addLine(line, path, into);
      for (const part of list(entry, "functions")) {
        const [name, count] = [
          member(part, "name") ?? member(part, "demangled_name"),
          member(part, "execution_count"),
        ];
        if (typeof name !== "string" || typeof count !== "number") continue;
        coverage.records("functions");
        into.part("functions", name, count > 0);
      }
    }
    return coverage.finish(file, []);

    function addLine(line: Json, path: string, into: SourceTally): void {
      if (member(line, "gcovr/noncode") === true || member(line, "gcovr/excluded") === true) return;
      const [number, count] = [member(line, "line_number"), member(line, "count")];
      if (typeof number !== "number" || typeof count !== "number") {
        refuse({
          code: "bad-value",
          message: `${path.slice(0, 120)}: a line without number and count`,
          at: { file },
        });
      }
      into.line(number, count > 0, { file });
      for (const [i, branch] of list(line, "branches").entries()) {
        const taken = member(branch, "count");
        coverage.records("branches");
        into.part("branches", `${number}:${i}`, typeof taken === "number" && taken > 0);
      }
    }
  },
};

function list(value: Json, key: string): readonly Json[] {
  const found = member(value, key);
  return Array.isArray(found) ? (found as readonly Json[]) : [];
}
