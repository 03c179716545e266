import type { Config } from "../model/config.ts";
import { add, type Fraction, fractionOf, ofDecimal } from "../model/exact.ts";
import type { AppliedLimit, Limit, Reference, Referred, Rule, RuleResult, Waiver } from "../model/gate.ts";
import { type KpiInfo, labelOf, type Measured, type Measurements, unscoped } from "../model/kpi.ts";
import { numberOf } from "./bound.ts";
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
  /** Why this run cannot have the number, by its nature, for KPIs of which that is so. */
  readonly incomparable: ReadonlyMap<string, string>;
  /** Waivers that count today, by the KPI whose limits they move. */
  readonly waivers: ReadonlyMap<string, Waiver>;
  /** What a reference came to for a KPI; `least` recorded runs are needed for it. */
  readonly refer: (kpi: string, reference: Reference, least: number) => Referred;
}

/** Fewest recorded runs of which quartiles are taken, unless the rule says otherwise. */
const leastForQuartiles = 4;

/**
 * Judges one rule. A list with a limit that has nothing to compare with is incomparable, unless another of its limits is
 * broken: what can be judged is.
 */
export function judgeRule(rule: Rule, given: Case): RuleResult {
  const info = given.kpis[unscoped(rule.kpi)]!;
  const { unit, step, better } = info;
  const label = labelOf(rule.kpi, info);
  const value = given.measurements.get(rule.kpi);
  const [pass, warn] = [applyAll(rule.pass, rule, given), applyAll(rule.warn, rule, given)];
  const limits = pass.map(({ limit }) => limit);
  const about = { rule, label, unit, limits };
  if (value === undefined) return { ...about, limit: limits[0]!, ...absence(rule, given) };
  const few = tooFewLines(value, rule);
  if (few !== undefined) return { ...about, value, limit: limits[0]!, verdict: "incomparable", reason: few };
  const from = fractionOf(value);
  const broken = limits.find((limit) => isBroken(from, limit));
  if (broken === undefined) {
    const open = pass.find(({ none }) => none !== undefined);
    if (open?.none === undefined) return { ...about, value, limit: limits[0]!, verdict: "met" };
    return { ...about, value, limit: open.limit, verdict: "incomparable", reason: open.none };
  }
  const isWarned = warn.length > 0 && warn.every(({ limit }) => isMet(from, limit));
  const waiver = given.waivers.get(rule.kpi);
  const isWaived = waiver !== undefined && !isWarned && limits.every((limit) => isMet(from, limit, waiver));
  // A percentage without its two whole numbers has no steps.
  const counted = step !== undefined && (unit !== "%" || value.kind === "ratio");
  const steps = (counted && stepsToHold(value, limits)) || 0;
  // The words of a step are about the good direction; a limit may ask for the other one.
  const towards = better === "higher" ? steps : -steps;
  return {
    ...about,
    value,
    limit: broken,
    verdict: isWarned || isWaived ? "warned" : "broken",
    ...(waiver && !isWarned ? { waiver } : {}),
    ...(step !== undefined && towards > 0 ? { remedy: { steps: towards, step } } : {}),
  };
}

/** A limit with its number, or the reason why it has none. */
interface Applied {
  readonly limit: AppliedLimit;
  readonly none?: string;
}

function applyAll(limits: readonly Limit[], rule: Rule, { refer }: Case): readonly Applied[] {
  return limits.map((limit) => {
    const least = leastSamples(limit, rule);
    const found = numberOf(limit.bound, (reference) => refer(rule.kpi, reference, least));
    return "none" in found ? { limit, none: found.none } : { limit: { ...limit, number: found.number } };
  });
}

/** How many recorded runs a limit needs for its comparison. */
export function leastSamples(
  { bound }: Pick<Limit, "bound">,
  { minSamples }: Pick<Rule, "minSamples">,
): number {
  const quartiles = bound.kind === "reference" && bound.shift?.of === "iqr";
  return minSamples ?? (quartiles ? leastForQuartiles : 1);
}

/** Whether a limit holds, moved by what a waiver allows. */
function isMet(value: Fraction, { op, number }: AppliedLimit, waiver?: Waiver): boolean {
  if (number === undefined) return false;
  if (!waiver) return holds(value, op, number);
  const allow = ofDecimal(waiver.allow);
  const [lower, upper] = [add(number, { over: -allow.over, under: allow.under }), add(number, allow)];
  if (op === "exactly") return holds(value, "at least", lower) && holds(value, "at most", upper);
  return holds(value, op, op === "at least" || op === "above" ? lower : upper);
}

function isBroken(value: Fraction, { op, number }: AppliedLimit): boolean {
  return number !== undefined && !holds(value, op, number);
}

function absence({ kpi }: Rule, { incomparable, reasons }: Case): Pick<RuleResult, "verdict" | "reason"> {
  const nature = incomparable.get(kpi);
  if (nature !== undefined) return { verdict: "incomparable", reason: nature };
  const reason = reasons.get(kpi) ?? reasons.get(unscoped(kpi)) ?? "nothing was measured";
  return { verdict: "missing", reason };
}

function tooFewLines(value: Measured, { minLines }: Rule): string | undefined {
  return minLines !== undefined && value.kind === "ratio" && value.whole < minLines
    ? `${value.whole} of at least ${minLines} lines`
    : undefined;
}
