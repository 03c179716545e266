import { endpoint } from "@octokit/endpoint";
import type { Endpoints } from "@octokit/types";
import * as z from "zod/mini";
import { type Clock, systemClock } from "./clock.ts";
import { apiError, limitedUntil, type RawAnswer, refusal, retryAfter } from "./github-answer.ts";
import { createPace } from "./github-pace.ts";
import { type GitHubRequest, send, stopped, unexpected } from "./github-request.ts";

/** Where the API is and for whom. */
export interface GitHubAccess {
  readonly apiUrl: string;
  readonly token: string;
  /** `owner/name`. */
  readonly repository: string;
}

/** What a transport needs of the world. Left out: the real one. */
export interface World {
  readonly fetch?: typeof fetch;
  readonly clock?: Clock;
  /** How long all calls together may take, pauses included, in milliseconds. */
  readonly patience?: number;
  /** Ends every call at once. */
  readonly stop?: AbortSignal;
}

type Route = keyof Endpoints;

/** Parameters of a published route; owner and name of the repository are filled in. */
type Parameters<R extends Route> = Omit<Endpoints[R]["parameters"], "owner" | "repo" | "baseUrl">;

export interface CallOptions {
  /**
   * Whether it may be sent again after a failure that does not say whether it took effect. Left out: reading may.
   * Whoever writes looks first what became of it.
   */
  readonly again?: boolean;
  /** A status that is believed at once. Any other refusal is asked about once more: GitHub takes it at times a second later. */
  readonly believed?: number;
  /** Is sent once even where nothing else is any more: it closes what would stay open on GitHub. */
  readonly vital?: boolean;
}

/**
 * The one way to the API. Every call throws an ApiFailure when it fails: after retries, limits and pauses, all within
 * one patience. An answer that is not what its schema says is a failure like one that never came.
 */
export interface Transport {
  readonly call: <R extends Route, T>(
    route: R,
    parameters: Parameters<R>,
    schema: z.ZodMiniType<T>,
    options?: CallOptions,
  ) => Promise<T>;
  /** The entries of all pages; `entries` takes them out of the answer of one. */
  readonly pages: <R extends Route, T, Entry>(
    route: R,
    parameters: Parameters<R>,
    schema: z.ZodMiniType<T>,
    entries: (page: T) => readonly Entry[],
  ) => Promise<readonly Entry[]>;
  /** Address of what GitHub keeps elsewhere; it answers with it instead of the content. */
  readonly locate: <R extends Route>(route: R, parameters: Parameters<R>) => Promise<string>;
  /** A query of GraphQL, which only reads. */
  readonly graphql: <T>(query: string, schema: z.ZodMiniType<T>) => Promise<T>;
  readonly wait: (milliseconds: number) => Promise<void>;
}

const usualPatience = 120_000;
const requestTimeout = 10_000;
const lastTimeout = 5_000;

/** Requests for one call, at the most. */
const attempts = 4;

/** Milliseconds before a refusal is asked about once more. */
const insistAfter = 1_000;

/** Pages of 100 entries that a list may have. */
const mostPages = 200;

export function openTransport({ apiUrl, token, repository }: GitHubAccess, world: World = {}): Transport {
  const { clock = systemClock, patience = usualPatience, stop } = world;
  const sender = { fetch: world.fetch ?? fetch, clock, stop };
  const [owner = "", repo = ""] = repository.split("/");
  const pace = createPace(clock);
  const build = endpoint.defaults({
    baseUrl: apiUrl,
    headers: { authorization: `token ${token}`, "user-agent": "phase-gate" },
    owner,
    repo,
  }) as (route: string, parameters: object) => Omit<GitHubRequest, "elsewhere">;
  let spent = 0;

  async function ask<T>(
    route: string,
    parameters: object,
    schema: z.ZodMiniType<T>,
    options: CallOptions & { readonly write: boolean; readonly elsewhere?: boolean },
  ): Promise<{ readonly data: T; readonly headers: Headers }> {
    const request = { ...build(route, parameters), elsewhere: options.elsewhere ?? false };
    const { write, again = !write, believed, vital = false } = options;
    const begin = clock.now();
    const deadline = begin + patience - spent;
    let insisted = false;
    try {
      for (let tries = 1; ; tries++) {
        if (stop?.aborted) throw apiError(stopped);
        const last = vital && tries === 1 && !pace.open(deadline);
        if (!last) await pace.turn(write, deadline, stop);
        const startedAt = clock.now();
        const time = last ? lastTimeout : Math.min(requestTimeout, deadline - startedAt);
        const answer = await send(request, time, sender);
        if (isAnswer(answer)) {
          const result = answer.status < 300 ? schema.safeParse(answer.data) : undefined;
          if (result?.success) {
            pace.answered();
            return { data: result.data, headers: answer.headers };
          }
          const until = limitedUntil(answer, clock.now());
          if (until !== undefined) {
            pace.limited(until);
            if (tries < attempts && !last) continue;
            throw apiError({ ...refusal(answer), kind: "limited" });
          }
        }
        const failure = isAnswer(answer) ? (answer.status < 300 ? unexpected : refusal(answer)) : answer;
        if (failure.kind === "refused") {
          pace.answered();
          if (last || insisted || failure.status === believed) throw apiError(failure);
          insisted = true;
          pace.pause(insistAfter);
        } else {
          pace.failed(startedAt, isAnswer(answer) ? (retryAfter(answer.headers) ?? 0) : 0);
          if (last || tries === attempts || (failure.kind === "unclear" && !again)) throw apiError(failure);
        }
      }
    } finally {
      spent += clock.now() - begin;
    }
  }

  return {
    wait: async (milliseconds) => {
      await clock.sleep(milliseconds, stop);
    },
    async call(route, parameters, schema, options = {}) {
      const write = !route.startsWith("GET ");
      return (await ask(route, parameters, schema, { ...options, write })).data;
    },
    async pages(route, parameters, schema, entries) {
      const found = [];
      for (let page = 1; page <= mostPages; page++) {
        const paged = { ...parameters, per_page: 100, page };
        const { data, headers } = await ask(route, paged, schema, { write: false });
        found.push(...entries(data));
        if (!/\brel="next"/.test(headers.get("link") ?? "")) return found;
      }
      throw apiError({ kind: "refused", status: 0, message: `a list has more than ${mostPages} pages` });
    },
    async locate(route, parameters) {
      return (await ask(route, parameters, z.url(), { write: false, elsewhere: true })).data;
    },
    async graphql(query, schema) {
      // Enterprise servers have REST below /api/v3 and GraphQL beside it.
      const baseUrl = apiUrl.replace(/\/api\/v3\/?$/, "/api");
      return (await ask("POST /graphql", { baseUrl, query }, schema, { write: false })).data;
    },
  };
}

function isAnswer(answer: Awaited<ReturnType<typeof send>>): answer is RawAnswer {
  return "headers" in answer;
}
