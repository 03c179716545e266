import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { contractOf } from "./github/contract.ts";
import { permissions } from "./github/permissions.ts";
import { filesBelow, testPath } from "./runner/bytes.ts";

const root = testPath("..");
const text = (file: string) => readFileSync(join(root, file), "utf8");

/** What the published routes take that a file of the source calls. */
function taken(file: string): readonly string[] {
  return [...text(file).matchAll(/"([A-Z]+) (\/repos\/[^"]*)"/g)].map(([, method = "", path = ""]) => {
    const called = path.replaceAll("{archive_format}", "zip").replaceAll(/\{\w+\}/g, "1");
    const operation = contractOf().operationFor(method, called);
    return permissions[operation?.id ?? ""] ?? `${method} ${path} is in no table`;
  });
}

/** The most of each permission. */
function most(all: readonly string[]): Readonly<Record<string, string>> {
  const sorted = all
    .map((one) => one.split(": ") as [string, string])
    .sort(([, a], [, b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted);
}

const sources = filesBelow(join(root, "src")).map((file) => `src/${file}`);
const needed = sources.flatMap(taken);

/** Pages that name all permissions in a table, each in the first cell of a row. */
const pages = ["README.md", "docs/security.md"];
const named = (page: string) =>
  [...text(page).matchAll(/^\| `([\w-]+: (?:read|write))` \|/gm)].map(([, one = ""]) => one);

describe("permissions", () => {
  test("stand in a table for every operation of the fake, and for every call of the source", () => {
    const operations = text("tests/github/openapi.json").matchAll(/"operationId": "([^"]+)"/g);
    const ids = [...operations].map(([, id]) => id).filter((id) => id !== "users/get-authenticated");
    expect(Object.keys(permissions)).toEqual(ids.toSorted((a = "", b = "") => (a < b ? -1 : 1)));
    expect(needed.filter((one) => one.includes("in no table"))).toEqual([]);
    expect(needed.length).toBeGreaterThan(20);
  });

  test.each(pages)("in %s are those that the calls take", (page) => {
    expect(most(named(page))).toEqual(most(needed));
    // Every row is for something, `contents: read` for all but recording.
    expect(named(page).filter((one) => !needed.includes(one))).toEqual([]);
  });

  test("that a hint tells to add are among them", () => {
    const hints = sources.flatMap((file) => [...text(file).matchAll(/`([\w-]+: (?:read|write))`/g)]);
    expect(hints.map(([, one = ""]) => one).filter((one) => !needed.includes(one))).toEqual([]);
    expect(hints.length).toBeGreaterThan(5);
  });
});

const commenting = ["github-changes", "github-ancestry", "github-comments", "github-checks"];

/** A workflow of the docs by the line that begins its permissions, and the clients of `src/io/` whose calls it makes. */
const workflows = [
  ["README.md", commenting, ""],
  ["docs/collect.md", commenting, ""],
  ["docs/jobs.md", [...commenting, "artifacts"], ""],
  ["docs/forks.md", [], "  test:"],
  ["docs/forks.md", [...commenting, "artifacts", "pull-requests"], "  publish:"],
  ["docs/history.md", ["github-ancestry", "github-checks", "github-branch"], ""],
  ["docs/history.md", [...commenting, "artifacts"], "  test:"],
] as const;

describe("the permissions of the workflow in", () => {
  test.each(workflows)("%s with the calls of %j are enough and no more", (page, clients, job) => {
    const found = [...text(page).matchAll(/^ *permissions: (\{.*\})\n(?:jobs:\n( +\w+:))?/gm)];
    const [, given] = found.find(([, , first = ""]) => first.startsWith(job)) ?? [];
    const granted = parse(given ?? "") as Readonly<Record<string, string>>;
    const need = most(clients.flatMap((client) => taken(`src/io/${client}.ts`)));
    // Checking the code out takes `contents: read`, which `contents: write` holds.
    expect(granted).toEqual({ contents: "read", ...need });
  });
});
