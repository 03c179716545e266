import type { Tally } from "../model/line-set.ts";
import { refuse } from "../model/problem.ts";
import { checkTally, createCoverage } from "./coverage-tally.ts";
import type { Reader } from "./reader.ts";
import { type Json, member, readJson } from "./text/json.ts";

/** llvm-cov export JSON. https://llvm.org/docs/CommandGuide/llvm-cov.html#llvm-cov-export; it sums lines up per file. */
export const llvmCov: Reader = {
  label: "llvm-cov export JSON",
  families: ["coverage"],
  writtenBy: "llvm-cov export, cargo llvm-cov, swift test",
  // Keys are sorted, so that the type stands at the very end, and branches of the first file before all else.
  claims: ({ text, json: { keys } }) =>
    (keys.has("data") || keys.has("type")) &&
    (text.includes("llvm.coverage.json.export") ||
      keys.has("*/*/segments") ||
      keys.has("*/*/summary") ||
      (keys.has("*/files") && (keys.has("*/*/branches") || keys.has("*/*/expansions")))),
  read(source, file) {
    const coverage = createCoverage("llvm-cov", { linesExpected: false });
    const data = member(readJson(source, file), "data");
    if (!Array.isArray(data))
      refuse({ code: "bad-value", message: "the document has no data", at: { file } });
    for (const kind of ["branches", "functions"] as const) coverage.records(kind);
    for (const entry of (data as readonly Json[]).flatMap((part) => files(part, file))) {
      const path = member(entry, "filename");
      if (typeof path !== "string" || path === "") {
        refuse({ code: "bad-value", message: "a file without a filename", at: { file } });
      }
      const summary = member(entry, "summary");
      const lines = tally(summary, "lines", path, file);
      if (!lines)
        refuse({ code: "bad-value", message: `${path.slice(0, 120)} has no summary of lines`, at: { file } });
      const [branches, functions] = [
        tally(summary, "branches", path, file),
        tally(summary, "functions", path, file),
      ];
      coverage
        .source(path)
        .declareTotals({ lines, ...(branches ? { branches } : {}), ...(functions ? { functions } : {}) });
    }
    return coverage.finish(file, []);
  },
};

function files(part: Json, file: string): readonly Json[] {
  const list = member(part, "files");
  if (!Array.isArray(list)) refuse({ code: "bad-value", message: "the data has no files", at: { file } });
  return list as readonly Json[];
}

function tally(summary: Json | undefined, kind: string, path: string, file: string): Tally | undefined {
  const [covered, total] = [member(member(summary, kind), "covered"), member(member(summary, kind), "count")];
  if (typeof covered !== "number" || typeof total !== "number") return undefined;
  return checkTally({ covered, total }, `${path.slice(0, 120)}, ${kind}`, { file });
}
