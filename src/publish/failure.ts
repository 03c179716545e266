import type { Problem } from "../core/model/problem.ts";

/** What a client throws when GitHub does not do what was asked. Status 0: no answer, or one that is not what the API promises. */
export interface ApiFailure {
  readonly status: number;
  readonly message: string;
}

export function apiFailure(error: unknown): ApiFailure {
  if (typeof error !== "object" || error === null) return { status: 0, message: String(error) };
  const status = "status" in error && typeof error.status === "number" ? error.status : 0;
  const message = "message" in error && typeof error.message === "string" ? error.message : "no answer";
  return { status, message: message.split(" - https://")[0] ?? message };
}

/** Whether a request may have taken effect although it seemed to fail. */
export function isAmbiguous({ status }: ApiFailure): boolean {
  return status === 0 || status >= 500;
}

/** Says that something could not be published, and which permission is missing where that is why. */
export function notPublished(what: string, error: unknown, permission: string): Problem {
  const { status, message } = apiFailure(error);
  const denied = status === 401 || status === 403 || status === 404;
  return {
    code: "not-published",
    severity: "warning",
    message: `${what} could not be written: ${status > 0 ? `${status} ` : ""}${message.slice(0, 200)}`,
    hint: denied
      ? `Add \`${permission}: write\` to the permissions of the job. Pull requests from forks and of Dependabot have a read-only token.`
      : "The verdict stands. Run the job again to publish it.",
  };
}
