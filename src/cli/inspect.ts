import { sumCoverage } from "../core/measure/coverage-sums.ts";
import type { ReadFile, SourceEvidence } from "../core/model/evidence.ts";
import { type Finding, type FindingFacts, severities } from "../core/model/facts.ts";
import type { Tally } from "../core/model/line-set.ts";
import { isError } from "../core/model/problem.ts";
import { readReportFile } from "../core/read/index.ts";
import { problemText } from "../core/report/problem-text.ts";
import { plural, valueText } from "../core/report/words.ts";
import { readPieces } from "../io/report-files.ts";
import type { Command } from "./command.ts";

/** What a reader sees in each file. Failing tests do not matter here; only files that cannot be judged do. */
export const inspect: Command = {
  summary: "show what is read in each file: format, counts, problems",
  usage: "inspect FILE...",
  options: { json: { type: "boolean", help: "print one JSON document" } },
  async run({ values, positionals, out, fail }) {
    if (positionals.length === 0) return fail("inspect needs at least one file");
    const files = positionals.map((path) => readReportFile(path, readPieces(path, path)));
    if (values["json"]) out(`${JSON.stringify({ schema: 1, files: files.map(entry) }, null, 2)}\n`);
    else for (const file of files) out(describe(file));
    return files.some(({ problems }) => problems.some(isError)) ? 2 : 0;
  },
};

/** One entry of the JSON document. */
function entry({ path, format, facts, problems }: ReadFile) {
  if (facts?.kind === "tests") {
    return { path, format, tests: { ...facts.tests.counts, seconds: facts.tests.seconds }, problems };
  }
  if (facts?.kind === "coverage") {
    const {
      files,
      lines,
      branches = null,
      functions = null,
      statements = null,
    } = sumCoverage(facts.coverage.files);
    return { path, format, coverage: { files, lines, branches, functions, statements }, problems };
  }
  if (facts?.kind === "load") return { path, format, load: facts.load, problems };
  if (facts?.kind === "metrics") return { path, format, metrics: facts.metrics, problems };
  if (facts?.kind === "findings") return { path, format, findings: severityCounts(facts.findings), problems };
  if (facts?.kind === "facts") {
    const { written, sources } = facts.collected;
    return { path, format, facts: { written, files: sources.flatMap(reportPaths) }, problems };
  }
  return { path, format, problems };
}

function severityCounts({ findings }: FindingFacts) {
  const count = (severity: Finding["severity"]) => findings.filter((one) => one.severity === severity).length;
  const counts = severities.map((severity) => [severity, count(severity)] as const);
  return { total: findings.length, ...Object.fromEntries(counts), unrated: count(undefined) };
}

/** The report files of another runner in a facts file, without the entry for the facts file itself. */
function reportPaths({ family, files }: SourceEvidence) {
  return files
    .filter((file) => file.format !== "facts")
    .map(({ path, format, problems }) => ({ path, format, family, problems }));
}

function describe(file: ReadFile): string {
  const { path, format, facts, problems } = file;
  const unknown = problems.some(({ code }) => code === "unknown-format") ? "no known format" : "not read";
  const lines = [`${path}: ${format ?? unknown}`];
  if (facts?.kind === "tests") {
    const { total, passed, failed, errored, skipped, flaky } = facts.tests.counts;
    lines.push(
      `  ${plural(total, "test")}: ${passed} passed, ${failed} failed, ${errored} errored, ${skipped} skipped, ${flaky} flaky`,
    );
  } else if (facts?.kind === "coverage") {
    const sums = sumCoverage(facts.coverage.files);
    const parts = (["lines", "branches", "functions", "statements"] as const).flatMap((kind) =>
      share(kind, sums[kind]),
    );
    lines.push(`  ${plural(sums.files, "source file")}: ${parts.join(", ") || "no lines"}`);
  } else if (facts?.kind === "load") {
    const { requests, times } = facts.load;
    const found = Object.entries(times).map(
      ([name, ms]) => `${name} ${valueText({ kind: "amount", amount: ms }, "ms")}`,
    );
    lines.push(`  ${plural(requests, "request")}: ${found.join(", ") || "no response times"}`);
  } else if (facts?.kind === "facts") {
    const { written, sources } = facts.collected;
    lines.push(`  ${plural(sources.flatMap(reportPaths).length, "report file")}, collected ${written}`);
  }
  if (facts?.kind === "metrics") {
    const names = [...new Set(facts.metrics.map(({ name }) => name))];
    const rest = names.length > 6 ? `, and ${names.length - 6} more` : "";
    lines.push(`  ${plural(facts.metrics.length, "number")}: ${names.slice(0, 6).join(", ")}${rest}`);
  }
  if (facts?.kind === "findings") {
    const { total, ...counts } = severityCounts(facts.findings);
    const parts = Object.entries(counts).filter(([, count]) => count > 0);
    lines.push(
      `  ${plural(total, "finding")}${parts.map(([name, count], i) => `${i === 0 ? ": " : ", "}${count} ${name}`).join("")}`,
    );
  }
  return `${[...lines, ...problems.map((problem) => `  ${problemText(problem).replaceAll("\n", "\n  ")}`)].join("\n")}\n`;
}

function share(kind: string, tally: Tally | undefined): readonly string[] {
  return tally && tally.total > 0 ? [`${tally.covered} of ${tally.total} ${kind}`] : [];
}
