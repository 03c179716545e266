import { type Answer, failure, generalDocs } from "./answer.ts";

/** A request that goes wrong: the first `times` that match. */
export interface Fault {
  readonly method: string;
  /** Matched against the path, and against the path with its query. */
  readonly path: RegExp;
  /** Matched against the body as text. */
  readonly body?: RegExp;
  readonly times: number;
  /**
   * A status; or "reset": the connection is dropped instead of an answer; "stuck": no answer ever comes; "html": a page
   * instead of JSON, with status 200; "cut": the right answer, cut off in the middle; "shape": JSON of another shape.
   */
  readonly status: number | "reset" | "stuck" | "html" | "cut" | "shape";
  /** The request takes effect before it goes wrong. */
  readonly after?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What goes over the wire. "reset": the connection is dropped; "stuck": nothing. */
export type Wire =
  | "reset"
  | "stuck"
  | {
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly text: string | undefined;
    };

export interface FaultPlan {
  /** The first fault that matches a request and is not used up; it is counted down. */
  readonly next: (method: string, url: URL, body: string) => Fault | undefined;
  /** From now on nothing goes wrong. */
  readonly heal: () => void;
  /** How many requests went wrong so far. */
  readonly struck: () => number;
}

export function planned(faults: readonly Fault[]): FaultPlan {
  const left = faults.map((fault) => ({ fault, times: fault.times }));
  let struck = 0;
  return {
    next(method, url, body) {
      const next = left.find(({ fault, times }) => times > 0 && matches(fault, method, url, body));
      if (next === undefined) return undefined;
      next.times -= 1;
      struck += 1;
      return next.fault;
    },
    heal: () => left.splice(0),
    struck: () => struck,
  };
}

/** Answers with a fault; `normal` gives the right answer and lets the request take effect. */
export function faulty({ status, headers = {}, after }: Fault, normal: () => Answer): Wire {
  const right = after === true || status === "cut" ? normal() : undefined;
  switch (status) {
    case "reset":
    case "stuck":
      return status;
    case "html":
      return page("text/html", "<!DOCTYPE html><title>GitHub</title><p>Everything is fine.");
    case "shape":
      return page("application/json", '{"unexpected":[]}');
    case "cut": {
      const whole = wired(right!);
      if (whole === "reset" || whole === "stuck" || whole.text === undefined) return "reset";
      return { ...whole, text: whole.text.slice(0, whole.text.length >> 1) };
    }
    default:
      return wired(faultyAnswer(status, headers));
  }
}

/** An answer as it goes over the wire. */
export function wired({ status, body, headers = {} }: Answer): Wire {
  const type = body === undefined ? {} : { "content-type": "application/json; charset=utf-8" };
  return {
    status,
    headers: { ...type, ...headers },
    text: body === undefined ? undefined : JSON.stringify(body),
  };
}

function page(type: string, text: string): Wire {
  return { status: 200, headers: { "content-type": `${type}; charset=utf-8` }, text };
}

function faultyAnswer(status: number, headers: Readonly<Record<string, string>>): Answer {
  const lower = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  return { ...failure(status, wording(status, lower), generalDocs), headers: lower };
}

/** Clients tell GitHub's limits from its refusals by these words and headers. */
function wording(status: number, headers: Readonly<Record<string, string>>): string {
  if (status >= 500) return "Server Error";
  if (status !== 403 && status !== 429) return "Fault";
  if (headers["x-ratelimit-remaining"] === "0") return "API rate limit exceeded for installation.";
  if (status === 403 && headers["retry-after"] === undefined) return "Resource not accessible by integration";
  return "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";
}

function matches(fault: Fault, method: string, url: URL, body: string): boolean {
  if (fault.method.toUpperCase() !== method) return false;
  // Not test(): an expression with the flag g would remember where it stopped.
  if (fault.body !== undefined && body.search(fault.body) < 0) return false;
  return [url.pathname, url.pathname + url.search].some((path) => path.search(fault.path) >= 0);
}
