import type { CoverageTotals } from "../model/facts.ts";
import type { Tally } from "../model/line-set.ts";
import { refuse } from "../model/problem.ts";
import { checkTally, createCoverage } from "./coverage-tally.ts";
import type { Reader } from "./reader.ts";
import { type Json, member } from "./text/json.ts";
import { eachEntry } from "./text/json-entries.ts";
import { totalsDiffer } from "./totals-differ.ts";

/** Istanbul's coverage-summary.json: totals per source file, without lines. Reporter "json-summary". */
export const istanbulSummary: Reader = {
  label: "Istanbul coverage-summary.json",
  families: ["coverage"],
  writtenBy: "nyc, Jest, vitest, c8 with the reporter json-summary",
  claims: ({ text }) =>
    /^\s*\{/.test(text) &&
    !/"statementMap"\s*:/.test(text) &&
    /"lines"\s*:\s*\{\s*"(?:total|covered|skipped|pct)"/.test(text),
  read(source, file) {
    const coverage = createCoverage("istanbul-summary", { linesExpected: false });
    const entries: [string, Json][] = [];
    eachEntry(source, file, (key, value) => entries.push([key, value]));
    const files = entries.filter(([key]) => key !== "total");
    for (const kind of kinds) coverage.records(kind);
    const sum = { covered: 0, total: 0 };
    for (const [key, value] of files.length > 0 ? files : entries) {
      const path = key === "total" ? `(all of ${file})` : key;
      const lines = tally(value, "lines", key, file);
      if (!lines) {
        refuse({
          code: "bad-value",
          message: `${key.slice(0, 120)} has no lines with total and covered`,
          at: { file },
        });
      }
      const totals: { -readonly [kind in keyof CoverageTotals]: CoverageTotals[kind] } = { lines };
      for (const kind of kinds) {
        const counted = tally(value, kind, key, file);
        if (counted) totals[kind] = counted;
      }
      coverage.source(path).declareTotals(totals);
      sum.covered += lines.covered;
      sum.total += lines.total;
    }
    const whole = entries.find(([key]) => key === "total")?.[1];
    const said = whole === undefined ? undefined : tally(whole, "lines", "total", file);
    const differs = said && totalsDiffer("the total says", said, sum, { file }, 0, "the source files");
    return coverage.finish(file, differs === undefined ? [] : [differs]);
  },
};

const kinds = ["branches", "functions", "statements"] as const;

function tally(value: Json, kind: string, key: string, file: string): Tally | undefined {
  const counts = member(value, kind);
  const [covered, total] = [member(counts, "covered"), member(counts, "total")];
  if (typeof covered !== "number" || typeof total !== "number") return undefined;
  return checkTally({ covered, total }, `${key.slice(0, 120)}, ${kind}`, { file });
}
