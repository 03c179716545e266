import { kpiNames, kpis } from "../measure/index.ts";
import type { Pointed, Queried, Source } from "../model/config.ts";
import { type KpiInfo, unscoped } from "../model/kpi.ts";
import type { Problem } from "../model/problem.ts";
import { unitOf } from "../model/unit.ts";
import { misspelt } from "./limit.ts";
import { nearest } from "./nearest.ts";
import { parseQuery } from "./prometheus.ts";
import type { RawConfig, RawRule } from "./schema.ts";
import type { Path, Places } from "./yaml.ts";

/** Whether a KPI, with or without a scope, is one of the registry. */
export function isRegistered(kpi: string): boolean {
  return Object.hasOwn(kpis, unscoped(kpi));
}

/** First words of names that only the registry gives. */
const families = /^(?:tests|coverage|load|service|resources|security|debt|history)\./;

const ownName = /^[A-Za-z][\w.:-]{0,99}$/;

/** A declaration under `custom`. Without a direction each limit says its own with its word. */
export type Declared = Omit<KpiInfo, "better"> & { readonly better?: KpiInfo["better"] };

interface Custom {
  readonly declared: ReadonlyMap<string, Declared>;
  readonly pointed: readonly Pointed[];
  readonly queried: readonly Queried[];
}

/** What `custom` declares: KPIs of the user's own, and where values stand. */
export function parseCustom(raw: RawConfig["custom"], yaml: Places, problems: Problem[]): Custom {
  const declared = new Map<string, Declared>();
  const pointed: Pointed[] = [];
  const queried: Queried[] = [];
  for (const [name, entry] of Object.entries(raw ?? {})) {
    const { file, value, unit, better, optional, stale } = entry;
    const known = Object.hasOwn(kpis, name) ? kpis[name] : undefined;
    const wrong = wrongName(name, known);
    if (wrong !== undefined) problems.push(problem("config-kpi", wrong, yaml.place(["custom", name], "key")));
    if (file !== undefined && value !== undefined) {
      const source: Source = { glob: file, optional: optional ?? false, allowStale: stale === "allow" };
      pointed.push({ kpi: name, source, pointer: value, ...(unit === undefined ? {} : { unit }) });
    }
    const query = parseQuery(name, entry, yaml, problems);
    if (query) queried.push(query);
    if (known) continue;
    const about = { label: name, definition: "Declared under custom.", unit: unitOf(unit ?? "") };
    declared.set(name, { ...about, ...(better === undefined ? {} : { better }) });
  }
  return { declared, pointed, queried };
}

function wrongName(name: string, known: (typeof kpis)[string] | undefined): string | undefined {
  if (known?.measure)
    return `${name} is measured from report files; custom gives values to service.*, resources.* and KPIs of your own`;
  if (known) return undefined;
  if (families.test(name)) return `"${name}": a name that begins like this is none of your own`;
  return ownName.test(name)
    ? undefined
    : `"${name}" is no name for a KPI: letters, digits, ".", "_", ":" and "-", a letter first`;
}

/**
 * The KPI that a rule is about: one of the registry, one that is declared, or one that is found by this name in metrics
 * files. Of the latter the limits tell unit and direction. Undefined, and a problem, where there is none.
 */
export function kpiOf(
  name: string,
  raw: RawRule,
  declared: ReadonlyMap<string, Declared>,
  path: Path,
  yaml: Places,
  problems: Problem[],
): KpiInfo | undefined {
  if (Object.hasOwn(kpis, name)) return kpis[name];
  const given = declared.get(name);
  const meant = nearest(name, [...kpiNames, ...declared.keys()]);
  if (!given && (meant !== undefined || families.test(name) || !ownName.test(name))) {
    problems.push(unknownKpi(name, meant, path, yaml));
    return undefined;
  }
  const limits = limitsOf(raw);
  const unit = limits
    .map((limit) => /\d\s*(%|[a-z][a-z/]*)$/i.exec(limit)?.[1])
    .find((found) => found !== undefined);
  const better = given?.better ?? directionOf(limits);
  if (better === undefined) {
    const bare = limits.find((limit) => wordOf(limit) === undefined) ?? limits[0];
    const word = misspelt(bare ?? "");
    if (word !== undefined) {
      problems.push(problem("config-limit", `${name}: ${word}`, yaml.place(path)));
      return undefined;
    }
    const message = `${name}: "${bare}" does not say which direction is good`;
    const hint = `Write a word before it, such as "at least ${bare}", or declare it: custom: { ${name}: { better: higher } }.`;
    problems.push({ ...problem("config-limit", message, yaml.place(path)), hint });
    return undefined;
  }
  const about = { label: name, definition: "Found by its name in metrics files.", unit: unitOf(unit ?? "") };
  return { ...(given ?? about), better };
}

function limitsOf(raw: RawRule): readonly string[] {
  const parts = typeof raw === "object" && !Array.isArray(raw) ? [raw.pass, raw.warn ?? []] : [raw];
  return parts.flat().map((limit) => String(limit).trim());
}

/** The direction that all limits name by their words; the first one counts where they differ. */
function directionOf(limits: readonly string[]): KpiInfo["better"] | undefined {
  const words = limits.map(wordOf);
  const [first] = words;
  if (first === undefined || words.includes(undefined)) return undefined;
  return /^(?:at least|above|over|>)/i.test(first) ? "higher" : "lower";
}

function wordOf(limit: string): string | undefined {
  return /^(?:at least|at most|above|over|below|under|exactly|[<>]=?|==)/i.exec(limit)?.[0];
}

function unknownKpi(kpi: string, meant: string | undefined, path: Path, yaml: Places): Problem {
  const message = `unknown KPI "${kpi}"${meant ? `, did you mean "${meant}"?` : ""}`;
  const hint = meant
    ? "If it is a KPI of your own, declare it under `custom`. `phase-gate kpis` lists the others."
    : "`phase-gate kpis` lists the KPIs that can be measured.";
  return { ...problem("config-kpi", message, yaml.place(path, "key")), hint };
}

function problem(code: Problem["code"], message: string, at: NonNullable<Problem["at"]>): Problem {
  return { code, severity: "error", message, at };
}
