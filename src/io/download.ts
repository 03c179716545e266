import { createHash } from "node:crypto";
import { closeSync, openSync, writeSync } from "node:fs";
import { systemClock } from "./clock.ts";
import { apiError } from "./github-answer.ts";
import { stopped } from "./github-request.ts";
import type { GitHubAccess, World } from "./github-transport.ts";

/** What is known of a file before it is there. */
export interface Expected {
  /** Bytes that it may have. */
  readonly most: number;
  /** In hex. */
  readonly sha256?: string;
}

/**
 * Brings a file that GitHub keeps elsewhere to a path. `locate` tells its address, which holds for minutes only, so each
 * try asks anew. Throws an ApiFailure.
 */
export type Download = (locate: () => Promise<string>, target: string, expected: Expected) => Promise<void>;

/** Milliseconds in which an answer must begin, and in which the next piece of it must come. */
const patience = 30_000;

/** Bytes per millisecond that must have come on average once that time is over: a store that trickles ends, too. */
const slowest = 50;

const attempts = 3;

export function openDownloads({ apiUrl }: Pick<GitHubAccess, "apiUrl">, world: World = {}): Download {
  const { clock = systemClock, stop } = world;
  const fetchFrom = world.fetch ?? fetch;

  async function bring(location: string, target: string, { most, sha256 }: Expected): Promise<void> {
    const [late, done] = [new AbortController(), new AbortController()];
    const begun = clock.now();
    let until = begun + patience;
    void (async () => {
      while (clock.now() < until) if (!(await clock.sleep(until - clock.now(), done.signal))) return;
      late.abort();
    })();
    const signal = stop === undefined ? late.signal : AbortSignal.any([late.signal, stop]);
    try {
      // Another host than the API: it must not see the token, and its address is signed instead.
      const headers = { "user-agent": "phase-gate" };
      const stored = await fetchFrom(placeOf(location, apiUrl), { headers, redirect: "error", signal });
      if (stored.status !== 200 || stored.body === null)
        throw failure(stored.status, "the store did not give it");
      const [file, hash] = [openSync(target, "w", 0o600), createHash("sha256")];
      try {
        let size = 0;
        for await (const piece of stored.body as AsyncIterable<Uint8Array>) {
          size += piece.length;
          until = Math.min(clock.now(), begun + size / slowest) + patience;
          if (size > most)
            throw apiError({ kind: "refused", status: 0, message: `it is larger than ${inUnits(most)}` });
          hash.update(piece);
          writeSync(file, piece);
        }
      } finally {
        closeSync(file);
      }
      if (sha256 !== undefined && hash.digest("hex") !== sha256)
        throw failure(0, "it is not what the API announced");
    } catch (error) {
      if (stop?.aborted) throw apiError(stopped);
      if (error instanceof Error && "kind" in error) throw error;
      throw failure(0, late.signal.aborted ? "no answer in time" : "the connection broke");
    } finally {
      done.abort();
    }
  }

  return async (locate, target, expected) => {
    for (let tries = 1; ; tries++) {
      const location = await locate();
      try {
        return await bring(location, target, expected);
      } catch (error) {
        const final = error instanceof Error && "kind" in error && error.kind !== "unclear";
        if (final || tries === attempts) throw error;
        await clock.sleep(1_000 * tries ** 2, stop);
      }
    }
  };
}

/** Only a secure address, unless the API itself has none. */
function placeOf(location: string, apiUrl: string): URL {
  const place = new URL(location);
  if (place.protocol !== "https:" && place.protocol !== new URL(apiUrl).protocol)
    throw apiError({ kind: "refused", status: 0, message: "its place is not secure" });
  return place;
}

function inUnits(bytes: number): string {
  return bytes >= 2 ** 30 ? `${bytes / 2 ** 30} GiB` : `${bytes / 2 ** 20} MiB`;
}

/** Whatever the store says, another address may do. */
function failure(status: number, message: string) {
  return apiError({ kind: "unclear", status, message });
}
