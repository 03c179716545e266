import type { Tally } from "../model/line-set.ts";
import { type Problem, refuse } from "../model/problem.ts";
import { createCoverage } from "./coverage-tally.ts";
import type { Reader } from "./reader.ts";
import { isObject, type Json, member, readJson } from "./text/json.ts";
import { totalsDiffer } from "./totals-differ.ts";

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
    const summaries = createSummaries(file);
    for (const [path, entry] of Object.entries(files)) {
      const into = coverage.source(path);
      const lines = linesOf(entry, path, file);
      for (const line of lines.ran) into.line(line, true, { file });
      for (const line of lines.missing) into.line(line, false, { file });
      summaries.compare(path, entry, lines);
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
    return coverage.finish(file, summaries.finish(member(document, "totals")));
  },
};

interface Lines {
  readonly ran: ReadonlySet<number>;
  readonly missing: ReadonlySet<number>;
}

/** Before coverage.py 7.16 lines that are excluded are among those that ran; line 0 is that of an empty module. */
function linesOf(entry: Json, path: string, file: string): Lines {
  const ran = new Set(numbers(entry, "executed_lines", path, file));
  const excluded =
    member(entry, "excluded_lines") === undefined ? [] : numbers(entry, "excluded_lines", path, file);
  for (const line of [0, ...excluded]) ran.delete(line);
  return { ran, missing: new Set(numbers(entry, "missing_lines", path, file)) };
}

/** Compares what the file says of its lines in sum with its lists of them. */
function createSummaries(file: string) {
  const sum = { covered: 0, total: 0 };
  let differs: Problem | undefined;
  let [more, docstrings] = [0, ""];
  return {
    compare(path: string, entry: Json, { ran, missing }: Lines): void {
      const found = { covered: ran.size, total: ran.size + missing.size };
      const said = tally(member(entry, "summary")) ?? found;
      sum.covered += said.covered;
      sum.total += said.total;
      if (said.covered === found.covered && said.total === found.total) return;
      if (said.total - said.covered !== missing.size || said.covered > ran.size) {
        differs ??= totalsDiffer(`${path.slice(0, 120)}: its summary says`, said, found, { file });
        return;
      }
      more += ran.size - said.covered;
      if (docstrings === "") docstrings = path.slice(0, 120);
    },
    finish(totals: Json | undefined): readonly Problem[] {
      const said = tally(totals);
      differs ??= said && totalsDiffer("the totals say", said, sum, { file });
      const differing = differs === undefined ? [] : [differs];
      if (more === 0) return differing;
      const message = `lists ${more} more executed ${more === 1 ? "line" : "lines"} than its summaries count, such as docstrings (first in ${docstrings}); they count as covered`;
      const hint = "coverage.py 7.16.2 and newer list statements only.";
      return [...differing, { code: "totals-differ", severity: "note", message, at: { file }, hint }];
    },
  };
}

function tally(summary: Json | undefined): Tally | undefined {
  const [covered, total] = [member(summary, "covered_lines"), member(summary, "num_statements")];
  return typeof covered === "number" && typeof total === "number" ? { covered, total } : undefined;
}

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
