import type { Phase, Waiver } from "../model/gate.ts";
import { type KpiInfo, unscoped } from "../model/kpi.ts";
import type { Problem } from "../model/problem.ts";
import { factorTo } from "../model/unit.ts";
import { example, scaled } from "./amounts.ts";
import { nearest } from "./nearest.ts";
import type { RawConfig } from "./schema.ts";
import type { Places } from "./yaml.ts";

/** The waivers of the configuration. Each belongs to a rule, and there is at most one for each KPI. */
export function parseWaivers(
  raw: RawConfig["waivers"],
  phases: readonly Phase[],
  infoOf: (kpi: string) => KpiInfo | undefined,
  yaml: Places,
  problems: Problem[],
): readonly Waiver[] {
  const ruled = [...new Set(phases.flatMap(({ rules }) => rules.map(({ kpi }) => kpi)))];
  const seen = new Set<string>();
  return (raw ?? []).flatMap(({ kpi, allow, reason, until, owner }, i): Waiver[] => {
    const wrong = (key: string, message: string) => {
      const at = yaml.place(["waivers", i, key]);
      problems.push({ code: "config-value", severity: "error", message: `waivers: ${message}`, at });
      return [];
    };
    const info = infoOf(unscoped(kpi));
    if (!info || !ruled.some((name) => unscoped(name) === unscoped(kpi))) {
      const meant = nearest(kpi, ruled);
      return wrong("kpi", `no rule is about "${kpi}"${meant ? `, did you mean "${meant}"?` : ""}`);
    }
    if (seen.has(kpi)) return wrong("kpi", `there are two for ${kpi}`);
    seen.add(kpi);
    const text = String(allow).trim();
    const [, number = "", unit = ""] = /^\+?(\d+(?:\.\d+)?)\s*(%|[a-z][a-z/]*)?$/i.exec(text) ?? [];
    const points = info.unit === "%" && /^(?:pp)?$/i.test(unit);
    const factor = points ? 1 : info.unit === "%" ? undefined : factorTo(info.unit, unit);
    if (number === "" || factor === undefined) {
      const fit = info.unit === "%" ? "0.5pp" : example(info.unit);
      return wrong("allow", `"${text}" does not fit ${kpi}; write for example ${fit}`);
    }
    const value = scaled(number, factor);
    if (value.digits === 0n) return wrong("allow", `"${text}" allows nothing`);
    const shown = points && unit === "" ? `${number}pp` : text.replace(/^\+/, "");
    return [{ kpi, allow: value, text: shown, reason, until, ...(owner === undefined ? {} : { owner }) }];
  });
}
