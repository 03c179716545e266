import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** Where contents lie: another host than the API, with signed addresses. */
export interface StoreServer {
  readonly url: string;
  /** Paths in the order in which they were asked for. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/** Both count the first answers. */
export interface StoreFaults {
  /** Cut off in the middle. */
  readonly cut?: number;
  /** Another file. */
  readonly wrong?: number;
}

/** A store that gives what `stored` knows at a path. */
export async function startStore(
  stored: (path: string) => Uint8Array | undefined,
  { cut = 0, wrong = 0 }: StoreFaults = {},
): Promise<StoreServer> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://store.test");
    asked.push(url.pathname);
    const found = stored(url.pathname);
    // As the real one: a signed address and a token at once are refused.
    const signature = url.searchParams.get("sig") ?? url.searchParams.get("token");
    const allowed = request.headers.authorization === undefined && signature === "signed";
    if (found === undefined || !allowed) {
      response.writeHead(allowed ? 404 : 401).end();
      return;
    }
    const content = Buffer.from(asked.length <= wrong ? "another file" : found);
    // Archives of commits are made as they are sent, so that nobody knows their length.
    const length = url.pathname.includes("/legacy.zip/") ? {} : { "content-length": content.length };
    response.writeHead(200, { "content-type": "application/zip", ...length });
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
