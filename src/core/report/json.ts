import { plainNumber, plainValue } from "../model/exact.ts";
import type { RuleResult, Waiver } from "../model/gate.ts";
import type { Measured } from "../model/kpi.ts";
import type { Report, ReportedKpi } from "../model/report.ts";
import { remedyText, valueText } from "./words.ts";

/** Version of the document; it grows when a reader of the old form would be misled. */
export const reportSchema = 1;

/** The report as a document for other programs; see docs/report.md for its form. */
export function reportDocument(report: Report) {
  const { name, title, mode, run, gate, tests, findings } = report;
  const { past = null, changes, policy, problems, files } = report;
  return {
    schema: reportSchema,
    name,
    title,
    mode,
    outcome: gate?.outcome ?? "error",
    reached: gate && gate.reached > 0 ? gate.phases[gate.reached - 1]!.phase.name : null,
    lost: gate?.lost ? gate.phases[gate.lost.phases - 1]!.phase.name : null,
    require: gate ? gate.phases[gate.require - 1]!.phase.name : null,
    run,
    phases: (gate?.phases ?? []).map(({ phase, outcome, rules }) => ({
      name: phase.name,
      owner: phase.owner ?? null,
      due: phase.due ?? null,
      outcome,
      rules: rules.map(ruleDocument),
    })),
    kpis: Object.fromEntries([...report.kpis].map(([name, kpi]) => [name, kpiDocument(kpi)])),
    tests,
    findings,
    past,
    changes,
    policy,
    problems,
    files,
    // Exactly and whole, so that another job can show it: what stands above is made from it.
    gate,
  };
}

/** The report as text: two spaces, a line end at the end, the same bytes for the same report. */
export function renderJson(report: Report): string {
  return `${JSON.stringify(reportDocument(report), exactly, 2)}\n`;
}

/** Whole numbers of any size are written as text, because JSON has none. */
function exactly(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}

/** Rules that did not hold, in short, for outputs and scripts. */
export function failedRules(report: Report) {
  return (report.gate?.phases ?? []).flatMap(({ phase, rules }) =>
    rules
      .filter(({ verdict }) => verdict === "broken" || verdict === "missing")
      .map((result) => ({ phase: phase.name, ...ruleDocument(result) })),
  );
}

function ruleDocument({
  rule,
  verdict,
  unit,
  value,
  limit,
  limits,
  remedy,
  reason,
  owner,
  waiver,
}: RuleResult) {
  const compared = limits.some(({ bound }) => bound.kind === "reference");
  return {
    kpi: rule.kpi,
    ...(owner === undefined ? {} : { owner }),
    verdict,
    value: value === undefined ? null : plainValue(value),
    shown: value === undefined ? null : valueText(value, unit, limit),
    limits: limits.map(({ text }) => text),
    ...(compared ? { bounds: limits.map(({ number }) => (number ? plainNumber(number) : null)) } : {}),
    ...(rule.warn.length > 0 ? { warn: rule.warn.map(({ text }) => text) } : {}),
    ...(remedy && verdict !== "met" ? { remedy: remedyText(remedy, unit) } : {}),
    ...(reason === undefined ? {} : { reason }),
    ...(waiver === undefined ? {} : { waiver: waiverDocument(waiver) }),
  };
}

function waiverDocument({ text, reason, until, owner }: Waiver) {
  return { allow: text, reason, until, owner: owner ?? null };
}

function kpiDocument({ label, unit, better, value, before }: ReportedKpi) {
  return {
    label,
    ...valueDocument(value),
    unit,
    better,
    ...(before ? { baseline: valueDocument(before) } : {}),
  };
}

function valueDocument(value: Measured) {
  return {
    value: plainValue(value),
    ...(value.kind === "ratio" ? { part: value.part, whole: value.whole } : {}),
  };
}
