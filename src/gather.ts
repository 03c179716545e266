import {
  countedAlike,
  joinCollected,
  joinSources,
  matched,
  sourceKey,
  withoutCopies,
} from "./core/facts-file/join.ts";
import { createFold } from "./core/fold-collected.ts";
import { groupsByGlob } from "./core/measure/groups.ts";
import { slowestSoFar } from "./core/measure/slowest.ts";
import { type Config, isArtifactSource, type Source } from "./core/model/config.ts";
import type { Evidence, ReadFile, SourceEvidence } from "./core/model/evidence.ts";
import { type Counting, type Family, families } from "./core/model/facts.ts";
import type { Problem } from "./core/model/problem.ts";
import { readers, readReportFile } from "./core/read/index.ts";
import { readPointed } from "./core/read/pointed.ts";
import { wellKnown } from "./core/read/well-known.ts";
import type { FetchedSource, FetchedSources } from "./io/artifact-sources.ts";
import { expectFiles } from "./io/engine.ts";
import { type Found, findFiles } from "./io/find-files.ts";
import { readPieces } from "./io/report-files.ts";
import { type Now, stale } from "./io/stale.ts";
import { trackedFiles } from "./io/tracked-files.ts";
import { shownPath, type Workspace } from "./io/workspace.ts";
import { atOnce, type Steps } from "./steps.ts";

/** Where and when report files are gathered. */
export interface Here extends Now {
  readonly workspace: Workspace;
  /** What was fetched for sources that name artifacts; undefined outside of a workflow. */
  readonly fetched?: FetchedSources | undefined;
  /** What a Prometheus server answered. */
  readonly answered?: readonly SourceEvidence[] | undefined;
}

const reported = families.filter((family) => family !== "facts");

/** The evidence of all runners: the report files that lie here, and what facts files tell of others. A step for each file. */
export function* gather(config: Config, here: Here): Steps<Evidence> {
  const facts: SourceEvidence[] = [];
  for (const source of config.sources?.facts ?? []) facts.push(yield* gatherFacts(source, config, here));
  const collected = joinCollected(facts.flatMap(({ files }) => files));
  const given = config.sources;
  const { sources, ...evidence } = yield* find(config, given && ((family) => given[family]), here);
  const everywhere = sources.map(({ source, evidence: own }) => {
    const other = collected.get(sourceKey(own));
    return { source, evidence: other ? joinSources(own, other) : own };
  });
  const named = everywhere.map(({ source, evidence: whole }) => {
    const others = everywhere.some(
      (other) =>
        other.source !== source &&
        other.evidence.family === whole.family &&
        other.evidence.kpi === undefined &&
        matched(other.evidence) > 0,
    );
    if (whole.problems.length > 0 || whole.kpi !== undefined) return whole;
    return { ...whole, problems: numberOf(source, whole.family, matched(whole), others) };
  });
  const keys = new Set(sources.map(({ evidence: own }) => sourceKey(own)));
  const foreign = [...collected].filter(([key]) => !keys.has(key)).map(([, source]) => source);
  const all = [...facts, ...named, ...foreign, ...(here.answered ?? [])];
  return withTracked({ ...evidence, sources: all }, here);
}

/** The evidence of this runner alone. Whether it is the whole of a source only the gate can say, which also fetches artifacts. */
export function gatherHere(config: Config, here: Here): Evidence {
  const files = (family: Family) =>
    (config.sources?.[family] ?? []).filter((source) => !isArtifactSource(source));
  const named = reported.some((family) => files(family).length > 0);
  const { sources, ...evidence } = atOnce(find(config, named ? files : undefined, here));
  return withTracked({ ...evidence, sources: sources.map(({ evidence: found }) => found) }, here);
}

/** Adds what paths of source files are looked up in; git is asked only where a report file has such paths. */
function withTracked(evidence: Evidence, { workspace }: Here): Evidence {
  const { sources, tracked } = evidence;
  const covered = sources.some(({ files }) => files.some(({ facts }) => facts?.kind === "coverage"));
  return tracked || !covered ? evidence : { ...evidence, tracked: trackedFiles(workspace).paths };
}

function* gatherFacts(source: Source, config: Config, here: Here): Steps<SourceEvidence> {
  const { files, problems } = filesOf(source, here);
  const fold = createFold();
  const own = yield* each(files, (file) => fold(countedAlike(read(file, "facts", source, here), config)));
  return {
    family: "facts",
    glob: source.glob,
    files: withoutCopies(own),
    problems: problems.length > 0 ? problems : numberOf(source, "facts", files.length, true),
  };
}

function* each<Result>(files: readonly Found[], work: (file: Found) => Result): Steps<readonly Result[]> {
  const results: Result[] = [];
  for (const file of files) {
    yield file.path;
    results.push(work(file));
  }
  return results;
}

