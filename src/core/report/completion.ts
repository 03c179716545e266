import type { PhaseResult, RuleResult } from "../model/gate.ts";
import { isError } from "../model/problem.ts";
import type { Report } from "../model/report.ts";
import { blocks } from "./standing.ts";

/** What a team wants to know once a phase is reached. */
export interface Completion {
  /** The last phase that is reached together with all before it. */
  readonly reached: PhaseResult;
  /** The phases before it, the last one first. */
  readonly earlier: readonly PhaseResult[];
  /** The phase after it; undefined when the whole plan is reached. */
  readonly next: PhaseResult | undefined;
  /** Rules of the next phase that do not hold yet, the nearest to its limit first, those without a value last. */
  readonly road: readonly RuleResult[];
  /** Name of the reached phase, where the plan requires only an earlier one and does not keep what was reached. */
  readonly requirable: string | undefined;
}

/** Undefined while no phase is reached, or where the evidence has an error. */
export function completionOf({ gate, problems }: Report): Completion | undefined {
  const reached = gate?.phases[gate.reached - 1];
  if (!gate || !reached || problems.some(isError)) return undefined;
  const next = gate.phases[gate.reached];
  const open = (next?.rules ?? []).filter(blocks);
  return {
    reached,
    earlier: gate.phases.slice(0, gate.reached - 1).reverse(),
    next,
    road: open.toSorted((a, b) => distance(a) - distance(b)),
    requirable: gate.reached > gate.require && !gate.keeps ? reached.phase.name : undefined,
  };
}

/** How far a rule is from holding, as a part of its value: steps of the whole for ratios, of the amount otherwise. */
function distance({ value, remedy }: RuleResult): number {
  if (value === undefined) return Number.POSITIVE_INFINITY;
  if (remedy === undefined) return Number.MAX_VALUE;
  const size = value.kind === "ratio" ? value.whole : Math.abs(value.amount);
  return size === 0 ? remedy.steps : remedy.steps / size;
}
