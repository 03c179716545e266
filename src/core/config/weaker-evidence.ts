import type { Config, Group, Pointed, Queried, Selection, Source } from "../model/config.ts";
import type { Weakening } from "../model/policy.ts";

/** How the sources of `head` ask for less evidence. Sources are told by their globs; others cannot be compared. */
export function weakerSources(base: Config["sources"], head: Config["sources"]): readonly Weakening[] {
  if (base === undefined)
    return head === undefined ? [] : evidence(["sources name files now, and others are not looked for"]);
  if (head === undefined) return evidence(["sources are gone, and well-known file names are looked for"]);
  const families = Object.keys(base) as (keyof typeof base)[];
  return families.flatMap((family) =>
    evidence(
      base[family].flatMap((source) => weakerSource(source, head[family])).map((way) => `${family}: ${way}`),
    ),
  );
}

function weakerSource(base: Source, all: readonly Source[]): readonly string[] {
  const ways = all.filter(({ glob }) => glob === base.glob).map((head) => weakerKeys(base, head));
  return ways.find(({ length }) => length === 0) ?? ways[0] ?? [`${base.glob} is gone`];
}

function weakerKeys(base: Source, head: Source): readonly string[] {
  const found: string[] = [];
  const at = (what: string) => found.push(`${base.glob}: ${what}`);
  if (base.expect !== undefined && head.expect === undefined) at(`expect: ${base.expect} is gone`);
  else if (base.expect !== undefined && head.expect! < base.expect)
    at(`expect: ${base.expect} is now ${head.expect}`);
  if (!base.optional && head.optional) at("optional is new");
  if (!base.allowStale && head.allowStale) at("stale: allow is new");
  if (base.group !== undefined && head.group !== base.group)
    at(`group: ${base.group} is ${head.group === undefined ? "gone" : `now ${head.group}`}`);
  return found;
}

/** How fewer source files count in coverage. An empty `include` is all of them. */
export function weakerSelection(base: Selection, head: Selection): readonly Weakening[] {
  const gone = head.include.length === 0 ? [] : base.include.filter((glob) => !head.include.includes(glob));
  return evidence([
    ...(base.include.length === 0 && head.include.length > 0
      ? [`coverage: include chooses files now: ${head.include.join(", ")}`]
      : []),
    ...gone.map((glob) => `coverage: include ${glob} is gone`),
    ...head.exclude
      .filter((glob) => !base.exclude.includes(glob))
      .map((glob) => `coverage: exclude ${glob} is new`),
  ]);
}

/** How groups hold fewer tests. Growing is no weakening: new tests of a feature must be able to join. */
export function weakerGroups(base: Config["groups"], head: Config["groups"]): readonly Weakening[] {
  return evidence([...base].flatMap(([name, group]) => weakerGroup(name, group, head.get(name))));
}

function weakerGroup(name: string, base: Group, head: Group | undefined): readonly string[] {
  if (head === undefined) return [`the group ${name} is gone`];
  const gone = base.tests.filter((glob) => !head.tests.includes(glob));
  return gone.map((glob) => `the group ${name}: ${glob} is gone`);
}

/** How KPIs of the user's own come to mean something else: a limit is only as good as its unit. */
export function weakerOwn(base: Config["own"], head: Config["own"]): readonly Weakening[] {
  return evidence(
    [...base].flatMap(([name, { unit }]) => {
      const now = head.get(name)?.unit;
      return now === undefined || now === unit ? [] : [`custom: the unit of ${name} is now "${now}"`];
    }),
  );
}

/** How values are read from another place than before, or may be absent there. */
export function weakerPointed(base: readonly Pointed[], head: readonly Pointed[]): readonly Weakening[] {
  return evidence(
    base.flatMap(({ kpi, source, pointer, unit }) => {
      const now = head.find((one) => one.kpi === kpi);
      if (now === undefined) return [`custom: ${kpi} is read from no file any more`];
      if (now.pointer !== pointer || now.source.glob !== source.glob || now.unit !== unit)
        return [`custom: ${kpi} is read from another place`];
      return weakerKeys(source, now.source).map((way) => `custom: ${kpi}: ${way}`);
    }),
  );
}

/** How values are asked of another server, or in another way, than before. */
export function weakerServer(base: Config["prometheus"], head: Config["prometheus"]): readonly Weakening[] {
  if (base === undefined) return [];
  return evidence([
    ...(head?.url === base.url
      ? []
      : [head === undefined ? "prometheus is asked no more" : `prometheus: url is now ${head.url}`]),
    ...(head !== undefined && head.maxAge > base.maxAge ? ["prometheus: max-age is longer now"] : []),
  ]);
}

export function weakerQueried(base: readonly Queried[], head: readonly Queried[]): readonly Weakening[] {
  return evidence(
    base.flatMap((query) => {
      const now = head.find(({ kpi }) => kpi === query.kpi);
      if (now === undefined) return [`custom: ${query.kpi} is asked by no query any more`];
      return JSON.stringify(now) === JSON.stringify(query)
        ? []
        : [`custom: ${query.kpi} is asked in another way`];
    }),
  );
}

function evidence(whats: readonly string[]): readonly Weakening[] {
  return whats.map((what) => ({ kind: "evidence", what }));
}
