import { exitCode } from "../model/exit-code.ts";
import { isError } from "../model/problem.ts";
import type { Report } from "../model/report.ts";
import { fitText } from "./fit.ts";
import { checkLimit, levels } from "./markdown.ts";
import { blocking, footer, problems } from "./markdown-blocks.ts";
import { phaseRules } from "./markdown-rules.ts";
import { headSentence, needs, progress } from "./sentence.ts";

/** Whether the check run of one phase is green: it passes or warns, on evidence that can be judged. */
export function phaseHolds(report: Report, index: number): boolean {
  const result = report.gate?.phases[index];
  if (result === undefined) return false;
  if (report.mode === "report") return exitCode(report) === 0;
  return !report.problems.some(isError) && (result.outcome === "pass" || result.outcome === "warn");
}

/** "2 of 3 rules hold. Missing: 14 more covered lines." */
export function phaseSentence(report: Report, index: number): string {
  const result = report.gate?.phases[index];
  if (result === undefined || report.problems.some(isError)) return headSentence(report);
  const { holding, total } = progress(result);
  const held = `${holding} of ${total} rules hold.`;
  const red = result.outcome !== "pass" && result.outcome !== "warn";
  const text = red ? `${held} Missing: ${needs(result)}.` : held;
  return report.mode === "report" ? `Report only. ${text}` : text;
}

/** The body of the check run of one phase: its rules, and what keeps the evidence from being judged. */
export function renderPhaseSummary(report: Report, index: number): string {
  const result = report.gate?.phases[index];
  return fitText(
    levels,
    (detail) => {
      const rules = result === undefined ? "" : phaseRules(result, detail);
      const blocks = [
        blocking({ ...report, gate: null }, detail),
        rules,
        problems(report, detail),
        footer(report),
      ];
      return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
    },
    checkLimit,
  );
}
