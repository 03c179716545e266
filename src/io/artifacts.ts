import { createHash, type Hash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import { type Clock, systemClock } from "./clock.ts";
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

/** The calls that reading artifacts needs. Both throw an ApiFailure. */
export interface ArtifactClient {
  /** All artifacts of a workflow run, of all its attempts. */
  list(run: number): Promise<readonly Artifact[]>;
  /** Writes the content of an artifact, as it is stored, to a path. */
  download(artifact: Artifact, target: string): Promise<void>;
}

/** Largest artifact that is downloaded. 2 GiB. */
export const maxArtifactBytes = 2 ** 31;

/** Milliseconds in which an answer must begin, and in which the next piece of it must come. */
const patience = 30_000;
const attempts = 3;

const page = z.object({
  total_count: z.number().int().min(0),
  artifacts: z.array(
    z.object({
      id: z.number().int().min(1),
      name: z.string().min(1),
      size_in_bytes: z.number().min(0),
      expired: z.boolean(),
      digest: z.string().nullish(),
    }),
  ),
});

/** https://docs.github.com/rest/actions/artifacts */
export function artifactClient(
  { pages }: Transport,
  access: GitHubAccess,
  world: World = {},
): ArtifactClient {
  const { clock = systemClock } = world;
  const download = downloader(access, world.fetch ?? fetch, world.stop);
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
      return found.map(({ id, name, size_in_bytes: size, expired, digest }) => {
        const sha256 = /^sha256:([0-9a-f]{64})$/.exec(digest ?? "")?.[1];
        return { id, name, size, expired, ...(sha256 === undefined ? {} : { sha256 }) };
      });
    },
    async download(artifact, target) {
      await patiently(clock, () => download(artifact, target));
    },
  };
}

/** Reading may be repeated: the address of an artifact holds for a minute only, so each try begins anew. */
async function patiently(clock: Clock, work: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      const refused = error instanceof Error && "kind" in error && error.kind === "refused";
      if (refused || tries === attempts) throw error;
      await clock.sleep(1_000 * tries ** 2);
    }
  }
}

function downloader(
  { apiUrl, token, repository }: GitHubAccess,
  fetchFrom: typeof fetch,
  stop?: AbortSignal,
) {
  return async ({ id, sha256 }: Artifact, target: string): Promise<void> => {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), patience);
    const signal = stop === undefined ? late.signal : AbortSignal.any([late.signal, stop]);
    try {
      const headers = { authorization: `token ${token}`, "user-agent": "phase-gate" };
      const address = `${apiUrl}/repos/${repository}/actions/artifacts/${id}/zip`;
      const told = await fetchFrom(address, { headers, redirect: "manual", signal });
      const location = placeOf(told, apiUrl);
      timer.refresh();
      // The store is another host: it must not see the token, and its address is signed instead.
      const stored = await fetchFrom(location, {
        headers: { "user-agent": "phase-gate" },
        redirect: "error",
        signal,
      });
      if (stored.status !== 200 || stored.body === null)
        throw failure(stored.status, "the store did not give it");
      const hash = createHash("sha256");
      await pipeline(counted(stored.body, hash, timer), createWriteStream(target, { mode: 0o600 }));
      if (sha256 !== undefined && hash.digest("hex") !== sha256)
        throw failure(0, "it is not what the API announced");
    } catch (error) {
      if (error instanceof Error && "kind" in error) throw error;
      throw failure(0, late.signal.aborted ? "no answer in time" : "the connection broke");
    } finally {
      clearTimeout(timer);
    }
  };
}

/** Where the content lies; only a secure address, unless the API itself is none. */
function placeOf(answer: Response, apiUrl: string): URL {
  const location = answer.headers.get("location");
  if (answer.status !== 302 || location === null || !URL.canParse(location))
    throw failure(answer.status, answer.status === 410 ? "it has expired" : "its place was not told");
  const place = new URL(location);
  if (place.protocol !== "https:" && place.protocol !== new URL(apiUrl).protocol)
    throw failure(answer.status, "its place is not secure");
  return place;
}

async function* counted(
  body: AsyncIterable<Uint8Array>,
  hash: Hash,
  timer: NodeJS.Timeout,
): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const piece of body) {
    timer.refresh();
    size += piece.length;
    if (size > maxArtifactBytes)
      throw apiError({ kind: "refused", status: 0, message: "it is larger than 2 GiB" });
    hash.update(piece);
    yield piece;
  }
}

function failure(status: number, message: string) {
  const refused = status > 0 && status < 500 && status !== 429;
  return apiError({ kind: refused ? "refused" : "unclear", status, message });
}
