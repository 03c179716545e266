import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What a server does with a request. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A server on loopback that answers as it is told, and what it was asked. */
export interface FakePrometheus {
  readonly url: string;
  readonly asked: readonly IncomingMessage[];
  close(): Promise<void>;
}

export async function startPrometheus(handler: Handler): Promise<FakePrometheus> {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    handler(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Answers with a document. */
export function says(document: unknown, status = 200): Handler {
  return (_, response) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(typeof document === "string" ? document : JSON.stringify(document));
  };
}

/** An answer of one moment, with a value for each series. */
export function vector(...values: readonly string[]): object {
  const now = Date.now() / 1_000;
  const result = values.map((value, i) => ({ metric: { instance: `i${i}` }, value: [now, value] }));
  return { status: "success", data: { resultType: "vector", result } };
}
