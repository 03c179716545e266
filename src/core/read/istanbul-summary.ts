import type { Tally } from "../model/line-set.ts";
import { refuse } from "../model/problem.ts";
import { checkTally, createCoverage } from "./coverage-tally.ts";
import type { Reader } from "./reader.ts";
import { isObject, type Json, member, readJson } from "./text/json.ts";

/** Istanbul's coverage-summary.json: totals per source file, without lines. Reporter "json-summary". */
export const istanbulSummary: Reader = {
  label: "Istanbul coverage-summary.json",
  family: "coverage",
  writtenBy: "nyc, Jest, vitest, c8 with the reporter json-summary",
  claims: ({ text }) =>
    /^\s*\{/.test(text) &&
    !/"statementMap"\s*:/.test(text) &&
    /"lines"\s*:\s*\{\s*"(?:total|covered|skipped|pct)"/.test(text),
  read(source, file) {
    const coverage = createCoverage("istanbul-summary", { linesExpected: false });
    const document = readJson(source, file);
    const entries = isObject(document) ? Object.entries(document) : [];
    const files = entries.filter(([key]) => key !== "total");
    for (const kind of ["branches", "functions", "statements"] as const) coverage.records(kind);
    for (const [key, value] of files.length > 0 ? files : entries) {
      const path = key === "total" ? `(all of ${file})` : key;
      const totals = {
        lines: tally(value, "lines", key, file),
        branches: tally(value, "branches", key, file),
        functions: tally(value, "functions", key, file),
        statements: tally(value, "statements", key, file),
      };
      coverage.source(path).totals(totals);
    }
    return coverage.finish(file, []);
  },
};

function tally(value: Json, kind: string, key: string, file: string): Tally {
  const counts = member(value, kind);
  const covered = member(counts, "covered");
  const total = member(counts, "total");
  if (typeof covered !== "number" || typeof total !== "number") {
    refuse({
      code: "bad-value",
      message: `${key.slice(0, 120)} has no ${kind} with total and covered`,
      at: { file },
    });
  }
  return checkTally({ covered, total }, `${key.slice(0, 120)}, ${kind}`, { file });
}
