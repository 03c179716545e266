import { implies } from "../config/limit-order.ts";
import type { Column } from "../history/columns.ts";
import type { Refer } from "../history/refer.ts";
import { numberOf } from "../judge/bound.ts";
import { holds } from "../judge/holds.ts";
import { leastSamples } from "../judge/rule.ts";
import { type Fraction, plainNumber, plainValue } from "../model/exact.ts";
import type { Limit, Rule } from "../model/gate.ts";
import type { RunRecord } from "../model/history.ts";
import type { KpiInfo, Measured } from "../model/kpi.ts";
import type { ReplayedFailure, ReplayedLimit } from "../model/tuning.ts";
import { distanceFrom, suggest } from "./suggest.ts";

/** A recorded run, and what it could look back at. */
export interface Moment {
  readonly record: RunRecord;
  readonly refer: Refer;
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

/** A run in which the limit could be judged. */
interface Judged {
  readonly run: number;
  readonly value: Measured;
  readonly exact: Fraction;
  readonly bound: Fraction;
}

/** How many of the newest runs that can be judged a suggestion is taken of, and how many it needs. */
const suggestFrom = 50;
const leastToSuggest = 10;

/** Holds one limit against every run. */
export function replayLimit({ phase, rule, limit, info, moments, column }: Replay): Replayed {
  let judged = 0;
  const failing: Judged[] = [];
  const window: Judged[] = [];
  for (let i = 0; i < column.values.length; i++) {
    const [run, value] = [column.runs[i]!, column.values[i]!];
    const bound = isTooSmall(value, rule) ? undefined : boundIn(moments[run]!, limit, rule);
    if (bound === undefined) continue;
    judged++;
    const one = { run, value, exact: column.exact(i), bound };
    if (!holds(one.exact, limit.op, bound)) failing.push(one);
    if (window.push(one) > suggestFrom) window.shift();
  }
  const failures = failing.map(({ run, value, bound }): ReplayedFailure => {
    const { number, sha, at } = moments[run]!.record;
    return { number, sha, at, value, bound };
  });
  const gaps = failures.map(({ value, bound }) => Math.abs(plainValue(value) - plainNumber(bound)));
  const worst = failures[gaps.indexOf(gaps.reduce((a, b) => Math.max(a, b), 0))];
  const failed = (other: Limit) =>
    window.filter(({ run, exact }) => {
      const bound = boundIn(moments[run]!, other, rule);
      return bound !== undefined && !holds(exact, other.op, bound);
    }).length;
  const asked = suggestionOf(limit, info, rule, window, moments);
  // Where the limit holds all along, only a stricter one is worth a word.
  const better = asked && (failed(limit) > 0 || implies(asked, limit) === true) ? asked : undefined;
  return {
    failedIn: failing.map(({ run }) => run),
    limit: {
      phase,
      kpi: rule.kpi,
      unit: info.unit,
      limit,
      judged,
      incomparable: column.values.length - judged,
      absent: moments.length - column.values.length,
      failures,
      ...(worst ? { worst } : {}),
      ...(better ? { suggestion: { text: better.text, failed: failed(better), of: window.length } } : {}),
    },
  };
}

function suggestionOf(
  limit: Limit,
  info: KpiInfo,
  { kpi }: Rule,
  window: readonly Judged[],
  moments: readonly Moment[],
): Limit | undefined {
  const distances = window.flatMap(
    ({ run, value }) =>
      distanceFrom(limit, value, (reference) => moments[run]!.refer(kpi, reference, 1)) ?? [],
  );
  return distances.length < leastToSuggest ? undefined : suggest(limit, info, distances);
}

function boundIn({ refer }: Moment, limit: Limit, rule: Rule): Fraction | undefined {
  const least = leastSamples(limit, rule);
  const found = numberOf(limit.bound, (reference) => refer(rule.kpi, reference, least));
  return "none" in found ? undefined : found.number;
}

function isTooSmall(value: Measured, { minLines }: Rule): boolean {
  return minLines !== undefined && value.kind === "ratio" && value.whole < minLines;
}
