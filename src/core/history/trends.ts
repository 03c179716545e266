import { plainNumber, plainValue } from "../model/exact.ts";
import type { GateResult, RuleResult } from "../model/gate.ts";
import type { Trend } from "../model/report.ts";
import { type Column, type Columns, lengthAt } from "./columns.ts";

/** How many runs a trend shows. */
export const trendRuns = 20;

/** Each KPI that has a rule and was measured, over the last of so many recorded runs. */
export function trendsOf(columns: Columns, runs: number, { phases }: GateResult): readonly Trend[] {
  const byKpi = new Map<string, RuleResult>();
  for (const result of phases.flatMap(({ rules }) => rules)) {
    const other = byKpi.get(result.rule.kpi);
    if (result.value !== undefined && (!other || holds(other))) byKpi.set(result.rule.kpi, result);
  }
  return [...byKpi.values()].flatMap(({ rule: { kpi }, limit: { number } }): readonly Trend[] => {
    const values = lastValues(columns, kpi, runs);
    const known = values.filter((value) => value !== null).length;
    const limit = number === undefined ? null : plainNumber(number);
    return known < 2 ? [] : [{ kpi, values, limit, first: firstOf(columns.of(kpi)) }];
  });
}

function firstOf({ values, times }: Column): Trend["first"] {
  return { value: plainValue(values[0]!), at: new Date(times[0]!).toISOString() };
}

function holds({ verdict }: RuleResult): boolean {
  return verdict === "met" || verdict === "warned";
}

function lastValues(columns: Columns, kpi: string, runs: number): readonly (number | null)[] {
  const column = columns.of(kpi);
  const from = Math.max(0, runs - trendRuns);
  const values = Array.from<number | null>({ length: runs - from }).fill(null);
  for (let i = lengthAt(column, from); i < lengthAt(column, runs); i++)
    values[column.runs[i]! - from] = plainValue(column.values[i]!);
  return values;
}
