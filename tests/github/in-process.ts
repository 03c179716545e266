import type { Clock } from "../../src/io/clock.ts";
import { createExchange, type Exchange, type Fault, type GitHubOptions } from "./exchange.ts";

/** The fake without sockets, on a clock of the test's own. */
export interface InProcess extends Exchange {
  readonly url: string;
  readonly fetch: typeof fetch;
}

export function createInProcess(options: GitHubOptions, clock: Clock): InProcess {
  const latency = options.latency ?? (() => 0);
  const url = "http://api.test";
  const store = "http://store.test";
  const exchange = createExchange({ now: clock.now, store, ...options }, url);
  const ask = async (address: string | URL, { method = "GET", headers, body, signal }: RequestInit) => {
    const target = String(address);
    const travel = async () => {
      const time = latency();
      if (time > 0 && !(await clock.sleep(time, signal ?? undefined))) throw aborted();
      if (signal?.aborted) throw aborted();
    };
    await travel();
    if (target.startsWith(store)) {
      const { pathname } = new URL(target);
      const fault = exchange.storedFault(pathname);
      if (fault?.status === "stuck") return silence(signal);
      if (fault?.status === "reset") throw dropped();
      return contentOf(exchange.stored(pathname), fault?.status);
    }
    const authorization = new Headers(headers).get("authorization") ?? undefined;
    const path = target.slice(url.length);
    const wire = exchange.handle(method, path, authorization, typeof body === "string" ? body : "");
    if (wire === "reset") throw dropped();
    if (wire === "stuck") return silence(signal);
    await travel();
    // A Response reads its text by way of a stream, which takes turns of the event loop.
    const { status, text = "" } = wire;
    return { status, headers: new Headers(wire.headers), text: () => Promise.resolve(text) };
  };
  return { ...exchange, url, fetch: ask as unknown as typeof fetch };
}

/** An answer whose body comes in two pieces, without turns of the event loop in between. */
function contentOf(content: Uint8Array | undefined, fault: Fault["status"] | undefined) {
  const status = typeof fault === "number" ? fault : content === undefined ? 404 : 200;
  const headers = new Headers();
  if (status !== 200 || content === undefined) return { status, headers, body: null };
  if (fault === "html" || fault === "shape")
    return { status, headers, body: [Buffer.from("<!DOCTYPE html>")] };
  const middle = content.length >> 1;
  const pieces = [content.subarray(0, middle), content.subarray(middle)];
  return { status, headers, body: fault === "cut" ? broken(pieces.slice(0, 1)) : pieces };
}

/** A body that breaks off. */
function* broken(pieces: readonly Uint8Array[]): Generator<Uint8Array> {
  yield* pieces;
  throw dropped();
}

/** No answer until the request is given up. */
async function silence(signal: AbortSignal | null | undefined): Promise<never> {
  await new Promise((resolve) => signal?.addEventListener("abort", resolve, { once: true }));
  throw aborted();
}

function dropped(): Error {
  return new TypeError("fetch failed", {
    cause: Object.assign(new Error("reset"), { code: "ECONNRESET" }),
  });
}

function aborted(): Error {
  return new DOMException("This operation was aborted", "AbortError");
}
