import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { apiAt, createExchange, type GitHubOptions, type GitHubState } from "./exchange.ts";

import { startStore } from "./store-server.ts";

export type { GitHubOptions };

export interface GitHub extends GitHubState {
  /** To be used as GITHUB_API_URL. */
  readonly url: string;
  /** Paths of the contents that were asked for, in order. */
  readonly downloads: readonly string[];
  /** Rejects if an answer of the fake departed from what GitHub publishes. */
  close(): Promise<void>;
}

const largestBody = 5_000_000;

/** The fake on a port of this machine. */
export async function startGitHub(options: GitHubOptions = {}): Promise<GitHub> {
  const store = await startStore((path) => stored(path), options.storeFaults);
  const server = createServer((request, response) => {
    // A client that went away while it sent is no failure of the fake.
    exchanged(request, response).catch((error: unknown) => request.errored ?? failures.push(error));
  });
  server.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { comments, checkRuns, git, requests, failures, stored, handle } = createExchange(
    { ...options, store: store.url },
    origin,
  );

  const travel = async () => {
    if (options.latency) await sleep(options.latency());
  };

  async function exchanged(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [method, path] = [request.method ?? "GET", request.url ?? "/"];
    const body = await bodyOf(request);
    await travel();
    const wire = handle(method, path, request.headers.authorization, body);
    if (wire === "stuck") return;
    if (wire === "reset") {
      request.socket.resetAndDestroy();
      return;
    }
    await travel();
    response.writeHead(wire.status, wire.headers);
    response.end(wire.text);
  }

  return {
    url: apiAt(origin, options),
    comments,
    checkRuns,
    git,
    requests,
    downloads: store.asked,
    async close() {
      await store.close();
      await close(server, failures);
    },
  };
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
