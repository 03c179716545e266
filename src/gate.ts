import { evaluate } from "./core/evaluate.ts";
import { groupsByGlob } from "./core/measure/groups.ts";
import { type Config, isArtifactSource, type Source } from "./core/model/config.ts";
import type { Evidence, ReadFile, SourceEvidence } from "./core/model/evidence.ts";
import { type Counting, type Family, families } from "./core/model/facts.ts";
import type { Problem } from "./core/model/problem.ts";
import type { Report } from "./core/model/report.ts";
import type { Run } from "./core/model/run.ts";
import type { UpstreamJob } from "./core/model/upstream.ts";
import { readers, readReportFile } from "./core/read/index.ts";
import { readPointed } from "./core/read/pointed.ts";
import { wellKnown } from "./core/read/well-known.ts";
import type { FetchedSource, FetchedSources } from "./io/artifact-sources.ts";
import { type Found, findFiles } from "./io/find-files.ts";
import { readPieces } from "./io/report-files.ts";
import { trackedFiles } from "./io/tracked-files.ts";
import { pathInRepository, type Workspace } from "./io/workspace.ts";

/** What both shells hand to the gate. */
export interface Settings {
  readonly name: string;
  readonly run: Run;
  readonly config: Config | null;
  readonly problems: readonly Problem[];
  readonly workspace: Workspace;
  /** Jobs that ended before this one, where the workflow says so. */
  readonly upstream?: readonly UpstreamJob[];
  /** What was fetched for sources that name artifacts; absent outside of a workflow. */
  readonly fetched?: FetchedSources;
  /** When the job began, in milliseconds since 1970; older report files are stale. Absent on a laptop. */
  readonly startedAt?: number;
}

/** Finds and reads the report files, and evaluates them. Everything between settings and report. */
export function runGate({ workspace, startedAt, fetched, ...given }: Settings): Report {
  const evidence = given.config
    ? collect(given.config, workspace, startedAt, fetched ?? new Map())
    : nothing(workspace);
  return evaluate({ ...given, evidence, locate: (file) => pathInRepository(file, workspace) });
}

function nothing(workspace: Workspace): Evidence {
  return { sources: [], problems: [], root: slashed(workspace.root) };
}

function collect(
  config: Config,
  workspace: Workspace,
  startedAt: number | undefined,
  fetched: FetchedSources,
): Evidence {
  const tracked = trackedFiles(workspace);
  const counting = countingOf(config, workspace);
  const sources = families.flatMap((family) => {
    const seen = new Set<string>();
    const named = config.sources?.[family] ?? (wellKnown[family] ?? []).map(lookedFor);
    const found = named.map((source) => ({ source, ...find(source, workspace, fetched) }));
    return found.map(({ source, files, problems: finding }): SourceEvidence => {
      // One file that several globs of a family match is one file.
      const own = config.sources ? files : files.filter((file) => isReport(file, tracked.absolute));
      const fresh = own.filter(({ path }) => !seen.has(path));
      for (const { path } of fresh) seen.add(path);
      const others = found.some((other) => other.source !== source && other.files.length > 0);
      const problems = finding.length > 0 ? finding : numberOf(source, family, own.length, others);
      return {
        family,
        glob: source.glob,
        ...(source.group === undefined ? {} : { group: source.group }),
        files: fresh.map((file) => read(file, family, { ...source, counting }, startedAt)),
        problems,
      };
    });
  });
  const problems = config.sources ? [] : tracked.problems;
  const pointed = collectPointed(config, workspace, startedAt);
  return {
    sources: [...sources, ...pointed],
    problems,
    root: slashed(workspace.root),
    tracked: tracked.paths,
  };
}

/** The files of a source: those in the workspace, or what was fetched. */
function find(source: Source, workspace: Workspace, fetched: FetchedSources): FetchedSource {
  if (!isArtifactSource(source)) return findFiles(source.glob, workspace);
  const message = "artifacts can be read only in a run of a workflow";
  const hint = "Elsewhere, download them first and name their files.";
  const at = { file: source.glob };
  const absent: Problem = { code: "artifact-unavailable", severity: "error", message, at, hint };
  return fetched.get(source) ?? { files: [], problems: [absent] };
}

/** Among files with well-known names, those that the repository or its packages brought along are none of this run. */
function isReport({ path, shown }: Found, tracked: ReadonlySet<string>): boolean {
  return !tracked.has(path) && !/(?:^|\/)vendor\//.test(shown);
}

function countingOf({ groups, retries }: Config, { root }: Workspace): Counting {
  const groupsOf = groupsByGlob(groups, slashed(root));
  return { ...(groupsOf ? { groupsOf } : {}), retriesByName: retries === "same-name-in-suite" };
}

function lookedFor(glob: string): Source {
  return { glob, optional: true, allowStale: false };
}

function read(
  file: Found,
  family: Family,
  source: Source & { readonly counting: Counting },
  startedAt: number | undefined,
): ReadFile {
  const result = readReportFile(file.shown, readPieces(file.path, file.shown), source.counting);
  const format = result.format === null ? undefined : readers[result.format as keyof typeof readers];
  const misplaced = format !== undefined && !format.families.includes(family);
  const problems: readonly Problem[] = misplaced
    ? [
        {
          code: "wrong-family",
          severity: "error",
          message: `holds ${format.label}, but stands under sources: ${family}`,
          at: { file: file.shown },
          hint: `Move the glob to sources: ${format.families.join(" or ")}.`,
        },
      ]
    : [];
  const { facts, ...rest } = result;
  return {
    ...rest,
    problems: [...result.problems, ...problems, ...staleness(file, source, startedAt)],
    ...(facts && !misplaced ? { facts } : {}),
  };
}

/** Files that are read for one KPI alone, by a pointer into them. */
function collectPointed(config: Config, workspace: Workspace, startedAt: number | undefined) {
  return config.pointed.map(({ source, ...pointer }): SourceEvidence => {
    const { files, problems } = findFiles(source.glob, workspace);
    return {
      family: "metrics",
      glob: source.glob,
      kpi: pointer.kpi,
      files: files.map((file) => {
        const result = readPointed(file.shown, readPieces(file.path, file.shown), pointer);
        return { ...result, problems: [...result.problems, ...staleness(file, source, startedAt)] };
      }),
      problems,
    };
  });
}

function staleness(file: Found, source: Source, startedAt: number | undefined): readonly Problem[] {
  // Systems keep times with different precision; two seconds is the coarsest (FAT).
  if (startedAt === undefined || source.allowStale || file.writtenAt + 2_000 >= startedAt) return [];
  return [
    {
      code: "stale-file",
      severity: "error",
      message: `was written ${new Date(file.writtenAt).toISOString()}, before this job began (${new Date(startedAt).toISOString()})`,
      at: { file: file.shown },
      hint: "Did the step that writes it run? Delete old report files first, or set `stale: allow` on the source.",
    },
  ];
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
