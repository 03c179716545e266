import { type Answer, failure } from "./answer.ts";

const docs = "https://docs.github.com/graphql";

/** White space and commas mean nothing in GraphQL; "query" may be left out before the only operation. */
const viewerLogin = /^[\s,]*(?:query\b)?[\s,]*\{[\s,]*viewer[\s,]*\{[\s,]*login[\s,]*\}[\s,]*\}[\s,]*$/;

/** The one query that the fake knows: whom the token acts as. */
export function answerQuery(login: string, body: unknown): Answer {
  const query = queryOf(body);
  if (query === undefined) {
    return failure(400, "A query attribute must be specified and must be a string.", docs);
  }
  if (viewerLogin.test(query)) return { status: 200, body: { data: { viewer: { login } } } };
  // GraphQL reports its errors with status 200.
  const message = "This fake answers { viewer { login } } only";
  return { status: 200, body: { errors: [{ type: "undefinedField", path: ["query"], message }] } };
}

function queryOf(body: unknown): string | undefined {
  if (typeof body !== "object" || body === null || !("query" in body)) return undefined;
  return typeof body.query === "string" ? body.query : undefined;
}
