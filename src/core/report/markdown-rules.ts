import type { Outcome, PhaseResult, RuleResult, Verdict } from "../model/gate.ts";
import type { Report } from "../model/report.ts";
import { parted, prose } from "./escape.ts";
import type { Detail } from "./markdown.ts";
import { waiverText } from "./past-text.ts";
import { signOf } from "./standing.ts";
import { changeText, distanceText, limitText, plural, remedyText, valueText } from "./words.ts";

/** What stands for a verdict or an outcome. */
export const icons: Readonly<Record<Verdict | Outcome, string>> = {
  met: "✅",
  pass: "✅",
  warned: "⚠️",
  warn: "⚠️",
  broken: "❌",
  fail: "❌",
  missing: "❓",
  error: "❓",
  incomparable: "➖",
};

/** The rules of one phase as a table. */
export function phaseRules({ rules }: PhaseResult, detail: Detail): string {
  return table(rules, detail, "", () => undefined);
}

/** What blocks, with the change against the baseline where there is one. */
export function blockingTable(rules: readonly RuleResult[], { kpis }: Report, detail: Detail): string {
  return table(rules, detail, "To pass", ({ rule, value, unit }) => {
    const before = kpis.get(rule.kpi)?.before;
    return value && before ? changeText(value, before, unit) : undefined;
  });
}

/** Where runs are compared, value, change and limit share a column: four would not fit a phone. */
function table(
  rules: readonly RuleResult[],
  { rows: most }: Detail,
  last: string,
  change: (result: RuleResult) => string | undefined,
): string {
  const compared = rules.some((one) => one.limit.bound.kind === "reference" || change(one) !== undefined);
  const heads = compared ? ["KPI", "Value and limit", last] : ["KPI", "Value", "Limit", last];
  const row = (result: RuleResult) => {
    const [kpi, value, limit] = cells(result);
    if (!compared) return [kpi, value, limit, remark(result)];
    const since = change(result);
    const changed = since === undefined ? "" : ` <sub>(${prose(since)})</sub>`;
    return [kpi, `${value}${changed}<br>${limit}`, remark(result)];
  };
  const rows = rules.slice(0, most).map((result) => `| ${row(result).join(" | ")} |`);
  const lines = [`| ${heads.join(" | ")} |`, `|${heads.map(() => "---").join("|")}|`, ...rows].join("\n");
  const rest = rules.length - rows.length;
  return rest === 0 ? lines : `${lines}\n\n... and ${plural(rest, "more rule")}`;
}

/** KPI, value and limit of a rule. */
function cells(result: RuleResult): readonly [kpi: string, value: string, limit: string] {
  const { verdict, label, owner, value, unit, limit } = result;
  const shown = value === undefined ? "no&nbsp;value" : `<b>${prose(valueText(value, unit, limit))}</b>`;
  const limits = verdict === "met" ? result.limits : [limit];
  const texts = limits.map((one) => limitText(one, unit, value)).join(", ");
  const whose = owner === undefined ? "" : `<br><sub>${prose(owner)}</sub>`;
  return [`${icons[signOf(result)]} ${parted(label)}${whose}`, shown, prose(texts)];
}

function remark(result: RuleResult): string {
  const waived = waiverText(result);
  return waived === "" ? plainRemark(result) : `${plainRemark(result)}<br><sub>${prose(waived, 400)}</sub>`;
}

function plainRemark({ verdict, value, unit, limit, remedy, reason }: RuleResult): string {
  if (reason !== undefined || value === undefined) return prose(reason ?? "", 300);
  if (remedy && verdict !== "met") return `<b>${prose(remedyText(remedy, unit))}</b>`;
  return prose(distanceText(value, unit, limit));
}
