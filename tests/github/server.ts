import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Answer, failure, generalDocs } from "./answer.ts";
import { addComment } from "./comments.ts";
import { type Fault, faultyAnswer, planned } from "./faults.ts";
import { answer } from "./router.ts";
import { createState, type FakeCheckRun, type FakeComment, type FakePull, type State } from "./state.ts";

export type { FakeCheckRun, FakeComment, FakePull, Fault };

export interface GitHubOptions {
  /** Login that the token acts as. Default "github-actions[bot]". */
  readonly login?: string;
  /** What the token may do; left out: write. "read" answers writes with 403. */
  readonly issues?: "write" | "read";
  readonly checks?: "write" | "read";
  /** "owner/name" of the only repository that exists; left out: every repository is this one. */
  readonly repository?: string;
  /** Comments that exist beforehand, on the first pull request unless `issue` names another. */
  readonly comments?: readonly { readonly login: string; readonly body: string; readonly issue?: number }[];
  /** Pull requests by number; read at every request, so a test may move a head. Default: number 7. */
  readonly pulls?: Readonly<Record<number, FakePull>>;
  /** In order of matching. */
  readonly faults?: readonly Fault[];
}

export interface GitHubRequest {
  readonly method: string;
  /** As it was sent, with its query. */
  readonly path: string;
  /** 0: the connection was dropped. */
  readonly status: number;
}

export interface GitHub {
  /** To be used as GITHUB_API_URL. */
  readonly url: string;
  /** The state as it is now: the lists change, their entries are replaced. */
  readonly comments: readonly FakeComment[];
  readonly checkRuns: readonly FakeCheckRun[];
  readonly requests: readonly GitHubRequest[];
  /** Rejects if an answer of the fake departed from what GitHub publishes. */
  close(): Promise<void>;
}

const largestBody = 5_000_000;
const requestsPerHour = 1000;

export async function startGitHub(options: GitHubOptions = {}): Promise<GitHub> {
  const faults = planned(options.faults ?? []);
  const requests: GitHubRequest[] = [];
  const failures: unknown[] = [];
  const server = createServer((request, response) => {
    exchange(request, response).catch((error: unknown) => {
      // A client that went away while it sent is no failure of the fake.
      if (request.errored !== null) return;
      failures.push(error);
      requests.push({ method: request.method ?? "GET", path: request.url ?? "/", status: 500 });
      send(response, failure(500, String(error), generalDocs), requests.length);
    });
  });
  server.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const state = begin(options, url);

  async function exchange(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [method, path] = [request.method ?? "GET", request.url ?? "/"];
    const body = await bodyOf(request);
    const target = new URL(url + path);
    const fault = faults(method, target);
    const normal = (): Answer =>
      body === undefined
        ? failure(413, "Request body is too large", generalDocs)
        : answer(state, { method, url: target, authorization: request.headers.authorization, body });
    if (fault?.after === true) normal();
    if (fault?.status === "reset") {
      requests.push({ method, path, status: 0 });
      request.socket.resetAndDestroy();
      return;
    }
    const given = fault === undefined ? normal() : faultyAnswer(fault.status, fault.headers);
    requests.push({ method, path, status: given.status });
    send(response, given, requests.length);
  }

  const { comments, checkRuns } = state;
  return { url, comments, checkRuns, requests, close: () => close(server, failures) };
}

function begin(options: GitHubOptions, url: string): State {
  const { login = "github-actions[bot]", issues = "write", checks = "write", repository } = options;
  const pulls = options.pulls ?? { 7: { headSha: "a".repeat(40), baseSha: "b".repeat(40) } };
  const state = createState({ login, issues, checks, repository, pulls }, url);
  const first = Number(Object.keys(pulls)[0]);
  for (const { issue = first, ...comment } of options.comments ?? []) {
    addComment(state, issue, comment.login, comment.body);
  }
  return state;
}

/** The body as text; undefined where it is too large, after all of it has passed by. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Read on without keeping: a client that is cut off while it sends would not see the answer.
    if (size <= largestBody) chunks.push(chunk);
  }
  return size <= largestBody ? Buffer.concat(chunks).toString("utf8") : undefined;
}

function send(response: ServerResponse, { status, body, headers }: Answer, used: number): void {
  response.writeHead(status, {
    ...(body === undefined ? {} : { "content-type": "application/json; charset=utf-8" }),
    "x-ratelimit-limit": `${requestsPerHour}`,
    "x-ratelimit-remaining": `${Math.max(1, requestsPerHour - used)}`,
    "x-ratelimit-used": `${used}`,
    "x-ratelimit-reset": `${Math.ceil(Date.now() / 1000) + 3600}`,
    "x-ratelimit-resource": "core",
    "x-github-media-type": "github.v3; format=json",
    ...headers,
  });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

function close(server: Server, failures: readonly unknown[]): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close(() => {
      if (failures.length === 0) return resolve();
      const all = failures.map(String).join("; ");
      reject(new AggregateError(failures, `the fake of GitHub failed: ${all}`));
    });
    server.closeAllConnections();
  });
}
