/** What the fake answers: a body is sent as JSON. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One entry of a "Validation Failed" answer. */
export interface FieldError {
  readonly resource: string;
  readonly code: string;
  readonly field: string;
  readonly message: string;
}

/** Overview of the REST API, for answers that concern no operation in particular. */
export const generalDocs = "https://docs.github.com/rest";

/** An error as GitHub words one. */
export function failure(
  status: number,
  message: string,
  docs: string,
  errors?: readonly FieldError[],
): Answer {
  const listed = errors === undefined ? {} : { errors };
  return { status, body: { message, ...listed, documentation_url: docs, status: `${status}` } };
}

export function notFound(docs: string = generalDocs): Answer {
  return failure(404, "Not Found", docs);
}

/** The request does not fit its published description. */
export function invalid(reason: string, docs: string): Answer {
  return failure(422, `Invalid request.\n\n${reason}`, docs);
}
