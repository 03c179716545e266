import type { Config } from "../model/config.ts";
import type { Phase, Rule } from "../model/gate.ts";
import type { Weakening } from "../model/policy.ts";
import { looser, stricterRule } from "./stricter-rule.ts";

type Plan = Pick<Config, "phases" | "require">;

/**
 * How the phases of `head` ask less. Phases are told by their names. A rule may move to an earlier phase, because every
 * phase needs those before it; anywhere else it is missed.
 */
export function weakerPhases(base: Plan, head: Plan): readonly Weakening[] {
  const found: string[] = [];
  const places = new Map(head.phases.map(({ name }, i) => [name, i]));
  for (const [i, phase] of base.phases.entries()) {
    const place = places.get(phase.name);
    if (place === undefined) {
      found.push(`the phase "${phase.name}" is gone`);
      continue;
    }
    for (const { name } of base.phases.slice(0, i)) {
      if ((places.get(name) ?? -1) > place) found.push(`the phase "${phase.name}" no longer needs "${name}"`);
    }
    for (const rule of phase.rules) found.push(...weakerRule(rule, phase, head.phases, place));
  }
  return found.map((what) => ({ kind: "rules", what }));
}

function weakerRule(rule: Rule, phase: Phase, phases: readonly Phase[], place: number): readonly string[] {
  const same = (one: Rule) => one.kpi === rule.kpi;
  const needed = phases.slice(0, place + 1).flatMap(({ rules }) => rules.filter(same));
  const ways = needed.map((one) => looser(rule, one));
  if (ways.some(({ length }) => length === 0)) return [];
  const own = ways.at(-1);
  if (own) return own.map((way) => `${rule.kpi} in ${phase.name}: ${way}`);
  const later = phases.slice(place + 1).find(({ rules }) => rules.some(same));
  return [
    later
      ? `${rule.kpi} moved from ${phase.name} to ${later.name}`
      : `${rule.kpi} is gone from ${phase.name}`,
  ];
}

/** Whether a phase that had to be reached no longer has to be. */
export function weakerRequire(base: Plan, head: Plan): readonly Weakening[] {
  const required = base.phases[base.require - 1]!.name;
  const place = head.phases.findIndex(({ name }) => name === required);
  if (place < head.require) return [];
  const now = head.phases[head.require - 1]!.name;
  return [{ kind: "rules", what: `require: "${required}" is now "${now}"` }];
}

/** The phases of both with the stricter rules, and how many of them must be reached. */
export function stricterPlan(base: Plan, head: Plan): Plan {
  const names = (phases: readonly Phase[]) => phases.map(({ name }) => name);
  const common = names(head.phases).filter((name) => names(base.phases).includes(name));
  const kept = common.join("\0") === names(base.phases).join("\0");
  const order = [...new Set(kept ? names(head.phases) : [...names(base.phases), ...names(head.phases)])];
  const named = (phases: readonly Phase[], name: string) => phases.find((phase) => phase.name === name);
  const phases = order.map((name, i): Phase => {
    const [before, now] = [named(base.phases, name), named(head.phases, name)];
    if (!before || !now) return (before ?? now)!;
    const earlier = order.slice(0, i).flatMap((other) => named(head.phases, other)?.rules ?? []);
    return { ...now, rules: stricterRules(before.rules, now.rules, earlier) };
  });
  const required = [base.phases[base.require - 1]!.name, head.phases[head.require - 1]!.name];
  return { phases, require: Math.max(...required.map((name) => order.indexOf(name))) + 1 };
}

function stricterRules(
  base: readonly Rule[],
  head: readonly Rule[],
  earlier: readonly Rule[],
): readonly Rule[] {
  const kept = head.map((rule) => {
    const before = base.find(({ kpi }) => kpi === rule.kpi);
    return before ? stricterRule(before, rule) : rule;
  });
  const gone = base.filter(
    (rule) =>
      !head.some(({ kpi }) => kpi === rule.kpi) &&
      !earlier.some((one) => one.kpi === rule.kpi && looser(rule, one).length === 0),
  );
  return [...kept, ...gone];
}
