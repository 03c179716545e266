import type { ApiFailure } from "../core/model/clients.ts";

/** An answer as it came: the body parsed where it is JSON, else the text that it is. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly data: unknown;
}

/** What is waited for where a limit is hit and the answer does not say how long. */
const usualWait = 60_000;

/** An error that carries an ApiFailure. */
export function apiError(failure: ApiFailure): Error & ApiFailure {
  return Object.assign(new Error(failure.message), failure);
}

/** An answer that says no, in GitHub's words. */
export function refusal(answer: RawAnswer): ApiFailure {
  const { status, data } = answer;
  return { kind: status >= 500 ? "unclear" : "refused", status, message: messageOf(data) || wordFor(status) };
}

/**
 * When a limit that an answer speaks of has passed, in milliseconds since 1970; undefined: it speaks of none.
 * https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api
 */
export function limitedUntil({ status, headers, data }: RawAnswer, now: number): number | undefined {
  if (status === 422) return saysAbuse(data) ? now + (retryAfter(headers) ?? usualWait) : undefined;
  if (status !== 403 && status !== 429) return undefined;
  const wait = retryAfter(headers);
  if (wait !== undefined) return now + wait;
  const reset = wholeNumber(headers.get("x-ratelimit-reset"));
  // Clocks differ by a second or so, and asking a moment too early counts as another offence.
  if (headers.get("x-ratelimit-remaining") === "0" && reset !== undefined)
    return Math.max(now, reset * 1000) + 1000;
  const said = /rate limit|abuse detection/i.test(messageOf(data));
  return status === 429 || said ? now + usualWait : undefined;
}

/** Milliseconds that an answer asks to wait for. */
export function retryAfter(headers: Headers): number | undefined {
  const seconds = wholeNumber(headers.get("retry-after"));
  return seconds === undefined ? undefined : seconds * 1000;
}

/** GitHub also tells its limit on content as one entry of a "Validation Failed". */
function saysAbuse(data: unknown): boolean {
  if (typeof data !== "object" || data === null || !("errors" in data) || !Array.isArray(data.errors))
    return false;
  return data.errors.some(
    (error: unknown) =>
      typeof error === "object" && error !== null && "code" in error && error.code === "abuse",
  );
}

function messageOf(data: unknown): string {
  if (typeof data !== "object" || data === null || !("message" in data)) return "";
  return typeof data.message === "string" ? data.message : "";
}

function wordFor(status: number): string {
  return status >= 500 ? "the server failed" : "the answer gives no reason";
}

function wholeNumber(header: string | null): number | undefined {
  return header !== null && /^\d{1,12}$/.test(header.trim()) ? Number(header) : undefined;
}