/** Report files by source, read. */
function* find(config: Config, given: ((family: Family) => readonly Source[]) | undefined, here: Here) {
  const { workspace } = here;
  const root = slashed(workspace.root);
  const tracked = given ? undefined : trackedFiles(workspace);
  const committed = new Set(tracked?.paths);
  const counting = countingOf(config, root);
  const sources: { readonly source: Source; readonly evidence: SourceEvidence }[] = [];
  for (const family of reported) {
    const seen = new Set<string>();
    for (const source of given?.(family) ?? (wellKnown[family] ?? []).map(lookedFor)) {
      const { files, problems } = filesOf(source, here);
      // One file that several globs of a family match is one file.
      const own = given ? files : files.filter((file) => isReport(file, committed, workspace));
      const fresh = own.filter(({ path }) => !seen.has(path));
      for (const { path } of fresh) seen.add(path);
      expectFiles(fresh.length);
      const also = own.length - fresh.length;
      const slowest = slowestSoFar(counting);
      const there = { ...here, counting: slowest.counting };
      const evidence: SourceEvidence = {
        family,
        glob: source.glob,
        ...(source.group === undefined ? {} : { group: source.group }),
        files: yield* each(fresh, (file) => {
          const result = read(file, family, source, there);
          if (result.facts?.kind === "tests") slowest.add(result.facts.tests);
          return result;
        }),
        problems,
        ...(also > 0 ? { also } : {}),
      };
      sources.push({ source, evidence });
    }
  }
  for (const pointed of config.pointed) sources.push(yield* findPointed(pointed, here));
  return { sources, problems: tracked?.problems ?? [], root, ...(tracked ? { tracked: tracked.paths } : {}) };
}

/** The files of a source: those in the workspace, or what was fetched. */
function filesOf(source: Source, { workspace, fetched }: Here): FetchedSource {
  if (!isArtifactSource(source)) return findFiles(source.glob, workspace);
  const message = "artifacts can be read only in a run of a workflow";
  const hint = "Elsewhere, download them first and name their files.";
  const at = { file: source.glob };
  const absent: Problem = { code: "artifact-unavailable", severity: "error", message, at, hint };
  return fetched?.get(source) ?? { files: [], problems: [absent] };
}

/** Files that are read for one KPI alone, by a pointer into them. */
function* findPointed({ source, ...pointer }: Config["pointed"][number], here: Here) {
  const { files, problems } = findFiles(source.glob, here.workspace);
  const evidence: SourceEvidence = {
    family: "metrics",
    glob: source.glob,
    kpi: pointer.kpi,
    files: yield* each(files, (file) => {
      const result = readPointed(file.shown, readPieces(file.path, file.shown), pointer);
      const old = source.allowStale ? [] : stale(file, result, here);
      return { ...result, problems: [...result.problems, ...old] };
    }),
    problems,
  };
  return { source, evidence };
}

/** Among files with well-known names, those that the repository or its packages brought along are none of this run. */
function isReport({ path, shown }: Found, committed: ReadonlySet<string>, { root }: Workspace): boolean {
  return !committed.has(shownPath(path, root)) && !/(?:^|\/)vendor\//.test(shown);
}

function countingOf({ groups, retries }: Config, root: string): Counting {
  const groupsOf = groupsByGlob(groups, root);
  return { ...(groupsOf ? { groupsOf } : {}), retriesByName: retries === "same-name-in-suite" };
}

function lookedFor(glob: string): Source {
  return { glob, optional: true, allowStale: false };
}

function read(
  file: Found,
  family: Family,
  source: Source,
  { startedAt, run, counting }: Here & { readonly counting?: Counting },
): ReadFile {
  const result = readReportFile(file.shown, readPieces(file.path, file.shown), counting);
  const old = source.allowStale ? [] : stale(file, result, { startedAt, run });
  const format = result.format === null ? undefined : readers[result.format as keyof typeof readers];
  if (format === undefined || format.families.includes(family))
    return old.length === 0 ? result : { ...result, problems: [...result.problems, ...old] };
  const misplaced: Problem = {
    code: "wrong-family",
    severity: "error",
    message: `holds ${format.label}, but stands under sources: ${family}`,
    at: { file: file.shown },
    hint: `Move the glob to sources: ${format.families.join(" or ")}.`,
  };
  const { facts: _, ...rest } = result;
  return { ...rest, problems: [...result.problems, misplaced, ...old] };
}

/** Problems of the number of files that one glob matched. */
function numberOf(source: Source, family: Family, count: number, others: boolean): readonly Problem[] {
  const at = { file: source.glob };
  // Artifacts were counted as they were fetched.
  if (source.expect !== undefined && count !== source.expect && !isArtifactSource(source)) {
    const message = `${count} of ${source.expect} expected files found`;
    const hint = "Did every shard run, and was every report file brought to this job?";
    return [{ code: count === 0 ? "no-files" : "shards-missing", severity: "error", message, at, hint }];
  }
  if (count > 0 || source.optional || !others) return [];
  const message = `no file matched, although other ${family} files were found`;
  return [
    { code: "no-files", severity: "error", message, at, hint: "Set `optional: true` if it may be absent." },
  ];
}

function slashed(path: string): string {
  return path.replaceAll("\\", "/");
}
