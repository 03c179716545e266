import type { Changes } from "../model/changes.ts";
import type { Config, Group } from "../model/config.ts";
import type { Evidence, SourceEvidence } from "../model/evidence.ts";
import type { FileCoverage, TestFacts } from "../model/facts.ts";
import type { Past } from "../model/history.ts";
import { type Measured, type Measurements, scopeOf, unscoped } from "../model/kpi.ts";
import { sumCoverage } from "./coverage-sums.ts";
import { measureDiff } from "./diff.ts";
import { foldersOf } from "./folders.ts";
import { idleSource, unexecuted } from "./idle.ts";
import { type Kpi, noFacts, type United } from "./kpi.ts";

/** Most folders that one rule is expanded to; a glob that matches more is too wide to be read by anyone. */
export const maxFolders = 200;

/** KPIs of groups of tests and of folders of source files, by their names with scope. */
export interface Scoped {
  readonly measurements: Measurements;
  /** Why this run cannot have the number, by its nature. */
  readonly incomparable: ReadonlyMap<string, string>;
  /** The KPIs that a scoped KPI of the configuration stands for, such as one for each folder of a glob. */
  readonly scopes: ReadonlyMap<string, readonly string[]>;
  /** Why what is missing is missing, where it is not for want of evidence. */
  readonly reasons: ReadonlyMap<string, string>;
}

interface Given {
  readonly config: Pick<Config, "coverage" | "groups" | "phases">;
  readonly evidence: Pick<Evidence, "sources" | "tracked">;
  readonly kpis: Readonly<Record<string, Kpi>>;
  /** Of all report files; null where they may not be judged. */
  readonly tests: TestFacts | null;
  readonly files: ReadonlyMap<string, FileCoverage> | null;
  /** Absent where no history was given. */
  readonly past: Past | undefined;
  readonly changes: Changes;
}

/** Measures every KPI of tests for every group, and those of coverage for the folders that rules are about. */
export function measureScopes({ config, evidence, kpis, tests, files, past, changes }: Given): Scoped {
  const compared = past ? { past } : {};
  const measurements = new Map<string, Measured>();
  const incomparable = new Map<string, string>();
  const scopes = new Map<string, readonly string[]>();
  const reasons = new Map<string, string>();
  const add = (kpi: string, facts: United) => {
    const value = kpis[unscoped(kpi)]?.measure?.(facts);
    if (value?.kind === "incomparable") incomparable.set(kpi, value.reason);
    else if (value !== undefined) measurements.set(kpi, value);
    return value !== undefined;
  };

  for (const [name, group] of config.groups) {
    const idle = idleSource(sourcesOf(evidence.sources, name, group));
    const own = tests?.groups?.get(name);
    for (const kpi of Object.keys(kpis).filter((kpi) => kpi.startsWith("tests."))) {
      const scoped = `${kpi}@${name}`;
      if (kpi === "tests.fixed") {
        reasons.set(scoped, "recorded runs do not know groups, so it cannot be told what was fixed in one");
        continue;
      }
      if (own) add(scoped, { ...noFacts, ...compared, tests: idle === undefined ? own : unexecuted(own) });
      if (tests) reasons.set(scoped, idle ?? (own ? idleGroup(name, own) : emptyGroup(name, group)));
    }
  }

  for (const kpi of new Set(config.phases.flatMap(({ rules }) => rules.map((rule) => rule.kpi)))) {
    const glob = scopeOf(kpi);
    if (glob === undefined) continue;
    if (kpi.startsWith("tests.") && !config.groups.has(glob)) reasons.set(kpi, undefinedGroup(glob));
    if (!kpi.startsWith("coverage.") || !files) continue;
    const folders = foldersOf(glob, files, evidence.tracked ?? [], config.coverage);
    if (folders.length === 0) reasons.set(kpi, `no source file in the coverage reports lies below ${glob}`);
    if (folders.length > maxFolders) {
      reasons.set(kpi, `${glob} matches ${folders.length} folders, more than the limit of ${maxFolders}`);
      continue;
    }
    for (const { path, files } of folders) {
      const scoped = `${unscoped(kpi)}@${path}`;
      const { diff, reason } = measureDiff(below(path, changes), files, config.coverage);
      if (!add(scoped, { ...noFacts, coverage: sumCoverage(files), diff }))
        reasons.set(scoped, reason ?? emptyFolder(path));
    }
    scopes.set(
      kpi,
      folders.map(({ path }) => `${unscoped(kpi)}@${path}`),
    );
  }
  return { measurements, incomparable, scopes, reasons };
}

/** Changes of files below a folder. */
function below(folder: string, changes: Changes): Changes {
  if (changes.kind !== "known") return changes;
  return { ...changes, files: changes.files.filter(({ path }) => path.startsWith(`${folder}/`)) };
}

/** Sources that may hold tests of a group: with globs all of them, else those that name it. */
function sourcesOf(
  sources: readonly SourceEvidence[],
  name: string,
  group: Group,
): readonly SourceEvidence[] {
  return group.tests.length > 0 ? sources : sources.filter((source) => source.group === name);
}

function emptyGroup(name: string, { tests }: Group): string {
  return tests.length > 0
    ? `no test belongs to the group ${name} (${tests.join(", ")})`
    : `the files of the group ${name} hold no test`;
}

function idleGroup(name: string, { counts }: TestFacts): string {
  return counts.total === counts.skipped
    ? `every test of the group ${name} was skipped`
    : `the tests of the group ${name} do not hold it`;
}

function emptyFolder(path: string): string {
  return `the coverage reports hold nothing of it for ${path}; if that is right, list it under coverage: exclude`;
}

function undefinedGroup(name: string): string {
  return `no group is called ${name}; define it: groups: { ${name}: { tests: ["checkout.*"] } }`;
}
