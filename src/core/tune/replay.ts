import { columnsOf } from "../history/columns.ts";
import { newestAttempts } from "../history/order.ts";
import { lookBack, referring } from "../history/refer.ts";
import { judgeRule } from "../judge/rule.ts";
import { waiversByScope, waiversOn } from "../judge/waivers.ts";
import { folderMatcher } from "../measure/folders.ts";
import type { Config } from "../model/config.ts";
import type { Limit, Rule } from "../model/gate.ts";
import type { RunRecord } from "../model/history.ts";
import { type KpiInfo, scopeOf, unscoped } from "../model/kpi.ts";
import type { Tuning } from "../model/tuning.ts";
import { type Moment, type Replayed, replayLimit } from "./replay-limit.ts";

/** Limits to try in place of those of their KPIs, by KPI. */
export type Given = ReadonlyMap<string, readonly Limit[]>;

/**
 * Replays limits over recorded runs. Each run is judged against the runs before it, and its baseline is the one just before;
 * what a run does not know costs nothing. With limits that are `given` only those of their KPIs are looked at.
 */
export function replay(
  config: Pick<Config, "phases" | "require" | "waivers">,
  infoOf: (kpi: string) => KpiInfo,
  all: readonly RunRecord[],
  given: Given = new Map(),
): Tuning {
  const records = newestAttempts(all);
  const columns = columnsOf(records, (kpi) => infoOf(unscoped(kpi)).unit);
  const moments = records.map((record, i): Moment => {
    const before = records[i - 1];
    const baseline = before ? { record: before } : { none: "no recorded run yet" };
    return { record, find: lookBack(columns, { at: record.at, runs: i, baseline }) };
  });
  const replayed = (phase: string | null, rule: Rule): readonly Replayed[] =>
    rule.pass.map((limit) => {
      const info = infoOf(unscoped(rule.kpi));
      return replayLimit({ phase, rule, limit, info, moments, column: columns.of(rule.kpi) });
    });
  const rules = config.phases.flatMap((phase, i) =>
    phase.rules
      .flatMap((asked) => expanded(asked, records).map((rule) => ({ rule, asked: asked.kpi })))
      .map((one) => ({ ...one, required: i < config.require, limits: replayed(phase.name, one.rule) })),
  );
  const tried = new Map(
    [...given].map(([kpi, pass]) => [kpi, replayed(null, { kpi, pass, warn: [], missing: "skip" })]),
  );
  const required = rules.filter((one) => one.required);
  const redIn = (all: typeof rules) => {
    const red = new Set<number>();
    for (const { rule, limits, asked } of all)
      for (const run of new Set(limits.flatMap(({ failedIn }) => failedIn)))
        if (!red.has(run) && isBroken(rule, asked, moments[run]!, config.waivers, infoOf)) red.add(run);
    return red.size;
  };
  const changed = required.map(({ rule, ...rest }) => {
    const pass = given.get(rule.kpi);
    return pass ? { ...rest, rule: { ...rule, pass }, limits: tried.get(rule.kpi)! } : { ...rest, rule };
  });
  const shown = rules.filter(({ rule }) => given.size === 0 || given.has(rule.kpi));
  return {
    runs: records.length,
    from: records[0]?.at ?? "",
    to: records.at(-1)?.at ?? "",
    recordedRed: records.filter(({ outcome }) => outcome === "fail" || outcome === "error").length,
    red: redIn(required),
    ...(given.size === 0 ? {} : { redChanged: redIn(changed) }),
    limits: [...shown.flatMap(({ limits }) => limits), ...[...tried.values()].flat()].map((one) => one.limit),
  };
}

/** A rule about several folders is one for each of them that any run knows. */
function expanded(rule: Rule, records: readonly RunRecord[]): readonly Rule[] {
  const glob = scopeOf(rule.kpi);
  if (glob === undefined || !rule.kpi.startsWith("coverage.")) return [rule];
  const matches = folderMatcher(glob);
  const names = new Set(records.flatMap(({ kpis }) => [...kpis.keys()]));
  const own = [...names].filter((name) => {
    const folder = unscoped(name) === unscoped(rule.kpi) ? scopeOf(name) : undefined;
    return folder !== undefined && matches(folder);
  });
  return own.length === 0 ? [rule] : own.sort().map((kpi) => ({ ...rule, kpi }));
}

/** Whether a rule of which a limit does not hold is broken, and not just warned: `warn` or a waiver may let it pass. */
function isBroken(
  rule: Rule,
  asked: string,
  { record, find }: Moment,
  all: Config["waivers"],
  infoOf: (kpi: string) => KpiInfo,
): boolean {
  if (rule.warn.length === 0 && all.length === 0) return true;
  const waivers = waiversByScope(waiversOn(all, record.at).valid, new Map([[asked, [rule.kpi]]]));
  if (rule.warn.length === 0 && !waivers.has(rule.kpi)) return true;
  const kept = record.kpis.get(rule.kpi);
  const { step: _, ...info } = infoOf(unscoped(rule.kpi));
  const { verdict } = judgeRule(rule, {
    measurements: new Map(kept ? [[rule.kpi, kept.value]] : []),
    kpis: { [unscoped(rule.kpi)]: info },
    reasons: new Map(),
    incomparable: new Map(),
    waivers,
    refer: referring(find),
  });
  return verdict === "broken";
}
