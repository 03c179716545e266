import { compare, ofDecimal } from "../model/exact.ts";
import type { Limit, Rule } from "../model/gate.ts";
import { type KpiInfo, unscoped } from "../model/kpi.ts";
import type { Problem } from "../model/problem.ts";
import { wrongScope } from "./groups.ts";
import { parseLimit } from "./limit.ts";
import { type Declared, kpiOf } from "./own-kpis.ts";
import type { RawRule } from "./schema.ts";
import type { Path, Places } from "./yaml.ts";

/** One rule from its text, or nothing and the problems that say why. */
export function parseRule(
  kpi: string,
  raw: RawRule,
  path: Path,
  yaml: Places,
  problems: Problem[],
  declared: ReadonlyMap<string, Declared> = new Map(),
): { readonly rule: Rule; readonly info: KpiInfo } | undefined {
  const info = kpiOf(unscoped(kpi), raw, declared, path, yaml, problems);
  if (!info) return undefined;
  const scope = wrongScope(kpi);
  if (scope !== undefined) {
    problems.push(badScope(scope, path, yaml));
    return undefined;
  }
  const parts = typeof raw === "object" && !Array.isArray(raw) ? raw : { pass: raw };
  const nested = parts !== raw ? [] : (["pass"] as const);
  const read = (given: typeof parts.pass, at: Path): Limit[] =>
    (Array.isArray(given) ? given : [given]).flatMap((text, i) => {
      const parsed = parseLimit(text, info);
      if ("limit" in parsed) return [parsed.limit];
      const place = yaml.place(Array.isArray(given) ? [...at, i] : at);
      problems.push({
        code: "config-limit",
        severity: "error",
        message: `${kpi}: ${parsed.wrong}`,
        at: place,
      });
      return [];
    });
  const pass = read(parts.pass, [...path, ...nested]);
  const warn = parts.warn === undefined ? [] : read(parts.warn, [...path, "warn"]);
  const strict = warn.find((limit) => pass.length > 0 && !pass.some((other) => implies(other, limit)));
  if (strict) {
    const message = `${kpi}: warn "${strict.text}" is stricter than pass "${pass.map(({ text }) => text).join(", ")}"`;
    const hint =
      "A rule is green when `pass` holds and yellow when only `warn` holds, so `warn` must be the easier one.";
    problems.push({
      code: "config-limit",
      severity: "error",
      message,
      at: yaml.place([...path, "warn"]),
      hint,
    });
  }
  return { rule: { kpi, pass, warn, missing: parts.missing ?? "error" }, info };
}

/** Whether everything that satisfies `a` satisfies `b`. */
function implies(a: Limit, b: Limit): boolean {
  const order = compare(ofDecimal(a.value), ofDecimal(b.value));
  switch (b.op) {
    case "at least":
      return (a.op === "at least" || a.op === "above" || a.op === "exactly") && order >= 0;
    case "above":
      return (a.op === "above" && order >= 0) || ((a.op === "at least" || a.op === "exactly") && order > 0);
    case "at most":
      return (a.op === "at most" || a.op === "below" || a.op === "exactly") && order <= 0;
    case "below":
      return (a.op === "below" && order <= 0) || ((a.op === "at most" || a.op === "exactly") && order < 0);
    case "exactly":
      return a.op === "exactly" && order === 0;
  }
}

function badScope(message: string, path: Path, yaml: Places): Problem {
  return {
    code: "config-kpi",
    severity: "error",
    message,
    at: yaml.place(path, "key"),
    hint: "Write for example tests.pass_rate@critical for a group, coverage.lines@packages/* for folders.",
  };
}
