import type { PrometheusServer, Queried } from "../core/model/config.ts";
import type { Problem } from "../core/model/problem.ts";
import { type Clock, systemClock } from "./clock.ts";

/** What the server wrote, and when it was asked. */
export interface PrometheusAnswer {
  readonly status: number;
  readonly body: readonly Uint8Array[];
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What asking needs of the world. Left out: the real one. */
export interface PrometheusWorld {
  readonly fetch?: typeof fetch;
  readonly clock?: Clock;
}

/** Requests for one query, and milliseconds before the second one; each further pause is twice as long. */
const attempts = 3;
const firstPause = 500;

/** Longest pause that a busy server may ask for; one that asks for more is not waited for. 30 s. */
const longestPause = 30_000;

/** Bytes of the largest answer that is taken. */
const maxBytes = 10_000_000;

/** Queries at the same time. */
const lanes = 4;

/** Puts every query to the server. Once it was silent for all attempts of one, the rest is not asked any more. */
export async function askPrometheus(
  queried: readonly Queried[],
  server: PrometheusServer,
  token: string | undefined,
  { fetch: send = fetch, clock = systemClock }: PrometheusWorld = {},
): Promise<ReadonlyMap<string, PrometheusAnswer | Problem>> {
  const answers = new Map<string, PrometheusAnswer | Problem>();
  const waiting = [...queried];
  let silence: Problem | undefined;
  const lane = async () => {
    for (let query = waiting.shift(); query; query = waiting.shift()) {
      const answer = silence ?? (await ask(query));
      if ("code" in answer) silence = answer;
      answers.set(query.kpi, answer);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return answers;

  async function ask(query: Queried): Promise<PrometheusAnswer | Problem> {
    for (let tries = 1; ; tries++) {
      const at = clock.now();
      const answer = await request(addressOf(query, server, at));
      const own = firstPause * 2 ** (tries - 1);
      if (typeof answer === "string") {
        if (tries === attempts) return unreachable(server, answer);
        await clock.sleep(own);
        continue;
      }
      const { retryAfter, ...said } = answer;
      const pause = Math.max(own, waitFor(retryAfter, clock.now()));
      if (tries === attempts || !isBusy(said.status) || pause > longestPause) return { ...said, at };
      await clock.sleep(pause);
    }
  }

  /** One answer with its header Retry-After, or why there is none. */
  async function request(
    url: string,
  ): Promise<(Omit<PrometheusAnswer, "at"> & { readonly retryAfter: string | null }) | string> {
    const [late, done] = [new AbortController(), new AbortController()];
    void clock.sleep(server.timeout, done.signal).then((passed) => {
      if (passed) late.abort();
    });
    try {
      const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
      const headers = { accept: "application/json", "user-agent": "phase-gate", ...authorization };
      // A redirect is not followed: it could lead the token elsewhere.
      const response = await send(url, { headers, signal: late.signal, redirect: "manual" });
      const retryAfter = response.headers.get("retry-after");
      return { status: response.status, body: await bodyOf(response), retryAfter };
    } catch (error) {
      if (error instanceof TooLong) return `an answer of more than ${maxBytes / 1e6} MB`;
      return late.signal.aborted
        ? `no answer within ${server.timeout / 1_000} s`
        : `no connection${codeOf(error)}`;
    } finally {
      done.abort();
    }
  }
}

/** https://prometheus.io/docs/prometheus/latest/querying/api/#expression-queries */
function addressOf(
  { query, range }: Queried,
  { url, timeout, maxAge }: PrometheusServer,
  at: number,
): string {
  const seconds = (milliseconds: number) => String(milliseconds / 1_000);
  const asked = new URLSearchParams({ query, timeout: `${timeout}ms`, lookback_delta: seconds(maxAge) });
  if (range) {
    asked.set("start", seconds(at - range.over));
    asked.set("end", seconds(at));
    asked.set("step", seconds(range.every));
  }
  return `${url}/api/v1/${range ? "query_range" : "query"}?${asked.toString()}`;
}

/** Answers that say to come again. */
function isBusy(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

/** Milliseconds that an answer asks to wait: seconds or a date. https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3 */
function waitFor(retryAfter: string | null, now: number): number {
  if (retryAfter === null) return 0;
  const wait = /^\d{1,9}$/.test(retryAfter) ? Number(retryAfter) * 1_000 : Date.parse(retryAfter) - now;
  return Number.isNaN(wait) ? 0 : Math.max(0, wait);
}

async function bodyOf({ body }: Response): Promise<readonly Uint8Array[]> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of (body ?? []) as AsyncIterable<Uint8Array>) {
    length += piece.length;
    if (length > maxBytes) throw new TooLong();
    pieces.push(piece);
  }
  return pieces;
}

class TooLong extends Error {}

function codeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error && "code" in cause ? ` (${String(cause.code)})` : "";
}

function unreachable({ url }: PrometheusServer, why: string): Problem {
  return {
    code: "prometheus-unreachable",
    severity: "error",
    message: `the Prometheus server does not answer: ${why}`,
    at: { file: url },
    hint: "Can this machine reach it? A runner of GitHub sees only the public internet and its own services.",
  };
}
