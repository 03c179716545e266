import type { Group, Source } from "../model/config.ts";
import type { Phase } from "../model/gate.ts";
import { scopeOf, unscoped } from "../model/kpi.ts";
import type { Problem } from "../model/problem.ts";
import { nearest } from "./nearest.ts";
import { isPreset } from "./presets/index.ts";
import type { RawConfig } from "./schema.ts";
import type { Places } from "./yaml.ts";

/** The groups of tests: those under `groups` and those that sources name. */
export function parseGroups(
  raw: RawConfig["groups"],
  sources: readonly Source[],
  yaml: Places,
  problems: Problem[],
): ReadonlyMap<string, Group> {
  const groups = new Map<string, Group>();
  const named = new Set(sources.flatMap(({ group }) => group ?? []));
  for (const [name, { tests = [], owner }] of Object.entries(raw ?? {})) {
    groups.set(name, {
      tests: typeof tests === "string" ? [tests] : tests,
      ...(owner === undefined ? {} : { owner }),
    });
    if (tests.length > 0 || named.has(name)) continue;
    problems.push({
      code: "config-group",
      severity: "error",
      message: `the group "${name}" has no tests`,
      at: yaml.place(["groups", name], "key"),
      hint: `Give it globs (\`tests: ["checkout.*"]\`), or name it at a source (\`group: ${name}\`).`,
    });
  }
  for (const name of named) if (!groups.has(name)) groups.set(name, { tests: [] });
  return groups;
}

/**
 * Rules about groups that do not exist. Only for phases that the user wrote: a preset may ask for a group that is
 * still to be defined, and such a rule is missing until then.
 */
export function undefinedGroups(
  phases: readonly Phase[],
  groups: ReadonlyMap<string, Group>,
  yaml: Places,
): readonly Problem[] {
  return phases.flatMap(({ rules }, i) =>
    rules.flatMap(({ kpi }): readonly Problem[] => {
      const group = scopeOf(kpi);
      if (group === undefined || groups.has(group) || !kpi.startsWith("tests.")) return [];
      const at = yaml.place(["phases", i, "kpis", kpi], "key");
      if (isPreset(at.file)) return [];
      const meant = nearest(group, [...groups.keys()]);
      return [
        {
          code: "config-group",
          severity: "error",
          message: `${kpi}: no group is called "${group}"${meant ? `, did you mean "${meant}"?` : ""}`,
          at,
          ...(meant
            ? {}
            : { hint: `Define it on the top level: \`groups: { ${group}: { tests: ["checkout.*"] } }\`.` }),
        },
      ];
    }),
  );
}

/** What is wrong with the scope of a KPI, if anything. Whether a group exists is another question. */
export function wrongScope(kpi: string): string | undefined {
  const scope = scopeOf(kpi);
  if (scope === undefined) return undefined;
  const base = unscoped(kpi);
  if (scope.trim() === "") return `"${kpi}" has nothing behind its @`;
  if (base.startsWith("tests.")) {
    return groupName.test(scope)
      ? undefined
      : `"${kpi}": a scope of tests is the name of a group (letters, digits, ".", "_", "-")`;
  }
  if (!base.startsWith("coverage.")) {
    return `"${kpi}": only KPIs of tests and coverage can have a scope`;
  }
  return /^\/|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)/.test(scope)
    ? `"${kpi}": a scope of coverage is a folder of the repository, or a glob of folders, seen from its root`
    : undefined;
}

/** Names of groups: none of them could be a glob or a path. */
export const groupName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,49}$/;
