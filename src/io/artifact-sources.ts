import { closeSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import picomatch from "picomatch";
import { artifactPrefix, isArtifactSource, type Source } from "../core/model/config.ts";
import { InputError, type Problem } from "../core/model/problem.ts";
import { textOrder } from "../core/model/text-order.ts";
import { type Artifact, type ArtifactClient, maxArtifactBytes } from "./artifacts.ts";
import type { Found } from "./find-files.ts";
import { listArchive, unpackEntry } from "./zip/unpack.ts";

/** What one source that names artifacts led to. */
export interface FetchedSource {
  readonly files: readonly Found[];
  readonly problems: readonly Problem[];
}

/** By source. */
export type FetchedSources = ReadonlyMap<Source, FetchedSource>;

/** Most artifacts that one source takes. */
const maxArtifacts = 1_000;

const matching = { dot: true, noextglob: true, nonegate: true };

/**
 * Brings the files of all sources that name artifacts of a run to a folder of their own, where they are called by number: no
 * name in an archive becomes a path here. By source.
 */
export async function fetchSources(
  sources: readonly Source[],
  client: ArtifactClient,
  run: number,
  folder: string,
): Promise<FetchedSources> {
  const wanted = sources.filter(isArtifactSource);
  if (wanted.length === 0) return new Map();
  let all: readonly Artifact[];
  try {
    all = newest(await client.list(run));
  } catch (error) {
    return new Map(
      wanted.map((source) => [
        source,
        {
          files: [],
          problems: [unavailable(source.glob, "the artifacts of the run could not be listed", error)],
        },
      ]),
    );
  }
  const store = openStore(client, folder);
  const fetched = new Map<Source, FetchedSource>();
  for (const source of wanted) fetched.set(source, await fetchSource(source, all, store));
  return fetched;
}

/** A job that runs again uploads under the same name; the later one has the higher number. */
function newest(artifacts: readonly Artifact[]): readonly Artifact[] {
  const byName = new Map<string, Artifact>();
  for (const artifact of artifacts) {
    const known = byName.get(artifact.name);
    if (known === undefined || known.id < artifact.id) byName.set(artifact.name, artifact);
  }
  return [...byName.values()].sort((a, b) => textOrder(a.name, b.name));
}

async function fetchSource(
  { glob, expect }: Source,
  all: readonly Artifact[],
  store: Store,
): Promise<FetchedSource> {
  const [names = "", ...rest] = glob.slice(artifactPrefix.length).split("/");
  const isNamed = picomatch(names, matching);
  const isWanted = picomatch(rest.length === 0 ? "**" : rest.join("/"), matching);
  const artifacts = all.filter(({ name }) => isNamed(name));
  if (artifacts.length > maxArtifacts)
    return {
      files: [],
      problems: [
        problem(
          "limit-files",
          glob,
          `matches more than ${maxArtifacts} artifacts`,
          "Name them more narrowly.",
        ),
      ],
    };
  const problems: Problem[] = [];
  const several = picomatch.scan(names).isGlob;
  if (expect !== undefined && several && artifacts.length !== expect)
    problems.push(shardsMissing(glob, expect, artifacts));
  const files: Found[] = [];
  for (const artifact of artifacts) {
    const shown = `${artifactPrefix}${artifact.name}`;
    try {
      const found = await store(artifact, shown, isWanted);
      if (found.length === 0)
        problems.push(
          problem(
            "no-files",
            shown,
            "the artifact holds no file that matches",
            `Look at what the job uploads; the source is ${glob}.`,
          ),
        );
      files.push(...found);
    } catch (error) {
      problems.push(
        error instanceof InputError
          ? error.problem
          : unavailable(shown, "the artifact could not be downloaded", error),
      );
    }
  }
  if (expect !== undefined && !several && problems.length === 0 && files.length !== expect)
    problems.push(
      problem(
        "shards-missing",
        glob,
        `${files.length} of ${expect} expected files found`,
        "Did every shard write its file?",
      ),
    );
  return { files, problems };
}

/** Gives the files of an artifact that are wanted, downloading each artifact and unpacking each file once. */
type Store = (
  artifact: Artifact,
  shown: string,
  isWanted: (path: string) => boolean,
) => Promise<readonly Found[]>;

function openStore(client: ArtifactClient, folder: string): Store {
  const archives = new Map<number, Promise<string>>();
  const unpacked = new Map<string, Promise<string>>();
  const next = () => join(folder, `${archives.size + unpacked.size}`);
  const once = <Key>(known: Map<Key, Promise<string>>, key: Key, make: (target: string) => Promise<void>) => {
    const made = known.get(key) ?? ((target: string) => make(target).then(() => target))(next());
    known.set(key, made);
    return made;
  };
  return async (artifact, shown, isWanted) => {
    if (artifact.expired)
      throw new InputError(
        problem("artifact-unavailable", shown, "the artifact has expired", "Run the workflow again."),
      );
    if (artifact.size > maxArtifactBytes)
      throw new InputError(
        problem(
          "limit-archive",
          shown,
          `the artifact is larger than the limit (${maxArtifactBytes / 2 ** 30} GiB)`,
          "Upload the report files alone.",
        ),
      );
    const archive = await once(archives, artifact.id, (target) => client.download(artifact, target));
    // Since 2026 a single file can be uploaded as it is, under its own name.
    if (!isArchive(archive)) return isWanted(artifact.name) ? [found(archive, shown)] : [];
    const files: Found[] = [];
    for (const entry of listArchive(archive, shown).filter(({ name }) => isWanted(name))) {
      const path = await once(unpacked, `${artifact.id}/${entry.name}`, (target) =>
        unpackEntry(archive, entry, target, shown),
      );
      files.push(found(path, `${shown}/${entry.name}`));
    }
    return files;
  };
}

/** Files of a run are never stale: they were made by it. */
function found(path: string, shown: string): Found {
  return { path, shown, writtenAt: Number.POSITIVE_INFINITY };
}

/** Whether a file begins as a ZIP archive does, or is an empty one. */
function isArchive(path: string): boolean {
  const file = openSync(path, "r");
  try {
    const head = Buffer.alloc(4);
    readSync(file, head, 0, 4, 0);
    return [0x04034b50, 0x06054b50].includes(head.readUInt32LE(0));
  } finally {
    closeSync(file);
  }
}

function shardsMissing(glob: string, expect: number, artifacts: readonly Artifact[]): Problem {
  const names = artifacts.slice(0, 20).map(({ name }) => name);
  const there =
    artifacts.length === 0
      ? "none is there"
      : `there are ${names.join(", ")}${artifacts.length > 20 ? ", ..." : ""}`;
  const message = `${artifacts.length} of ${expect} expected artifacts found: ${there}`;
  return problem(
    "shards-missing",
    glob,
    message,
    "Did every shard run, and did it upload its report files also when tests failed?",
  );
}

function unavailable(file: string, what: string, error: unknown): Problem {
  const status =
    error instanceof Error && "status" in error && typeof error.status === "number" ? error.status : 0;
  const said = error instanceof Error ? error.message : "no answer";
  const denied = status === 401 || status === 403 || status === 404;
  const hint = denied ? "Add `actions: read` to the permissions of the job." : "Run the job again.";
  return problem(
    "artifact-unavailable",
    file,
    `${what}: ${status > 0 ? `${status} ` : ""}${said.slice(0, 200)}`,
    hint,
  );
}

function problem(code: Problem["code"], file: string, message: string, hint: string): Problem {
  return { code, severity: "error", message, at: { file }, hint };
}
