import type { GateResult, PhaseResult, RuleResult } from "../model/gate.ts";
import { scopeOf } from "../model/kpi.ts";
import { isError, type Problem } from "../model/problem.ts";
import type { Report } from "../model/report.ts";
import { blocks, isLeftOut } from "./standing.ts";
import { isMeasuredOut, limitText, plural, remedyText } from "./words.ts";

/** The verdict in plain words, without any escaping. */
export interface Sentence {
  readonly reached: string;
  /** What the next phase needs; absent when there is nothing to say of it. */
  readonly missing?: string;
}

export function sentence(report: Report): Sentence {
  const { gate, problems, policy } = report;
  const errors = problems.filter(isError).length;
  if (!gate) {
    // Without a gate there was no configuration, or a report of another run that cannot be shown.
    const foreign = problems.some(
      ({ severity, code }) => severity === "error" && !/^(?:config-|input$)/.test(code),
    );
    return {
      reached: `Could not judge: ${plural(errors, "problem")} ${foreign ? "with the report" : "in the configuration"}`,
    };
  }
  if (errors > 0) {
    if (problems.every(({ severity, code }) => severity !== "error" || code.startsWith("weaker-")))
      return {
        reached: `This change loosens the gate in ${plural(policy?.weaker.length ?? 0, "way")}, not accepted`,
      };
    return { reached: `Could not judge: ${plural(errors, "problem")} with the ${troubled(problems)}` };
  }
  const next = gate.phases[gate.reached];
  if (!next) return { reached: reachedText(gate) };
  const lost =
    gate.lost && gate.reached < gate.lost.phases ? ` (reached by ${gate.lost.sha.slice(0, 7)})` : "";
  const word = gate.reached < needed(gate) ? "Missing for" : "Next,";
  return { reached: reachedText(gate), missing: `${word} ${next.phase.name}${lost}: ${needs(next)}` };
}

/** What the errors are about, as far as they are about one thing. */
function troubled(problems: readonly Problem[]): string {
  const codes = problems.filter(isError).map(({ code }) => code);
  if (codes.includes("input")) return "set-up";
  if (codes.every((code) => code === "waiver-expired")) return "waivers";
  return codes.every((code) => /^(?:history|keep)-/.test(code)) ? "history" : "evidence";
}

/** The sentence that every rendering begins with; also the title of the check run. */
export function headSentence(report: Report): string {
  const { reached, missing } = sentence(report);
  const text = missing === undefined ? `${reached}.` : `${reached}. ${missing}.`;
  if (report.mode === "enforce") return text;
  const { gate } = report;
  const red = gate && gate.outcome !== "pass" && gate.outcome !== "warn";
  const where = gate?.phases[Math.min(gate.reached, needed(gate) - 1)]?.phase.name ?? "";
  return red ? `Report only: would fail at ${where}. ${text}` : `Report only. ${text}`;
}

/** How many phases must hold: those that are required, and those that may not be lost. */
export function needed({ require, lost }: GateResult): number {
  return Math.max(require, lost?.phases ?? 0);
}

/** Name of the last phase such that it and all before it pass or warn. */
export function reachedPhase({ gate }: Report): string | undefined {
  return gate?.phases[gate.reached - 1]?.phase.name;
}

/** "Reached Reliability (2 of 2)". */
export function reachedText({ phases, reached }: GateResult): string {
  const last = phases[reached - 1];
  return last
    ? `Reached ${last.phase.name} (${reached} of ${phases.length})`
    : `No phase reached (0 of ${phases.length})`;
}

/** What one phase still needs, briefest form: "14 more covered lines, tests.total". */
export function needs({ rules }: Pick<PhaseResult, "rules">): string {
  const open = rules.filter(blocks);
  if (open.length === 0)
    return incomparables({ rules }) > 0 ? "nothing in it can be compared yet" : "nothing in it was judged";
  const shown = open.slice(0, 3).map(need);
  return open.length > 3 ? `${shown.join(", ")} and ${open.length - 3} more` : shown.join(", ");
}

function need({ verdict, remedy, rule, limit, unit }: RuleResult): string {
  if (verdict === "missing") return `a value for ${rule.kpi}`;
  if (!remedy || isMeasuredOut(unit)) return `${rule.kpi} ${limitText(limit, unit)}`;
  const scope = scopeOf(rule.kpi);
  return scope === undefined ? remedyText(remedy, unit) : `${remedyText(remedy, unit)} in ${scope}`;
}

/** How many rules of a phase hold, out of how many that count: met and warned ones do. */
export function progress({ rules }: PhaseResult): { readonly holding: number; readonly total: number } {
  const holding = rules.filter(({ verdict }) => verdict === "met" || verdict === "warned").length;
  return { holding, total: rules.filter((rule) => !isLeftOut(rule)).length };
}

/** How many rules of a phase have nothing to compare with. */
export function incomparables({ rules }: Pick<PhaseResult, "rules">): number {
  return rules.filter(({ verdict }) => verdict === "incomparable").length;
}

/** Whether a phase is past its day without being reached. */
export function isOverdue({ phase, outcome }: PhaseResult, at: string): boolean {
  return phase.due !== undefined && phase.due < at.slice(0, 10) && outcome !== "pass" && outcome !== "warn";
}
