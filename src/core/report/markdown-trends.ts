import { plainValue } from "../model/exact.ts";
import type { Measured } from "../model/kpi.ts";
import type { Report, Trend } from "../model/report.ts";
import { code, parted, prose } from "./escape.ts";
import type { Detail } from "./markdown.ts";
import { sparkline } from "./sparkline.ts";
import { plural, valueText } from "./words.ts";

/** KPIs over the last runs of the default branch, up to this run, with the limit behind; folded. */
export function trends({ past, kpis }: Report, detail: Detail): string {
  const all = past?.trends ?? [];
  if (all.length === 0 || !detail.rules) return "";
  const rows = all.slice(0, detail.rows).flatMap((trend) => {
    const kpi = kpis.get(trend.kpi);
    if (!kpi) return [];
    return `| ${parted(kpi.label)} | ${code(bars(trend, kpi.value))}<br><sub>${path(trend, kpi.value, kpi.unit)}</sub> |`;
  });
  const runs = Math.max(...all.map(({ values }) => values.length));
  const rest = all.length - rows.length;
  return [
    `<details><summary>Trends over the last ${plural(runs, "run")} of the default branch</summary>`,
    ["| KPI | Runs, this one ┃ limit |", "|---|---|", ...rows].join("\n"),
    ...(rest > 0 ? [`... and ${plural(rest, "more KPI")}`] : []),
    "</details>",
  ].join("\n\n");
}

/** The recorded values as bars, then this run and the limit. */
export function bars({ values, limit }: Trend, now: Measured): string {
  return sparkline(values, plainValue(now), limit);
}

/** "88% → 91.4%, limit 90%". */
function path({ values, limit }: Trend, now: Measured, unit: string): string {
  const amount = (value: number) => prose(valueText({ kind: "amount", amount: value }, unit));
  const first = values.find((value) => value !== null)!;
  const to = `${amount(first)} → <b>${prose(valueText(now, unit))}</b>`;
  return limit === null ? to : `${to}, limit ${amount(limit)}`;
}
