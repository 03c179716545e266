import type { ApiFailure } from "../core/model/clients.ts";
import type { Problem } from "../core/model/problem.ts";

/** What a client threw, as a value. Anything that is no ApiFailure is told as it is and never repeated. */
export function apiFailure(error: unknown): ApiFailure {
  const failure = error as Partial<ApiFailure> | null;
  const message = error instanceof Error ? error.message : String(error);
  if (typeof failure?.kind !== "string" || typeof failure.status !== "number")
    return { kind: "refused", status: 0, message };
  return { kind: failure.kind, status: failure.status, message };
}

/** Whether a request may have taken effect although it failed. */
export function isUnclear(error: unknown): boolean {
  return apiFailure(error).kind === "unclear";
}

/** How often something is begun anew whose effect was unclear. */
const rounds = 4;

/**
 * Does what must not be done twice: where it failed without telling whether it took effect, looks before it is repeated.
 * `look` gives what was done, or undefined where nothing was.
 */
export async function once<T>(act: () => Promise<T>, look: () => Promise<T | undefined>): Promise<T> {
  for (let round = 1; ; round++) {
    try {
      return await act();
    } catch (error) {
      if (!isUnclear(error)) throw error;
      const done = await look();
      if (done !== undefined) return done;
      if (round === rounds) throw error;
    }
  }
}

/** Says that something could not be published, and which permission is missing where that is why. */
export function notPublished(what: string, error: unknown, permission: string): Problem {
  const { kind, status, message } = apiFailure(error);
  const answer = `${status > 0 ? `${status} ` : ""}${message.slice(0, 200)}`;
  const denied = kind === "refused" && (status === 401 || status === 403 || status === 404);
  return {
    code: "not-published",
    severity: "warning",
    message:
      kind === "unclear"
        ? `nothing shows that ${what} was written: ${answer}`
        : `${what} could not be written: ${answer}`,
    hint: denied
      ? `Add \`${permission}: write\` to the permissions of the job. Pull requests from forks and of Dependabot have a read-only token.`
      : "The verdict stands. Run the job again to publish it.",
  };
}
