import { expect, test } from "vitest";
import { ask, comments, links, many, start } from "./client.ts";

test("121 comments are given page by page, each page linked to the others", async () => {
  const github = await start({ comments: many(121) });
  const first = await ask(github, "GET", `${comments}?per_page=50`);
  expect(first.json).toHaveLength(50);
  expect(links(first.headers)).toEqual({
    next: `${github.url}${comments}?per_page=50&page=2`,
    last: `${github.url}${comments}?per_page=50&page=3`,
  });
  const second = await ask(github, "GET", links(first.headers).next ?? "");
  expect(Object.keys(links(second.headers))).toEqual(["prev", "next", "last", "first"]);
  const third = await ask(github, "GET", links(second.headers).next ?? "");
  expect(third.json).toHaveLength(21);
  expect(Object.keys(links(third.headers))).toEqual(["prev", "first"]);
  const ids = [first, second, third].flatMap(({ json }) => (json as { id: number }[]).map(({ id }) => id));
  expect(ids).toEqual(github.comments.map(({ id }) => id));
});

test("a page has 30 comments unless asked otherwise, and never more than 100", async () => {
  const github = await start({ comments: many(121) });
  expect((await ask(github, "GET", comments)).json).toHaveLength(30);
  expect((await ask(github, "GET", `${comments}?per_page=1000`)).json).toHaveLength(100);
  expect((await ask(github, "GET", `${comments}?per_page=100&page=9`)).json).toEqual([]);
});

test("a list on one page has no links", async () => {
  const github = await start({ comments: many(30) });
  expect((await ask(github, "GET", comments)).headers.get("link")).toBeNull();
});

test("only comments changed since a time are given when asked so", async () => {
  const github = await start({ comments: many(3) });
  const changed = `${comments}?since=2026-01-01T00:00:03Z`;
  expect((await ask(github, "GET", changed)).json).toMatchObject([{ body: "comment 3" }]);
});

test("a sticky comment is written once and then updated in its place", async () => {
  const github = await start({ comments: [{ login: "octocat", body: "hello" }] });
  const made = await ask(github, "POST", comments, { body: "one" });
  expect(made.status).toBe(201);
  expect(made.json).toMatchObject({ body: "one", user: { login: "github-actions[bot]", type: "Bot" } });
  const { id } = made.json as { id: number };
  expect(made.headers.get("location")).toBe(`${github.url}/repos/acme/shop/issues/comments/${id}`);
  const changed = await ask(github, "PATCH", `/repos/acme/shop/issues/comments/${id}`, { body: "two" });
  expect(changed.status).toBe(200);
  expect((await ask(github, "GET", `/repos/acme/shop/issues/comments/${id}`)).json).toEqual(changed.json);
  expect(github.comments).toMatchObject([
    { login: "octocat", body: "hello", edits: 0 },
    { id, login: "github-actions[bot]", body: "two", issue: 7, edits: 1 },
  ]);
});

test("a deleted comment is gone", async () => {
  const github = await start({ comments: many(1) });
  const path = `/repos/acme/shop/issues/comments/${github.comments[0]?.id}`;
  expect((await ask(github, "DELETE", path)).status).toBe(204);
  expect((await ask(github, "GET", path)).status).toBe(404);
  expect(github.comments).toEqual([]);
});

test("a body of 65,536 characters is taken, one more is not", async () => {
  const github = await start();
  const fits = "😀".repeat(65_536);
  expect((await ask(github, "POST", comments, { body: fits })).status).toBe(201);
  const refused = await ask(github, "POST", comments, { body: `${fits}x` });
  expect(refused.status).toBe(422);
  expect(refused.json).toMatchObject({
    message: "Validation Failed",
    errors: [{ resource: "IssueComment", message: "Body is too long (maximum is 65536 characters)" }],
  });
  expect(github.comments).toHaveLength(1);
});

test("a body that is blank, missing or no text is refused", async () => {
  const github = await start();
  for (const body of [{ body: " " }, {}, { body: 1 }]) {
    expect((await ask(github, "POST", comments, body)).status).toBe(422);
  }
  expect(github.comments).toEqual([]);
});
