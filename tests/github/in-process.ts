import type { Clock } from "../../src/io/clock.ts";
import { createExchange, type Exchange, type GitHubOptions } from "./exchange.ts";

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
    if (target.startsWith(store)) return contentOf(exchange.stored(new URL(target).pathname));
    const authorization = new Headers(headers).get("authorization") ?? undefined;
    const path = target.slice(url.length);
    const wire = exchange.handle(method, path, authorization, typeof body === "string" ? body : "");
    if (wire === "reset")
      throw new TypeError("fetch failed", {
        cause: Object.assign(new Error("reset"), { code: "ECONNRESET" }),
      });
    if (wire === "stuck") {
      await new Promise((resolve) => signal?.addEventListener("abort", resolve, { once: true }));
      throw aborted();
    }
    await travel();
    // A Response reads its text by way of a stream, which takes turns of the event loop.
    const { status, text = "" } = wire;
    return { status, headers: new Headers(wire.headers), text: () => Promise.resolve(text) };
  };
  return { ...exchange, url, fetch: ask as unknown as typeof fetch };
}

/** An answer whose body comes in two pieces, without turns of the event loop in between. */
function contentOf(content: Uint8Array | undefined) {
  if (content === undefined) return { status: 404, headers: new Headers(), body: null };
  const middle = content.length >> 1;
  const body = [content.subarray(0, middle), content.subarray(middle)];
  return { status: 200, headers: new Headers(), body };
}

function aborted(): Error {
  return new DOMException("This operation was aborted", "AbortError");
}
