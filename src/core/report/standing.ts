import type { RuleResult, Verdict } from "../model/gate.ts";

type Standing = Pick<RuleResult, "verdict" | "rule">;

/** Whether a rule keeps its phase from being reached. */
export function blocks({ verdict, rule }: Standing): boolean {
  return verdict === "broken" || (verdict === "missing" && rule.missing === "error");
}

/** Whether a rule counts for nothing, because its KPI is missing and may be. */
export function isLeftOut({ verdict, rule }: Standing): boolean {
  return verdict === "missing" && rule.missing === "skip";
}

/** The verdict whose sign a rule bears: a value that is missing costs what the rule says. */
export function signOf({ verdict, rule }: Standing): Verdict {
  if (verdict !== "missing" || rule.missing === "error") return verdict;
  return rule.missing === "warn" ? "warned" : "incomparable";
}
