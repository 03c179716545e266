import { describe, expect, test } from "vitest";
import { parseConfig } from "../src/core/config/parse-config.ts";
import { referTo } from "../src/core/history/refer.ts";
import { judge } from "../src/core/judge/judge.ts";
import { kpis } from "../src/core/measure/index.ts";
import type { RecordedKpi } from "../src/core/model/history.ts";
import { type KpiInfo, unscoped } from "../src/core/model/kpi.ts";
import { amount, day, record } from "./history/records.ts";

/** The limits of the plan: each KPI with a value that holds, the nearest one that does not, and in which phase. */
const plan: readonly (readonly [kpi: string, holds: number, breaks: number, phase: number])[] = [
  ["tests.pass_rate", 85.001, 85, 1],
  ["tests.error_rate@critical", 6, 6.001, 1],
  ["history.runs", 1, 0, 1],
  ["coverage.lines", 90.001, 90, 2],
  ["load.response_time", 1_999, 2_000, 2],
  ["load.concurrent_users", 101, 100, 2],
  ["load.error_rate", 4.999, 5, 2],
  ["service.recovery_time", 299_999, 300_000, 2],
  ["resources.memory", 499_999_999, 500_000_000, 2],
  ["resources.cpu", 69.999, 70, 2],
  ["service.uptime", 99.501, 99.5, 3],
  ["security.critical", 0, 1, 3],
  ["tests.pass_rate@e2e", 100, 99.999, 3],
  ["tests.new_failures", 0, 1, 3],
  ["coverage.lines", 94.5, 94.499, 3],
  ["load.response_time", 1_100, 1_100.001, 3],
  ["debt.issues", 79, 80, 4],
  ["history.mtbf", 86_400_001, 86_400_000, 4],
  ["harmony.achievement", 99.7, 99.699, 4],
  ["orchestration.success", 95.001, 95, 4],
  ["session.persistence", 99.901, 99.9, 4],
  ["adaptation.efficiency", 98.001, 98, 4],
];

const { config } = parseConfig("version: 1\nextends: execution-plan\n", "gate.yml");
const known: Readonly<Record<string, KpiInfo>> = { ...kpis, ...Object.fromEntries(config!.own) };

/** The one run that the plan compares with, 31 days ago. */
const old = Object.entries({
  "tests.error_rate@critical": 30,
  "coverage.lines": 95,
  "load.response_time": 1_000,
  "debt.issues": 80,
  "history.mtbf": 86_400_000,
}).map(([kpi, value]): [string, RecordedKpi] => {
  const { unit, better } = known[unscoped(kpi)]!;
  return [kpi, { unit, better, value: amount(value) }];
});
const recorded = record(1, { kpis: new Map(old) });
const past = { at: day(32), records: [recorded], baseline: { record: recorded } };

function judged(values: Readonly<Record<string, number>>, refer = referTo(past)) {
  const measurements = new Map(Object.entries(values).map(([kpi, value]) => [kpi, amount(value)]));
  const none = { reasons: new Map(), incomparable: new Map(), waivers: new Map() };
  const given = { ...none, kpis: known, measurements, refer };
  return judge(config!, given, false);
}

describe("the preset execution-plan", () => {
  test("has these limits and no others", () => {
    const rules = config!.phases.flatMap(({ rules }, i) => rules.map(({ kpi }) => [kpi, i + 1]));
    expect(rules).toEqual(plan.map(([kpi, , , phase]) => [kpi, phase]));
  });

  test.each(plan)("%s holds at %f and not at %f, in phase %i", (kpi, holds, breaks, phase) => {
    const verdict = (value: number) =>
      judged({ [kpi]: value }).phases[phase - 1]!.rules.find(({ rule }) => rule.kpi === kpi)?.verdict;
    expect([verdict(holds), verdict(breaks)]).toEqual(["met", "broken"]);
  });

  const best = Object.fromEntries(plan.map(([kpi, holds]) => [kpi, holds]));

  test("is reached as a whole where every limit holds, and not where one number is missing", () => {
    expect(judged(best).reached).toBe(4);
    for (const [kpi, , , phase] of plan) {
      const { [kpi]: _, ...rest } = best;
      expect(judged(rest).reached, kpi).toBeLessThan(phase);
    }
  });

  test("can be reached before there is anything to compare with", () => {
    const gate = judged(best, referTo({ ...past, records: [], baseline: { none: "no recorded run yet" } }));
    const open = gate.phases.flatMap(({ rules }) =>
      rules.filter(({ verdict }) => verdict === "incomparable"),
    );
    expect(gate.reached).toBe(4);
    expect(open.map(({ rule }) => rule.kpi)).toEqual([
      "tests.error_rate@critical",
      "coverage.lines",
      "load.response_time",
      "debt.issues",
      "history.mtbf",
    ]);
  });
});
