import { type Answer, failure, generalDocs } from "./answer.ts";
import type { FakeArtifact } from "./artifacts.ts";
import { addComment } from "./comments.ts";
import { type Fault, faulty, planned, type Wire, wired } from "./faults.ts";
import { addCode, createGitStore, type FakeCode, type GitStore } from "./git-store.ts";
import { answer } from "./router.ts";
import { createState, type FakeCheckRun, type FakeComment, type FakePull, type State } from "./state.ts";
import type { StoreFaults } from "./store-server.ts";
import { storedAt } from "./stored.ts";

export type { Fault };

export interface GitHubOptions {
  /** Login that the token acts as. Default "github-actions[bot]". */
  readonly login?: string;
  /** What the token may do; left out: write. "read" answers writes with 403. */
  readonly issues?: "write" | "read";
  readonly checks?: "write" | "read";
  readonly actions?: "read" | "none";
  readonly contents?: "write" | "read" | "none";
  /** "owner/name" of the only repository that exists; left out: every repository is this one. */
  readonly repository?: string;
  /** Comments that exist beforehand, on the first pull request unless `issue` names another. */
  readonly comments?: readonly { readonly login: string; readonly body: string; readonly issue?: number }[];
  /** Pull requests by number; read at every request, so a test may move a head. Default: number 7. */
  readonly pulls?: Readonly<Record<number, FakePull>>;
  /** Files of branches, by name and path. Default: no branch, though any commit of the code exists. */
  readonly branches?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Default: none is known by its parents. */
  readonly code?: FakeCode;
  /** Artifacts of all runs; their content lies in a store of its own. */
  readonly artifacts?: readonly FakeArtifact[];
  /** How that store misbehaves. */
  readonly storeFaults?: StoreFaults;
  /** Address of that store. */
  readonly store?: string;
  /** An Enterprise server of that version, which answers below /api/v3; left out: GitHub itself. */
  readonly server?: State["server"];
  /** Paths that the server does not have, as an older one. */
  readonly lacks?: RegExp;
  /** Texts of files at commits, by "commit:path". Default: none. */
  readonly files?: Readonly<Record<string, string>>;
  /** In order of matching. */
  readonly faults?: readonly Fault[];
  /** Milliseconds that a request takes on its way, and an answer on its way back. Default: none. */
  readonly latency?: () => number;
  /** Told of every request as it arrives. */
  readonly onRequest?: (request: Omit<GitHubRequest, "status">) => void;
  /** Milliseconds since 1970, for the headers that tell when a limit ends. Default: the real time. */
  readonly now?: () => number;
}

export interface GitHubRequest {
  readonly method: string;
  /** As it was sent, with its query. */
  readonly path: string;
  /** 0: the connection was dropped, or no answer came. */
  readonly status: number;
}

/** The state as it is now: the lists change, their entries are replaced. */
export interface GitHubState {
  readonly comments: readonly FakeComment[];
  readonly checkRuns: readonly FakeCheckRun[];
  readonly git: GitStore;
  readonly requests: readonly GitHubRequest[];
}

/** One request and what goes back for it. */
export interface Exchange extends GitHubState {
  readonly failures: unknown[];
  /** What lies in the store beside the API at a path. */
  readonly stored: (path: string) => Uint8Array | undefined;
  /** The next fault that matches a request for it. */
  readonly storedFault: (path: string) => Fault | undefined;
  /** From now on nothing goes wrong. */
  readonly heal: () => void;
  /** How many requests went wrong so far. */
  readonly struck: () => number;
  /** A body of undefined was too large to be kept. */
  readonly handle: (
    method: string,
    path: string,
    authorization: string | undefined,
    body: string | undefined,
  ) => Wire;
}

const requestsPerHour = 1000;

/** The fake without a wire. `origin` is where it is reached. */
export function createExchange(options: GitHubOptions, origin: string): Exchange {
  const faults = planned(options.faults ?? []);
  const requests: GitHubRequest[] = [];
  const failures: unknown[] = [];
  const state = begin(options, apiAt(origin, options));
  const now = options.now ?? Date.now;

  function respond(
    method: string,
    path: string,
    authorization: string | undefined,
    body: string | undefined,
  ): Wire {
    const target = new URL(origin + path);
    const normal = (): Answer =>
      body === undefined
        ? failure(413, "Request body is too large", generalDocs)
        : answer(state, { method, url: target, authorization, body });
    const fault = faults.next(method, target, body ?? "");
    return fault === undefined ? wired(normal()) : faulty(fault, normal);
  }

  return {
    comments: state.comments,
    checkRuns: state.checkRuns,
    git: state.git,
    requests,
    failures,
    stored: (path) => storedAt(state, path),
    storedFault: (path) => faults.next("GET", new URL(path, "http://store.test"), ""),
    heal: faults.heal,
    struck: faults.struck,
    handle(method, path, authorization, body) {
      let wire: Wire;
      options.onRequest?.({ method, path });
      try {
        wire = respond(method, path, authorization, body);
      } catch (error) {
        failures.push(error);
        wire = wired(failure(500, String(error), generalDocs));
      }
      if (typeof wire === "string") {
        requests.push({ method, path, status: 0 });
        return wire;
      }
      requests.push({ method, path, status: wire.status });
      return { ...wire, headers: { ...rateHeaders(requests.length, now()), ...wire.headers } };
    },
  };
}

/** What GITHUB_API_URL is. */
export function apiAt(origin: string, { server }: Pick<GitHubOptions, "server">): string {
  return server === undefined ? origin : `${origin}/api/v3`;
}

function rateHeaders(used: number, now: number): Readonly<Record<string, string>> {
  return {
    "x-ratelimit-limit": `${requestsPerHour}`,
    "x-ratelimit-remaining": `${Math.max(1, requestsPerHour - used)}`,
    "x-ratelimit-used": `${used}`,
    "x-ratelimit-reset": `${Math.ceil(now / 1000) + 3600}`,
    "x-ratelimit-resource": "core",
    "x-github-media-type": "github.v3; format=json",
  };
}

function begin(options: GitHubOptions, url: string): State {
  const { login = "github-actions[bot]", issues = "write", checks = "write", repository } = options;
  const pulls = options.pulls ?? { 7: { headSha: "a".repeat(40), baseSha: "b".repeat(40) } };
  const { actions = "read", artifacts = [], store = "", files = {}, server, lacks } = options;
  const { contents = "write", branches = {} } = options;
  const enterprise = { ...(server ? { server } : {}), ...(lacks ? { lacks } : {}) };
  const beginning = {
    login,
    issues,
    checks,
    contents,
    git: createGitStore(branches),
    repository,
    pulls,
    actions,
    artifacts,
    store,
    files,
    ...enterprise,
  };
  const state = createState(beginning, url);
  if (options.code) addCode(state.git, options.code);
  const first = Number(Object.keys(pulls)[0]);
  for (const { issue = first, ...comment } of options.comments ?? []) {
    addComment(state, issue, comment.login, comment.body);
  }
  return state;
}
