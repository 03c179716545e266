import { implies } from "../config/limit-order.ts";
import type { Column } from "../history/columns.ts";
import { type Find, middle, referring } from "../history/refer.ts";
import { shifted } from "../judge/bound.ts";
import { holds } from "../judge/holds.ts";
import { leastSamples } from "../judge/rule.ts";
import { type Fraction, fractionOf, ofDecimal, plainValue } from "../model/exact.ts";
import type { Limit, Rule } from "../model/gate.ts";
import type { RunRecord } from "../model/history.ts";
import type { KpiInfo, Measured } from "../model/kpi.ts";
import type { ReplayedFailure, ReplayedLimit } from "../model/tuning.ts";
import { nearBound, nearlyHolds } from "./near-bound.ts";
import { distanceFrom, suggest } from "./suggest.ts";

/** A recorded run, and what it could look back at. */
export interface Moment {
  readonly record: RunRecord;
  readonly find: Find;
}

/** A limit, and in which of the runs it does not hold. */
export interface Replayed {
  readonly limit: ReplayedLimit;
  readonly failedIn: readonly number[];
}

interface Replay {
  readonly phase: string | null;
  readonly rule: Rule;
  readonly limit: Limit;
  readonly info: KpiInfo;
  readonly moments: readonly Moment[];
  readonly column: Column;
}

/** How many of the newest runs that can be judged a suggestion is taken of, and how many it needs. */
const suggestFrom = 50;
const leastToSuggest = 10;

/** Holds one limit against every run. */
export function replayLimit({ phase, rule, limit, info, moments, column }: Replay): Replayed {
  const { values, runs } = column;
  const judge = judging(limit, rule, moments);
  const judged: number[] = [];
  const failedIn: number[] = [];
  const failures: ReplayedFailure[] = [];
  let [worst, widest]: [ReplayedFailure | undefined, number] = [undefined, -1];
  for (const [i, value] of values.entries()) {
    const run = runs[i]!;
    const found = isTooSmall(value, rule) ? incomparable : judge(run, value);
    if (found === incomparable) continue;
    judged.push(i);
    if (found === met) continue;
    const failure = { run: moments[run]!.record, value, bound: found.bound };
    failedIn.push(run);
    failures.push(failure);
    if (found.gap > widest) [worst, widest] = [failure, found.gap];
  }
  const window = judged.slice(-suggestFrom).map((i): Judged => ({ run: runs[i]!, value: values[i]! }));
  const failed = (other: Limit) => {
    const again = judging(other, rule, moments);
    return window.filter(({ run, value }) => typeof again(run, value) === "object").length;
  };
  const asked = suggestionOf(limit, info, rule, window, moments);
  // Where the limit holds all along, only a stricter one is worth a word.
  const better = asked && (failed(limit) > 0 || implies(asked, limit) === true) ? asked : undefined;
  return {
    failedIn,
    limit: {
      phase,
      kpi: rule.kpi,
      unit: info.unit,
      limit,
      judged: judged.length,
      incomparable: values.length - judged.length,
      absent: moments.length - values.length,
      failures,
      ...(worst ? { worst } : {}),
      ...(better ? { suggestion: { text: better.text, failed: failed(better), of: window.length } } : {}),
    },
  };
}

/** A run in which the limit could be judged. */
interface Judged {
  readonly run: number;
  readonly value: Measured;
}

const [met, incomparable] = ["met", "incomparable"] as const;

/** How far a limit is from holding, nearly, and the number that it does not hold at, exactly. */
interface Failing {
  readonly gap: number;
  readonly bound: () => Fraction;
}

/** How a limit stands in a run. Plain numbers tell it of nearly all runs; what they cannot tell is asked exactly. */
function judging(
  { op, bound }: Limit,
  rule: Rule,
  moments: readonly Moment[],
): (run: number, value: Measured) => typeof met | typeof incomparable | Failing {
  const least = leastSamples({ bound }, rule);
  const near = nearBound(bound);
  return (run, value) => {
    const found = bound.kind === "value" ? [] : moments[run]!.find(rule.kpi, bound.reference, least);
    if (typeof found === "string") return incomparable;
    const plain = plainValue(value);
    const nearby = near(found);
    const stands = nearlyHolds(plain, op, nearby);
    if (stands === "holds") return met;
    const exactly = () => (bound.kind === "value" ? ofDecimal(bound.value) : shifted(bound, middle(found)));
    if (stands === "unsure" && holds(fractionOf(value), op, exactly())) return met;
    return { gap: Math.abs(plain - nearby.number), bound: exactly };
  };
}

function suggestionOf(
  limit: Limit,
  info: KpiInfo,
  { kpi }: Rule,
  window: readonly Judged[],
  moments: readonly Moment[],
): Limit | undefined {
  const distances = window.flatMap(({ run, value }) => {
    const refer = referring(moments[run]!.find);
    return distanceFrom(limit, value, (reference) => refer(kpi, reference, 1)) ?? [];
  });
  return distances.length < leastToSuggest ? undefined : suggest(limit, info, distances);
}

function isTooSmall(value: Measured, { minLines }: Rule): boolean {
  return minLines !== undefined && value.kind === "ratio" && value.whole < minLines;
}
