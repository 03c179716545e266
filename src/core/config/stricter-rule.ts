import type { Limit, Missing, Rule } from "../model/gate.ts";
import { implies } from "./limit-order.ts";

/** What a rule must keep to for its phase to be reached: a rule that only warns passes. */
function least({ pass, warn }: Rule): readonly Limit[] {
  return warn.length > 0 ? warn : pass;
}

const costs: readonly Missing[] = ["skip", "warn", "error"];

/** How `head` asks less than `base`, one sentence for each way; what cannot be told counts as less. */
export function looser(base: Rule, head: Rule): readonly string[] {
  const found = [...looserLimits(base.pass, head.pass)];
  if (base.warn.length + head.warn.length > 0) {
    const held = texts(least(head));
    for (const { text } of unkept(least(base), least(head)))
      found.push(`short of "${text}" it only warns now, as long as "${held}" holds`);
  }
  if (costs.indexOf(head.missing) < costs.indexOf(base.missing))
    found.push(`missing: ${base.missing} is now ${head.missing}`);
  found.push(...raised("min-lines", base.minLines, head.minLines));
  found.push(...raised("min-samples", base.minSamples, head.minSamples));
  return found;
}

function looserLimits(base: readonly Limit[], head: readonly Limit[]): readonly string[] {
  return unkept(base, head).map((limit) => `"${limit.text}" is now "${texts(head)}"`);
}

/** Limits that may be broken while all of `given` hold. */
function unkept(limits: readonly Limit[], given: readonly Limit[]): readonly Limit[] {
  return limits.filter((limit) => !given.some((other) => implies(other, limit) === true));
}

function raised(key: string, base: number | undefined, head: number | undefined): readonly string[] {
  if (head === undefined || head <= (base ?? 0)) return [];
  return [base === undefined ? `${key}: ${head} is new` : `${key}: ${base} is now ${head}`];
}

function texts(limits: readonly Limit[]): string {
  return limits.map(({ text }) => text).join(", ");
}

/** A rule that asks what either of two asks. */
export function stricterRule(base: Rule, head: Rule): Rule {
  const pass = both(base.pass, head.pass);
  const warn = base.warn.length > 0 || head.warn.length > 0 ? both(least(base), least(head)) : [];
  const missing = costs[Math.max(costs.indexOf(base.missing), costs.indexOf(head.missing))]!;
  const minLines = lower(base.minLines, head.minLines);
  const minSamples = lower(base.minSamples, head.minSamples);
  return {
    kpi: head.kpi,
    pass,
    // A warning that asks as much as `pass` is none.
    warn: unkept(pass, warn).length === 0 ? [] : warn,
    missing,
    ...(minLines === undefined ? {} : { minLines }),
    ...(minSamples === undefined ? {} : { minSamples }),
  };
}

/** All limits of both, without those that another one implies. */
function both(base: readonly Limit[], head: readonly Limit[]): readonly Limit[] {
  const all = [...head, ...base];
  return all.filter(
    (limit, i) =>
      !all.some((other, j) => {
        if (i === j || implies(other, limit) !== true) return false;
        return implies(limit, other) !== true || j < i;
      }),
  );
}

function lower(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : Math.min(a, b);
}
