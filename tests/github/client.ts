import { onTestFinished } from "vitest";
import { type GitHub, type GitHubOptions, startGitHub } from "./server.ts";

export const comments = "/repos/acme/shop/issues/7/comments";
export const checkRuns = "/repos/acme/shop/check-runs";
export const head = "a".repeat(40);
export const token = { authorization: "token abc" };

/** A fake for one test. */
export async function start(options?: GitHubOptions): Promise<GitHub> {
  const github = await startGitHub(options);
  onTestFinished(() => github.close());
  return github;
}

/** Asks with a token; `path` may be a whole address, as a link is. */
export async function ask(github: GitHub, method: string, path: string, body?: object) {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await fetch(new URL(path, github.url), { method, headers: token, ...sent });
  const text = await response.text();
  const json = text === "" ? undefined : (JSON.parse(text) as unknown);
  return { status: response.status, headers: response.headers, json };
}

/** The `link` header, address by relation. */
export function links(headers: Headers): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [, url = "", rel = ""] of (headers.get("link") ?? "").matchAll(/<([^>]+)>; rel="(\w+)"/g)) {
    found[rel] = url;
  }
  return found;
}

/** Comments of somebody, "comment 1" and so on. */
export function many(count: number) {
  return Array.from({ length: count }, (_, index) => ({ login: "octocat", body: `comment ${index + 1}` }));
}
