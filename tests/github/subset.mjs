/**
 * Writes openapi.json beside itself, the part of GitHub's published API description that the fake speaks, and the same
 * part of the descriptions of two Enterprise servers.
 *
 *   npm i --ignore-scripts @octokit/openapi@23.0.2   (somewhere outside the repository: 385 MB unpacked)
 *   node tests/github/subset.mjs <that folder>/node_modules/@octokit/openapi
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const expected = "23.0.2";

const operations = [
  ["/repos/{owner}/{repo}/issues/{issue_number}/comments", ["get", "post"]],
  ["/repos/{owner}/{repo}/issues/comments/{comment_id}", ["get", "patch", "delete"]],
  ["/repos/{owner}/{repo}/check-runs", ["post"]],
  ["/repos/{owner}/{repo}/check-runs/{check_run_id}", ["get", "patch"]],
  ["/repos/{owner}/{repo}/commits/{ref}/check-runs", ["get"]],
  ["/repos/{owner}/{repo}/pulls", ["get"]],
  ["/repos/{owner}/{repo}/pulls/{pull_number}", ["get"]],
  ["/repos/{owner}/{repo}/actions/runs/{run_id}/artifacts", ["get"]],
  ["/repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}", ["get"]],
  ["/repos/{owner}/{repo}/pulls/{pull_number}/files", ["get"]],
  ["/repos/{owner}/{repo}/issues/{issue_number}/labels", ["get"]],
  ["/repos/{owner}/{repo}/contents/{path}", ["get"]],
  ["/repos/{owner}/{repo}/git/commits/{commit_sha}", ["get"]],
  ["/repos/{owner}/{repo}/git/matching-refs/{ref}", ["get"]],
  ["/repos/{owner}/{repo}/git/trees", ["post"]],
  ["/repos/{owner}/{repo}/git/commits", ["post"]],
  ["/repos/{owner}/{repo}/git/refs", ["post"]],
  ["/repos/{owner}/{repo}/git/refs/{ref}", ["patch"]],
  ["/repos/{owner}/{repo}/zipball/{ref}", ["get"]],
  ["/repos/{owner}/{repo}/actions/artifacts", ["get"]],
  ["/repos/{owner}/{repo}/compare/{basehead}", ["get"]],
  ["/repos/{owner}/{repo}/commits", ["get"]],
  ["/user", ["get"]],
];

/** Keywords whose keys are names that somebody chose, so that a key there is never a keyword. */
const named = new Set(["paths", "properties", "schemas", "parameters", "responses", "content"]);

const source = process.argv[2];
if (source === undefined) fail("usage: node tests/github/subset.mjs <unpacked @octokit/openapi>");
const { version } = read("package.json");
if (version !== expected) fail(`expected @octokit/openapi ${expected}, found ${version}`);
let published;
for (const [description, file] of [
  ["api.github.com", "openapi.json"],
  ["ghes-3.17", "openapi-ghes-3.17.json"],
  ["ghes-3.19", "openapi-ghes-3.19.json"],
]) {
  published = read(`generated/${description}.json`);
  const paths = Object.fromEntries(
    operations.map(([path, methods]) => [
      path,
      Object.fromEntries(methods.map((method) => [method, operation(path, method)])),
    ]),
  );
  const info = { title: published.info.title, version, license: published.info.license };
  const subset = { openapi: published.openapi, info, paths, components: components(paths) };
  writeFileSync(new URL(file, import.meta.url), `${JSON.stringify(subset, null, 1)}\n`);
}

/** What decides whether a request or a successful answer is right. */
function operation(path, method) {
  const whole = published.paths[path]?.[method];
  if (whole === undefined) fail(`not published: ${method} ${path}`);
  const { operationId, externalDocs, parameters, requestBody, responses } = whole;
  const successes = Object.entries(responses).filter(([status]) => status.startsWith("2"));
  const bare = successes.map(([status, { headers: _, ...response }]) => [status, response]);
  return bared({ operationId, externalDocs, parameters, requestBody, responses: Object.fromEntries(bare) });
}

/** Everything that the operations refer to, and what that refers to, sorted by name. */
function components(root) {
  const found = new Map();
  const waiting = [root];
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    for (const reference of references(part)) {
      if (found.has(reference)) continue;
      const [, , kind, name] = reference.split("/");
      const target = published.components[kind]?.[name];
      if (target === undefined) fail(`dangling reference: ${reference}`);
      found.set(reference, bared(target));
      waiting.push(found.get(reference));
    }
  }
  const kinds = {};
  for (const reference of [...found.keys()].sort()) {
    const [, , kind, name] = reference.split("/");
    kinds[kind] ??= {};
    kinds[kind][name] = found.get(reference);
  }
  return kinds;
}

function references(part) {
  if (typeof part !== "object" || part === null) return [];
  const own = typeof part.$ref === "string" ? [part.$ref] : [];
  return [...own, ...Object.values(part).flatMap(references)];
}

/** The same without prose, examples and extensions. `keys` says what the keys of `part` are. */
function bared(part, keys = "keywords") {
  if (Array.isArray(part)) return part.map((item) => bared(item));
  if (typeof part !== "object" || part === null) return part;
  const kept = Object.entries(part).filter(([key, value]) => keys === "names" || !prose(key, value));
  return Object.fromEntries(
    kept.map(([key, value]) => {
      // An enum or a default is a value, not a schema: a key in it means nothing here.
      if (keys === "keywords" && (key === "enum" || key === "default")) return [key, value];
      return [key, bared(value, keys === "keywords" && named.has(key) ? "names" : "keywords")];
    }),
  );
}

function prose(key, value) {
  if (key === "example" || key === "examples" || key.startsWith("x-")) return true;
  return (key === "description" || key === "summary") && typeof value === "string";
}

function read(file) {
  return JSON.parse(readFileSync(join(source, file), "utf8"));
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
