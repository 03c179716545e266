import { type Answer, failure, generalDocs } from "./answer.ts";

/** A request that goes wrong: the first `times` that match. */
export interface Fault {
  readonly method: string;
  /** Matched against the path, and against the path with its query. */
  readonly path: RegExp;
  readonly times: number;
  /** "reset": the connection is dropped instead of an answer. */
  readonly status: number | "reset";
  /** The request takes effect before it goes wrong. */
  readonly after?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Counts the faults down: gives the first that matches a request and is not used up. */
export function planned(faults: readonly Fault[]): (method: string, url: URL) => Fault | undefined {
  const left = faults.map((fault) => ({ fault, times: fault.times }));
  return (method, url) => {
    const next = left.find(({ fault, times }) => times > 0 && matches(fault, method, url));
    if (next === undefined) return undefined;
    next.times -= 1;
    return next.fault;
  };
}

export function faultyAnswer(status: number, headers: Readonly<Record<string, string>> = {}): Answer {
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

function matches(fault: Fault, method: string, url: URL): boolean {
  if (fault.method.toUpperCase() !== method) return false;
  // Not test(): an expression with the flag g would remember where it stopped.
  return [url.pathname, url.pathname + url.search].some((path) => path.search(fault.path) >= 0);
}
