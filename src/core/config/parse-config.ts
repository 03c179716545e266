import { kpis } from "../measure/index.ts";
import type { Config, Policy, Source } from "../model/config.ts";
import { type Family, families } from "../model/facts.ts";
import type { Phase } from "../model/gate.ts";
import type { KpiInfo } from "../model/kpi.ts";
import { isError, type Problem } from "../model/problem.ts";
import { scaled } from "./amounts.ts";
import { type ReadText, withExtended } from "./extends.ts";
import { parseGroups, undefinedGroups } from "./groups.ts";
import { parsePlace } from "./history-place.ts";
import { type Layer, readLayer } from "./layer.ts";
import { type Merged, mergeLayers } from "./merge.ts";
import { nearest } from "./nearest.ts";
import { isRegistered, parseCustom } from "./own-kpis.ts";
import { checkQueries, parseServer } from "./prometheus.ts";
import { parseRule } from "./rules.ts";
import type { RawConfig, RawSources } from "./schema.ts";
import { parseWaivers } from "./waivers.ts";
import type { Places } from "./yaml.ts";

/** What runs when there is no configuration file at all. */
export const builtIn = `version: 1
phases:
  - name: Stabilization
    kpis: { tests.pass_rate: above 85% }
  - name: Reliability
    kpis: { coverage.lines: above 90% }
`;

/** The configuration, or null and every problem that was found in it, each with its line. */
export interface ParsedConfig {
  readonly config: Config | null;
  readonly problems: readonly Problem[];
}

/** Reads a configuration together with all that it extends; `read` brings other files of the repository. */
export function parseConfig(text: string, file: string, read: ReadText = noOther): ParsedConfig {
  const own = readLayer(text, file);
  if (!("raw" in own)) return { config: null, problems: own };
  const layers = withExtended(own, read);
  const [first] = layers;
  if (first === undefined || !("raw" in first))
    return { config: null, problems: layers as readonly Problem[] };
  return assemble(mergeLayers(layers as readonly Layer[]), file);
}

const noOther: ReadText = () => ({ wrong: "cannot be read here" });

/** The built-in configuration. */
export function defaultConfig(): Config {
  const { config } = parseConfig(builtIn, "built-in");
  if (!config) throw new Error("the built-in configuration does not parse");
  const { file: _, ...rest } = config;
  return rest;
}

