import { refuse } from "../model/problem.ts";
import { createCoverage, type SourceTally } from "./coverage-tally.ts";
import type { Reader } from "./reader.ts";
import { isObject, type Json, member, readJson } from "./text/json.ts";

/** SimpleCov's .resultset.json: hits per line for each test command. https://github.com/simplecov-ruby/simplecov */
export const simplecov: Reader = {
  label: "SimpleCov resultset",
  families: ["coverage"],
  writtenBy: "SimpleCov (coverage/.resultset.json)",
  claims: ({ text, json: { keys } }) =>
    keys.has("*/coverage") && /"coverage"\s*:\s*\{/.test(text) && !keys.has("*/*/statementMap"),
  read(source, file) {
    const coverage = createCoverage("simplecov");
    const document = readJson(source, file);
    for (const [command, result] of Object.entries(isObject(document) ? document : {})) {
      const files = member(result, "coverage");
      if (!isObject(files)) bad(file, command, "has no coverage");
      for (const [path, entry] of Object.entries(files)) {
        const into = coverage.source(path);
        const hits = Array.isArray(entry) ? (entry as readonly Json[]) : member(entry, "lines");
        if (!Array.isArray(hits)) bad(file, path, "has no lines");
        for (const [i, count] of (hits as readonly Json[]).entries()) {
          // null is a line without code, "ignored" one between :nocov: marks.
          if (count === null || count === "ignored") continue;
          if (typeof count !== "number" || !Number.isFinite(count))
            bad(file, path, `has no count in line ${i + 1}`);
          into.line(i + 1, count > 0, { file });
        }
        const branches = member(entry, "branches");
        if (isObject(branches)) {
          coverage.records("branches");
          addBranches(branches, into);
        }
      }
    }
    return coverage.finish(file, []);
  },
};

function addBranches(conditions: { readonly [key: string]: Json }, into: SourceTally): void {
  for (const [condition, arms] of Object.entries(conditions)) {
    for (const [arm, count] of Object.entries(isObject(arms) ? arms : {})) {
      into.part("branches", `${condition}:${arm}`, typeof count === "number" && count > 0);
    }
  }
}

function bad(file: string, what: string, problem: string): never {
  refuse({ code: "bad-value", message: `${what.slice(0, 120)} ${problem}`, at: { file } });
}
