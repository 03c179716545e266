import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { FakeArtifact } from "./artifacts.ts";

/** Where the content of artifacts lies: another host than the API, with signed addresses. */
export interface ArtifactStore {
  readonly url: string;
  /** Ids of artifacts in the order in which they were asked for. */
  readonly asked: readonly number[];
  close(): Promise<void>;
}

/** Both count the first answers. */
export interface StoreFaults {
  /** Cut off in the middle. */
  readonly cut?: number;
  /** Another file. */
  readonly wrong?: number;
}

export async function startArtifactStore(
  artifacts: readonly FakeArtifact[],
  { cut = 0, wrong = 0 }: StoreFaults = {},
): Promise<ArtifactStore> {
  const asked: number[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://store.test");
    const id = Number(url.pathname.slice(1));
    const artifact = artifacts.find((one) => one.id === id);
    asked.push(id);
    // As the real one: a signed address and a token at once are refused.
    const allowed = request.headers.authorization === undefined && url.searchParams.get("sig") === "signed";
    if (artifact === undefined || !allowed) {
      response.writeHead(allowed ? 404 : 401).end();
      return;
    }
    const content = asked.length <= wrong ? Buffer.from("another file") : artifact.content;
    response.writeHead(200, { "content-type": "application/zip", "content-length": content.length });
    if (asked.length > cut) response.end(content);
    else response.write(content.subarray(0, content.length >> 1), () => request.socket.resetAndDestroy());
  });
  server.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url, asked, close };
}
