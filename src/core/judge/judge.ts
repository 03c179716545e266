import type { Config } from "../model/config.ts";
import {
  type GateResult,
  type Outcome,
  outcomeOf,
  type Phase,
  type PhaseResult,
  type Rule,
  type RuleResult,
  worst,
} from "../model/gate.ts";
import { scopeOf } from "../model/kpi.ts";
import { type Case, judgeRule } from "./rule.ts";

/**
 * Judges every phase, also beyond one that fails: later phases show how far it is. `broken` says that there is an
 * error among the problems, with which nothing can pass.
 */
export function judge(config: Pick<Config, "phases" | "require">, given: Case, broken: boolean): GateResult {
  const phases = config.phases.map((phase) => judgePhase(phase, given));
  const firstShort = phases.findIndex(({ outcome }) => outcome !== "pass" && outcome !== "warn");
  const reached = firstShort === -1 ? phases.length : firstShort;
  const required = phases.slice(0, config.require).map(({ outcome }) => outcome);
  const outcome: Outcome = broken ? "error" : worst(required);
  return { outcome, phases, reached, require: config.require };
}

export function judgePhase(phase: Phase, given: Case): PhaseResult {
  const rules = phase.rules
    .flatMap((rule) => expanded(rule, given.scopes))
    .map((rule) => owned(judgeRule(rule, given), given.groups));
  const outcomes = rules.flatMap(({ verdict, rule }) => outcomeOf(verdict, rule.missing) ?? []);
  return { phase, outcome: worst(outcomes), rules };
}

/** A rule about several folders is one rule for each of them; about none it stays one, which then is missing. */
function expanded(rule: Rule, scopes: Case["scopes"]): readonly Rule[] {
  const kpis = scopes?.get(rule.kpi) ?? [];
  return kpis.length === 0 ? [rule] : kpis.map((kpi) => ({ ...rule, kpi }));
}

function owned(result: RuleResult, groups: Case["groups"]): RuleResult {
  const group = result.rule.kpi.startsWith("tests.") ? scopeOf(result.rule.kpi) : undefined;
  const owner = group === undefined ? undefined : groups?.get(group)?.owner;
  return owner === undefined ? result : { ...result, owner };
}