function assemble({ raw, place, problems: merging }: Merged, file: string): ParsedConfig {
  const yaml = { place };
  const problems: Problem[] = [...merging];
  if (raw.phases === undefined) problems.push(noPhases(file));
  const { declared, pointed, queried } = parseCustom(raw.custom, yaml, problems);
  checkQueries(queried, raw.sources, yaml, problems);
  const prometheus = raw.sources?.prometheus && parseServer(raw.sources.prometheus, yaml, problems);
  const own = new Map<string, KpiInfo>();
  const phases = (raw.phases ?? []).map((phase, i): Phase => {
    const rules = Object.entries(phase.kpis).flatMap(([kpi, rule]) => {
      const known = new Map([...declared, ...own]);
      const parsed = parseRule(kpi, rule, ["phases", i, "kpis", kpi], yaml, problems, known);
      if (parsed && !isRegistered(kpi)) own.set(kpi, parsed.info);
      return parsed?.rule ?? [];
    });
    if (Object.keys(phase.kpis).length === 0) {
      const message = `the phase "${phase.name}" has no KPI; a phase without rules would pass for nothing`;
      problems.push({
        code: "config-empty",
        severity: "error",
        message,
        at: yaml.place(["phases", i, "kpis"], "key"),
      });
    }
    return {
      name: phase.name,
      rules,
      ...(phase.owner === undefined ? {} : { owner: phase.owner }),
      ...(phase.due === undefined ? {} : { due: phase.due }),
    };
  });
  const names = phases.map(({ name }) => name);
  for (const [i, name] of names.entries()) {
    if (names.indexOf(name) === i) continue;
    const message = `two phases are called "${name}"`;
    problems.push({
      code: "config-value",
      severity: "error",
      message,
      at: yaml.place(["phases", i, "name"]),
    });
  }
  if (raw.require !== undefined && !names.includes(raw.require)) {
    const meant = nearest(raw.require, names);
    const message = `require: no phase is called "${raw.require}"${meant ? `, did you mean "${meant}"?` : ""}`;
    problems.push({ code: "config-value", severity: "error", message, at: yaml.place(["require"]) });
  }
  const store = parsePlace(raw.baseline, yaml, problems);
  const sources = raw.sources && sourcesByFamily(raw.sources);
  const groups = parseGroups(raw.groups, sources?.tests ?? [], yaml, problems);
  problems.push(...undefinedGroups(phases, groups, yaml));
  const infoOf = (kpi: string) => own.get(kpi) ?? (Object.hasOwn(kpis, kpi) ? kpis[kpi] : undefined);
  const waivers = parseWaivers(raw.waivers, phases, infoOf, yaml, problems);
  if (problems.some(isError)) return { config: null, problems };
  problems.push(...unlimitedErrors(phases, yaml));
  const config: Config = {
    file,
    mode: raw.mode ?? "enforce",
    integrity: raw.integrity ?? "normal",
    retries: raw.retries ?? "elements",
    coverage: { include: raw.coverage?.include ?? [], exclude: raw.coverage?.exclude ?? [] },
    groups,
    phases,
    own,
    pointed,
    queried,
    ...(prometheus === undefined ? {} : { prometheus }),
    baseline: {
      ...(raw.baseline?.branch === undefined ? {} : { branch: raw.baseline.branch }),
      ...(store === undefined ? {} : { store }),
    },
    shrink: scaled((raw.shrink ?? "10%").replace(/\s*%$/, ""), 1),
    keep: raw.keep ?? false,
    waivers,
    require: raw.require === undefined ? phases.length : names.indexOf(raw.require) + 1,
    policy: policyOf(raw.policy),
    title: raw.comment?.title ?? "Phase Gate",
    commentWhen: raw.comment?.when ?? "always",
    ...(sources === undefined ? {} : { sources }),
  };
  return { config, problems };
}

/** Failed and errored are counted apart, so that a limit on one alone would let a crashed set-up pass. */
function unlimitedErrors(phases: readonly Phase[], yaml: Places): readonly Problem[] {
  const limited = new Set(phases.flatMap(({ rules }) => rules.map(({ kpi }) => kpi)));
  const phase = phases.findIndex(({ rules }) => rules.some(({ kpi }) => kpi === "tests.failed"));
  if (
    phase === -1 ||
    ["tests.errored", "tests.error_rate", "tests.pass_rate"].some((kpi) => limited.has(kpi))
  )
    return [];
  return [
    {
      code: "errors-unlimited",
      severity: "warning",
      message: "tests.failed has a limit, but tests that end in an error are counted apart and have none",
      at: yaml.place(["phases", phase, "kpis", "tests.failed"], "key"),
      hint: "Add `tests.errored: 0`, or limit tests.error_rate, which counts both.",
    },
  ];
}

function sourcesByFamily(
  raw: NonNullable<RawConfig["sources"]>,
): Readonly<Record<Family, readonly Source[]>> {
  return Object.fromEntries(families.map((family) => [family, sourcesOf(raw[family])])) as Record<
    Family,
    readonly Source[]
  >;
}

function policyOf(raw: RawConfig["policy"]): Policy {
  const label = raw?.["accept-weaker"]?.slice("label:".length);
  return label === undefined ? {} : { acceptLabel: label };
}

function sourcesOf(raw: RawSources | undefined): readonly Source[] {
  if (raw === undefined) return [];
  return (Array.isArray(raw) ? raw : [raw]).map((source): Source => {
    const { files, expect, optional, stale, group } = typeof source === "string" ? { files: source } : source;
    return {
      glob: files,
      optional: optional ?? false,
      allowStale: stale === "allow",
      ...(expect === undefined ? {} : { expect }),
      ...(group === undefined ? {} : { group }),
    };
  });
}

function noPhases(file: string): Problem {
  return {
    code: "config-value",
    severity: "error",
    message: '"phases" is missing',
    at: { file, line: 1 },
    hint: "Write a list of phases, or `extends: execution-plan` for a whole plan.",
  };
}
