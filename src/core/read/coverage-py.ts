import { refuse } from "../model/problem.ts";
import { createCoverage } from "./coverage-tally.ts";
import type { Reader } from "./reader.ts";
import { isObject, type Json, member, readJson } from "./text/json.ts";

/** coverage.py's JSON report. https://coverage.readthedocs.io/en/latest/commands/cmd_json.html */
export const coveragepy: Reader = {
  label: "coverage.py JSON",
  families: ["coverage"],
  writtenBy: "coverage json, pytest-cov",
  claims: ({ json: { keys } }) => keys.has("files") && (keys.has("meta") || keys.has("*/*/executed_lines")),
  read(source, file) {
    const coverage = createCoverage("coveragepy");
    const document = readJson(source, file);
    const files = member(document, "files");
    if (!isObject(files) || !isObject(member(document, "totals")))
      bad(file, "the document", "has no files and totals");
    for (const [path, entry] of Object.entries(files)) {
      const into = coverage.source(path);
      // Lines that ran may be no statements, such as docstrings, or line 0 of an empty module; the summary counts without.
      for (const line of numbers(entry, "executed_lines", path, file)) into.line(line, true, { file });
      for (const line of numbers(entry, "missing_lines", path, file)) into.line(line, false, { file });
      for (const [key, ran] of [
        ["executed_branches", true],
        ["missing_branches", false],
      ] as const) {
        const branches = member(entry, key);
        if (!Array.isArray(branches)) continue;
        coverage.records("branches");
        for (const branch of branches as readonly Json[]) into.part("branches", JSON.stringify(branch), ran);
      }
    }
    return coverage.finish(file, []);
  },
};

function numbers(entry: Json, key: string, path: string, file: string): readonly number[] {
  const value = member(entry, key);
  if (!Array.isArray(value) || !value.every((line) => Number.isInteger(line)))
    bad(file, path, `has no list ${key}`);
  return value as readonly number[];
}

function bad(file: string, what: string, problem: string): never {
  const hint = "Write it with `coverage json`.";
  refuse({ code: "bad-value", message: `${what.slice(0, 120)} ${problem}`, at: { file }, hint });
}
