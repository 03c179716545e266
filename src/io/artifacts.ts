import * as z from "zod/mini";
import { openDownloads } from "./download.ts";
import { apiError } from "./github-answer.ts";
import type { GitHubAccess, Transport, World } from "./github-transport.ts";

/** Files that a job uploaded under one name. */
export interface Artifact {
  readonly id: number;
  readonly name: string;
  /** Bytes as it is stored, usually packed. */
  readonly size: number;
  /** Its time is over: it is listed, and its content is gone. */
  readonly expired: boolean;
  /** SHA-256 of what is stored, in hex; older servers do not tell it. */
  readonly sha256?: string;
}

/** An artifact and the run that made it. */
export interface BranchArtifact extends Artifact {
  /** Undefined where the run was one of a fork, or is not told. */
  readonly branch: string | undefined;
  /** Id of the run; 0 where it is not told. */
  readonly run: number;
}

/** The calls that reading artifacts needs. All throw an ApiFailure. */
export interface ArtifactClient {
  /** All artifacts of a workflow run, of all its attempts. */
  list(run: number): Promise<readonly Artifact[]>;
  /** The newest artifacts of a name, of all runs of the repository: up to 100. */
  listNamed(name: string): Promise<readonly BranchArtifact[]>;
  /** Writes the content of an artifact, as it is stored, to a path. */
  download(artifact: Artifact, target: string): Promise<void>;
}

/** Largest artifact that is downloaded. 2 GiB. */
export const maxArtifactBytes = 2 ** 31;

const artifact = z.object({
  id: z.int().check(z.minimum(1)),
  name: z.string().check(z.minLength(1)),
  size_in_bytes: z.number().check(z.minimum(0)),
  expired: z.boolean(),
  digest: z.nullish(z.string()),
  workflow_run: z.nullish(
    z.partial(
      z.object({
        id: z.number(),
        repository_id: z.number(),
        head_repository_id: z.number(),
        head_branch: z.string(),
      }),
    ),
  ),
});
const page = z.object({ total_count: z.int().check(z.minimum(0)), artifacts: z.array(artifact) });

/** https://docs.github.com/rest/actions/artifacts */
export function artifactClient(
  { call, pages, locate }: Transport,
  access: GitHubAccess,
  world: World = {},
): ArtifactClient {
  const download = openDownloads(access, world);
  return {
    async list(run) {
      const route = "GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts";
      let total = 0;
      const found = await pages(route, { run_id: run }, page, ({ total_count, artifacts }) => {
        total = Math.max(total, total_count);
        return artifacts;
      });
      if (found.length < total)
        throw apiError({
          kind: "unclear",
          status: 0,
          message: `only ${found.length} of ${total} artifacts were listed`,
        });
      return found.map(read);
    },
    async listNamed(name) {
      const route = "GET /repos/{owner}/{repo}/actions/artifacts";
      const { artifacts } = await call(route, { name, per_page: 100 }, page);
      return artifacts.map((one) => {
        const {
          id: run = 0,
          repository_id: own,
          head_repository_id: head,
          head_branch,
        } = one.workflow_run ?? {};
        return { ...read(one), run, branch: own !== undefined && own === head ? head_branch : undefined };
      });
    },
    async download({ id, sha256 }, target) {
      const route = "GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}";
      const place = () => locate(route, { artifact_id: id, archive_format: "zip" });
      await download(place, target, {
        most: maxArtifactBytes,
        ...(sha256 === undefined ? {} : { sha256 }),
      });
    },
  };
}

function read({ id, name, size_in_bytes: size, expired, digest }: z.infer<typeof artifact>): Artifact {
  const sha256 = /^sha256:([0-9a-f]{64})$/.exec(digest ?? "")?.[1];
  return { id, name, size, expired, ...(sha256 === undefined ? {} : { sha256 }) };
}
