import type { ApiFailure } from "../core/model/clients.ts";
import type { Clock } from "./clock.ts";
import type { RawAnswer } from "./github-answer.ts";

/** A request as it goes over the wire. */
export interface GitHubRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** The answer is to be the address of the content. */
  readonly elsewhere: boolean;
}

/** What sending needs of the world. */
export interface Sender {
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly stop: AbortSignal | undefined;
}

/** Why there is no answer. */
export const stopped = failed("down", "the job was cancelled");
const silent = failed("unclear", "no answer in time");
export const unexpected = failed("unclear", "the answer is not what the API promises");

/** Before there is a connection nothing can have taken effect. */
const neverSent = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"]);

/** One request and its whole answer, within a time in milliseconds. */
export async function send(
  request: GitHubRequest,
  milliseconds: number,
  { fetch, clock, stop }: Sender,
): Promise<RawAnswer | ApiFailure> {
  const { method, url, headers, body, elsewhere } = request;
  const [late, done] = [new AbortController(), new AbortController()];
  void clock.sleep(milliseconds, done.signal).then((passed) => {
    if (passed) late.abort();
  });
  const signal = stop === undefined ? late.signal : AbortSignal.any([late.signal, stop]);
  try {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const redirect = elsewhere ? "manual" : "follow";
    const response = await fetch(url, { method, headers: { ...headers }, signal, redirect, ...sent });
    const text = await response.text();
    const location = elsewhere && response.status === 302 ? response.headers.get("location") : null;
    return location === null
      ? { status: response.status, headers: response.headers, data: parsed(text) }
      : { status: 200, headers: response.headers, data: location };
  } catch (error) {
    if (stop?.aborted) return { ...stopped, kind: "unclear" };
    return late.signal.aborted ? silent : unreachable(error);
  } finally {
    done.abort();
  }
}

function unreachable(error: unknown): ApiFailure {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  return failed(neverSent.has(code) ? "down" : "unclear", `no connection${code === "" ? "" : ` (${code})`}`);
}

function failed(kind: ApiFailure["kind"], message: string): ApiFailure {
  return { kind, status: 0, message };
}

/** undefined: nothing; text that is no JSON stays text. */
function parsed(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
