import { isBot, ownAccount } from "./accounts.ts";
import { type Answer, failure, generalDocs, invalid, notFound } from "./answer.ts";
import { artifactHandlers } from "./artifacts.ts";
import type { Call, Handlers } from "./call.ts";
import { changeHandlers } from "./changes.ts";
import { checkRunHandlers } from "./check-runs.ts";
import { commentHandlers } from "./comments.ts";
import { commitHandlers } from "./commits.ts";
import { type Contract, contractOf, type Operation } from "./contract.ts";
import { gitHandlers } from "./git.ts";
import { answerQuery } from "./graphql.ts";
import { permissions } from "./permissions.ts";
import { pullHandlers } from "./pulls.ts";
import type { State } from "./state.ts";

/** A request as it came over the wire. */
export interface Incoming {
  readonly method: string;
  readonly url: URL;
  readonly authorization: string | undefined;
  readonly body: string;
}

const handlers: Handlers = {
  ...commentHandlers,
  ...checkRunHandlers,
  ...pullHandlers,
  ...artifactHandlers,
  ...changeHandlers,
  ...gitHandlers,
  ...commitHandlers,
  "users/get-authenticated": user,
};

/** Answers a request and changes the state accordingly. Throws where the fake departs from what is published. */
export function answer(state: State, incoming: Incoming): Answer {
  const { method, url, authorization } = incoming;
  if (authorization === undefined) return failure(401, "Requires authentication", generalDocs);
  if (!/^(?:bearer|token)\s+\S+$/i.test(authorization)) return failure(401, "Bad credentials", generalDocs);
  const path = pathBelow(state, url);
  if (path === undefined || state.lacks?.test(path)) return notFound();
  if (path === "/graphql" && method === "POST") return graphql(state, incoming.body);
  const contract = contractOf(state.server);
  const operation = contract.operationFor(method, path);
  if (operation !== undefined) return operate(state, contract, operation, incoming);
  throw new Error(`no such operation in openapi.json: ${method} ${path}; add it to subset.mjs`);
}

/** An Enterprise server has REST below /api/v3 and GraphQL beside it. */
function pathBelow({ server }: State, { pathname }: URL): string | undefined {
  if (server === undefined) return pathname;
  if (pathname === "/api/graphql") return "/graphql";
  return pathname.startsWith("/api/v3/") ? pathname.slice("/api/v3".length) : undefined;
}

function operate(
  state: State,
  contract: Contract,
  operation: Operation,
  { method, url, body }: Incoming,
): Answer {
  const { id, docs, params } = operation;
  const { owner, repo } = params;
  const repository = owner === undefined || repo === undefined ? "" : `${owner}/${repo}`;
  if (!contract.addressable(operation) || !within(state, repository)) return notFound(docs);
  const area = areaOf(state, id);
  // What a token may not even see does not exist for it.
  if (area === "none") return notFound(docs);
  if (method !== "GET" && area === "read")
    return failure(403, "Resource not accessible by integration", docs);
  const parsed = body === "" ? {} : parse(body);
  if (parsed === undefined) return failure(400, "Problems parsing JSON", docs);
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    return failure(400, "Body should be a JSON object", docs);
  }
  const reason = contract.objection(operation, url.searchParams, parsed);
  if (reason !== undefined) return invalid(reason, docs);
  const handler = handlers[id];
  if (handler === undefined) throw new Error(`nothing answers ${id}`);
  const given = handler({ state, repository, params, url, body: parsed, docs });
  const wrong = given.status < 300 ? contract.departure(operation, given.status, given.body) : undefined;
  if (wrong !== undefined) throw new Error(`the fake departs from openapi.json: ${wrong}`);
  return given;
}

function areaOf({ checks, contents, issues }: State, operation: string): "write" | "read" | "none" {
  const [permission = ""] = (permissions[operation] ?? "").split(":");
  const areas: Readonly<Record<string, "write" | "read" | "none">> = { checks, contents };
  return areas[permission] ?? issues;
}

function graphql(state: State, body: string): Answer {
  const parsed = parse(body);
  return parsed === undefined
    ? failure(400, "Problems parsing JSON", generalDocs)
    : answerQuery(state.login, parsed);
}

function user({ state, docs }: Call): Answer {
  if (isBot(state.login)) return failure(403, "Resource not accessible by integration", docs);
  return { status: 200, body: ownAccount(state.login, state.api) };
}

/** Names of accounts and repositories are not case-sensitive. */
function within(state: State, repository: string): boolean {
  if (repository === "" || state.repository === undefined) return true;
  return repository.toLowerCase() === state.repository.toLowerCase();
}

/** undefined: no JSON. */
function parse(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}
