import { parseLimit } from "../config/limit.ts";
import { nearest } from "../config/nearest.ts";
import type { Limit } from "../model/gate.ts";
import { type KpiInfo, unscoped } from "../model/kpi.ts";

/** Reads limits such as "coverage.lines: at least 85%", by KPI; or the sentence that says what is wrong with one. */
export function parseGiven(
  texts: readonly string[],
  known: Readonly<Record<string, KpiInfo>>,
): { readonly given: ReadonlyMap<string, readonly Limit[]> } | { readonly wrong: string } {
  const given = new Map<string, Limit[]>();
  for (const text of texts) {
    const [, kpi = "", limit = ""] = /^\s*([^\s:]+)\s*:\s*(.*?)\s*$/.exec(text) ?? [];
    if (limit === "")
      return { wrong: `"${text}" is no limit; write for example "coverage.lines: at least 85%"` };
    const name = unscoped(kpi);
    if (!Object.hasOwn(known, name)) {
      const meant = nearest(name, Object.keys(known));
      return { wrong: `unknown KPI "${name}"${meant ? `, did you mean "${meant}"?` : ""}` };
    }
    const parsed = parseLimit(limit, known[name]!);
    if ("wrong" in parsed) return { wrong: `${kpi}: ${parsed.wrong}` };
    given.set(kpi, [...(given.get(kpi) ?? []), parsed.limit]);
  }
  return { given };
}
