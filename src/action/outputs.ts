import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setOutput } from "@actions/core";
import { plainValue } from "../core/model/exact.ts";
import type { Problem } from "../core/model/problem.ts";
import type { Report } from "../core/model/report.ts";
import { failedRules, renderJson } from "../core/report/json.ts";
import { renderMarkdown } from "../core/report/markdown.ts";
import { reachedPhase } from "../core/report/sentence.ts";
import { systemCode } from "../io/report-files.ts";

/** The outcome until a verdict exists is `error`. */
export function beginOutputs(): readonly Problem[] {
  try {
    setOutput("outcome", "error");
    return [];
  } catch (error) {
    return [notWritten("the outputs of the step", error)];
  }
}

/** Writes the report's files and every output of the step. Problems are returned: what was judged stays judged. */
export function writeOutputs(report: Report, folder: string): readonly Problem[] {
  const problems: Problem[] = [];
  const attempt = (file: string, write: () => void) => {
    try {
      write();
    } catch (error) {
      problems.push(notWritten(file, error));
    }
  };
  const json = join(folder, "report.json");
  const markdown = join(folder, "report.md");
  attempt(json, () => {
    makeFolder(dirname(folder));
    makeFolder(folder);
    writeFileSync(json, renderJson(report));
    writeFileSync(markdown, renderMarkdown(report));
  });
  attempt("the outputs of the step", () => {
    const values = [...report.kpis].map(([kpi, { value }]) => [kpi, plainValue(value)] as const);
    setOutput("report", json);
    setOutput("summary", markdown);
    setOutput("reached", reachedPhase(report) ?? "");
    setOutput("kpis", JSON.stringify(Object.fromEntries(values)));
    setOutput("failed-rules", JSON.stringify(failedRules(report)));
    setOutput("outcome", report.gate?.outcome ?? "error");
  });
  return problems;
}

/** The folder that a later step uploads as an artifact. */
export function outputHistory(folder: string): readonly Problem[] {
  try {
    setOutput("history", folder);
    return [];
  } catch (error) {
    return [notWritten("the outputs of the step", error)];
  }
}

/** One level at a time: making all of them at once never ends below /proc. */
function makeFolder(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    if (systemCode(error) !== "EEXIST") throw error;
  }
}

function notWritten(file: string, error: unknown): Problem {
  const message = `could not be written (${systemCode(error)})`;
  return { code: "not-written", severity: "error", message, at: { file } };
}
