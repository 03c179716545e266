import type { Config } from "../model/config.ts";
import {
  type GateResult,
  type Limit,
  type Outcome,
  outcomeOf,
  type Phase,
  type PhaseResult,
  type Remedy,
  type Rule,
  type RuleResult,
  worst,
} from "../model/gate.ts";
import { type KpiInfo, labelOf, type Measured, type Measurements, scopeOf, unscoped } from "../model/kpi.ts";
import { holds } from "./holds.ts";
import { stepsToHold } from "./remedy.ts";

/** What judging needs to know besides the rules. */
export interface Case {
  readonly measurements: Measurements;
  readonly kpis: Readonly<Record<string, KpiInfo>>;
  /** The KPIs that a scoped KPI stands for, such as one for each folder of a glob; others stand for themselves. */
  readonly scopes?: ReadonlyMap<string, readonly string[]>;
  /** Groups of tests, whose owners are shown. */
  readonly groups?: Config["groups"];
  /** Why KPIs are missing, where they are: by name, with scope where the scope is the reason. */
  readonly reasons: ReadonlyMap<string, string>;
}

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

export function judgeRule(rule: Rule, { measurements, kpis, reasons }: Case): RuleResult {
  const info = kpis[unscoped(rule.kpi)]!;
  const { unit, step } = info;
  const label = labelOf(rule.kpi, info);
  const value = measurements.get(rule.kpi);
  if (value === undefined) {
    const reason = reasons.get(rule.kpi) ?? reasons.get(unscoped(rule.kpi)) ?? "nothing was measured";
    return { rule, verdict: "missing", label, unit, limit: rule.pass[0]!, reason };
  }
  const broken = rule.pass.find((limit) => !holds(value, limit));
  if (broken === undefined) return { rule, verdict: "met", label, unit, value, limit: rule.pass[0]! };
  const warned = rule.warn.length > 0 && rule.warn.every((limit) => holds(value, limit));
  // A percentage without its two whole numbers has no steps.
  const counted = unit !== "%" || value.kind === "ratio";
  const remedy = step && counted ? remedyFor(value, rule.pass, step) : undefined;
  return {
    rule,
    verdict: warned ? "warned" : "broken",
    label,
    unit,
    value,
    limit: broken,
    ...(remedy ? { remedy } : {}),
  };
}

/** Steps that make all limits of the list hold; none if limits pull in different directions. */
function remedyFor(value: Measured, limits: readonly Limit[], step: Remedy["step"]): Remedy | undefined {
  const broken = limits.filter((limit) => !holds(value, limit));
  const steps = broken.map((limit) => stepsToHold(value, limit));
  if (steps.some((count) => count === undefined)) return undefined;
  return { steps: Math.max(...(steps as number[])), step };
}
