import type { Problem } from "../model/problem.ts";
import type { Layer } from "./layer.ts";
import { edits, nearest } from "./nearest.ts";
import type { RawConfig, RawRule } from "./schema.ts";
import type { Path, Places } from "./yaml.ts";

type RawPhase = NonNullable<RawConfig["phases"]>[number];

/** A phase while layers are laid on it. */
type Growing = Omit<RawPhase, "kpis"> & { readonly kpis: Record<string, RawRule> };

/** Layers as one configuration; `place` still leads to the file that a part of it was written in. */
export interface Merged {
  readonly raw: Omit<RawConfig, "phases"> & { readonly phases: readonly Growing[] | undefined };
  readonly place: Places["place"];
  readonly problems: readonly Problem[];
}

/**
 * Lays each layer on those before it. A mapping on the top level is united key by key, phases by their names and their
 * rules by KPI; everything else is replaced. Phases that are new come behind all others.
 */
export function mergeLayers(layers: readonly Layer[]): Merged {
  const origins = new Map<string, { readonly layer: Layer; readonly path: Path }>();
  const merged: Record<string, unknown> = {};
  const phases: Growing[] = [];
  const problems: Problem[] = [];
  const from = (layer: Layer, path: Path, own: Path = path) => {
    // What was written below it in other layers is gone.
    const prefix = key(path).slice(0, -1);
    for (const other of origins.keys()) if (other.startsWith(`${prefix},`)) origins.delete(other);
    origins.set(key(path), { layer, path: own });
  };

  for (const layer of layers) {
    const { extends: _, kpis: words = {}, phases: given = [], ...rest } = layer.raw;
    origins.set(key([]), { layer, path: [] });
    for (const [name, value] of Object.entries(rest)) {
      const before = merged[name];
      if (isMapping(before) && isMapping(value)) {
        merged[name] = { ...before, ...value };
        for (const inner of Object.keys(value)) from(layer, [name, inner]);
      } else {
        merged[name] = value;
        from(layer, [name]);
      }
    }
    const inherited = phases.length;
    for (const [i, phase] of given.entries()) {
      const before = phases.slice(0, inherited).map(({ name }) => name);
      const known = before.indexOf(phase.name);
      if (known === -1) problems.push(...newPhase(phase.name, before, layer, i));
      layPhase(known === -1 ? phases.length : known, phase, layer, i);
    }
    for (const [kpi, word] of Object.entries(words)) {
      const path = ["kpis", kpi];
      const having = phases.flatMap((phase, at) => (Object.hasOwn(phase.kpis, kpi) ? [at] : []));
      for (const at of having) layWord(at, kpi, word, layer, path);
      if (having.length === 0) problems.push(nothingToChange(kpi, word, phases, layer, path));
    }
  }

  function layPhase(at: number, phase: RawPhase, layer: Layer, own: number): void {
    const { kpis = {}, ...rest } = phase;
    const before = phases[at];
    phases[at] = { ...before, ...rest, kpis: before?.kpis ?? {} };
    if (before === undefined) from(layer, ["phases", at], ["phases", own]);
    else for (const field of Object.keys(rest)) from(layer, ["phases", at, field], ["phases", own, field]);
    for (const [kpi, rule] of Object.entries(kpis)) {
      const path = ["phases", own, "kpis", kpi];
      if (rule === "optional" || rule === "off") {
        if (Object.hasOwn(phases[at].kpis, kpi)) layWord(at, kpi, rule, layer, path);
        else problems.push(nothingToChange(kpi, rule, [phases[at]], layer, path));
      } else {
        phases[at].kpis[kpi] = rule;
        from(layer, ["phases", at, "kpis", kpi], path);
      }
    }
  }

  function layWord(at: number, kpi: string, word: "optional" | "off", layer: Layer, path: Path): void {
    const { kpis } = phases[at]!;
    const rule = kpis[kpi]!;
    if (word === "off") delete kpis[kpi];
    else {
      kpis[kpi] =
        typeof rule === "object" && !Array.isArray(rule)
          ? { ...rule, missing: "skip" }
          : { pass: rule, missing: "skip" };
      from(layer, ["phases", at, "kpis", kpi, "missing"], path);
    }
  }

  return {
    raw: { ...(merged as Omit<RawConfig, "phases">), phases: phases.length > 0 ? phases : undefined },
    problems,
    place(path, what) {
      for (let length = path.length; length > 0; length--) {
        const origin = origins.get(key(path.slice(0, length)));
        if (origin) return origin.layer.yaml.place([...origin.path, ...path.slice(length)], what);
      }
      return layers.at(-1)!.yaml.place(path, what);
    },
  };
}

function key(path: Path): string {
  return JSON.stringify(path);
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Names in which so many slips are taken for slips. */
const leastLength = 8;
const mostSlips = 2;

/** A phase of one's own may have any name; one that reads like an inherited one was likely meant to change that. */
function newPhase(
  name: string,
  inherited: readonly string[],
  { yaml }: Layer,
  own: number,
): readonly Problem[] {
  if (name.length < leastLength) return [];
  // "Phase number 2" is no slip of "Phase number 1".
  const meant = inherited.find(
    (other) =>
      withoutNumber(other) !== withoutNumber(name) &&
      edits(other.toLowerCase(), name.toLowerCase()) <= mostSlips,
  );
  if (meant === undefined) return [];
  const problem: Problem = {
    code: "config-value",
    severity: "warning",
    message: `the phase "${name}" is new and comes behind the others; did you mean "${meant}"?`,
    at: yaml.place(["phases", own, "name"]),
    hint: "Phases are known by their names, letter by letter.",
  };
  return [problem];
}

function withoutNumber(name: string): string {
  return name.replace(/\d+/g, "");
}

function nothingToChange(
  kpi: string,
  word: string,
  phases: readonly Growing[],
  { yaml }: Layer,
  path: Path,
): Problem {
  const meant = nearest(
    kpi,
    phases.flatMap(({ kpis }) => Object.keys(kpis)),
  );
  return {
    code: "config-value",
    severity: "error",
    message: `${kpi}: "${word}" changes a rule that is inherited, and there is none${meant ? `; did you mean ${meant}?` : ""}`,
    at: yaml.place(path, "key"),
    hint: "Write the limit that it should have, or take the line out.",
  };
}
