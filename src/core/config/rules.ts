import type { Limit, Rule } from "../model/gate.ts";
import { type KpiInfo, unscoped } from "../model/kpi.ts";
import type { Problem } from "../model/problem.ts";
import { wrongScope } from "./groups.ts";
import { parseLimit } from "./limit.ts";
import { excludeEachOther, implies } from "./limit-order.ts";
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
  const wrong = (message: string, at: Path, hint?: string) =>
    problems.push({
      code: "config-limit",
      severity: "error",
      message: `${kpi}: ${message}`,
      at: yaml.place(at),
      ...(hint === undefined ? {} : { hint }),
    });
  const read = (given: typeof parts.pass, at: Path): Limit[] => {
    const limits = (Array.isArray(given) ? given : [given]).flatMap((text, i) => {
      const parsed = parseLimit(text, info);
      if ("limit" in parsed) return [parsed.limit];
      wrong(parsed.wrong, Array.isArray(given) ? [...at, i] : at);
      return [];
    });
    const clash = exclusive(limits);
    if (clash) wrong(`no value satisfies both "${clash[0].text}" and "${clash[1].text}"`, at, listHint);
    return limits;
  };
  const pass = read(parts.pass, [...path, ...nested]);
  const warn = parts.warn === undefined ? [] : read(parts.warn, [...path, "warn"]);
  const strict = stricter(warn, pass);
  if (strict) {
    const limits = pass.map(({ text }) => text).join(", ");
    wrong(`warn "${strict.text}" is stricter than pass "${limits}"`, [...path, "warn"], warnHint);
  }
  const { "min-lines": minLines, "min-samples": minSamples } = parts;
  if (minLines !== undefined && !(kpi.startsWith("coverage.") && info.unit === "%"))
    wrong("min-lines is for percentages of coverage", [...path, "min-lines"]);
  if (minSamples !== undefined && [...pass, ...warn].every(({ bound }) => bound.kind === "value")) {
    const hint = "It says how many recorded runs a comparison needs; a plain number needs none.";
    wrong("min-samples, but no limit compares with recorded runs", [...path, "min-samples"], hint);
  }
  const rule: Rule = {
    kpi,
    pass,
    warn,
    missing: parts.missing ?? "error",
    ...(minLines === undefined ? {} : { minLines }),
    ...(minSamples === undefined ? {} : { minSamples }),
  };
  return { rule, info };
}

const listHint = 'All limits of a list must hold; there is no "or".';
const warnHint =
  "A rule is green when `pass` holds and yellow when only `warn` holds, so `warn` must be the easier one.";

function exclusive(limits: readonly Limit[]): readonly [Limit, Limit] | undefined {
  for (const [i, one] of limits.entries()) {
    const other = limits.slice(i + 1).find((limit) => excludeEachOther(one, limit));
    if (other) return [one, other];
  }
  return undefined;
}

/** A limit of `warn` that can be broken while `pass` holds, as far as that can be known before a run. */
function stricter(warn: readonly Limit[], pass: readonly Limit[]): Limit | undefined {
  if (pass.length === 0) return undefined;
  return warn.find((limit) => pass.every((other) => implies(other, limit) === false));
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
