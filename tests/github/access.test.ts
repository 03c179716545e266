import { expect, test } from "vitest";
import { ask, checkRuns, comments, head, many, start } from "./client.ts";

test("a request without a token gets 401, and so does one with another scheme", async () => {
  const github = await start();
  for (const headers of [{}, { authorization: "Basic abc" }, { authorization: "token " }]) {
    const { status } = await fetch(github.url + comments, { headers });
    expect(status).toBe(401);
  }
  expect(github.requests.map(({ status }) => status)).toEqual([401, 401, 401]);
});

test("a token that may only read gets 403 where it writes", async () => {
  const github = await start({ issues: "read", checks: "read", comments: many(1) });
  const id = github.comments[0]?.id;
  const writes = [
    ask(github, "POST", comments, { body: "x" }),
    ask(github, "PATCH", `/repos/acme/shop/issues/comments/${id}`, { body: "x" }),
    ask(github, "DELETE", `/repos/acme/shop/issues/comments/${id}`),
    ask(github, "POST", checkRuns, { name: "gate", head_sha: head }),
  ];
  for (const { status, json } of await Promise.all(writes)) {
    expect(status).toBe(403);
    expect(json).toMatchObject({ message: "Resource not accessible by integration" });
  }
  expect((await ask(github, "GET", comments)).json).toHaveLength(1);
  expect(github.comments).toMatchObject([{ body: "comment 1", edits: 0 }]);
});

test("permissions for comments and for checks are apart", async () => {
  const github = await start({ issues: "read" });
  expect((await ask(github, "POST", comments, { body: "x" })).status).toBe(403);
  expect((await ask(github, "POST", checkRuns, { name: "gate", head_sha: head })).status).toBe(201);
});

test("a workflow's token cannot ask who it is, a person's can", async () => {
  const bot = await start();
  expect((await ask(bot, "GET", "/user")).status).toBe(403);
  const person = await start({ login: "octocat" });
  expect((await ask(person, "GET", "/user")).json).toMatchObject({ login: "octocat", type: "User" });
});

test("a person's token cannot write check runs", async () => {
  const github = await start({ login: "octocat" });
  const refused = await ask(github, "POST", checkRuns, { name: "gate", head_sha: head });
  expect(refused.status).toBe(403);
});

test.each(["{ viewer { login } }", "query{viewer{login}}", "query {\n  viewer {\n    login\n  }\n}\n"])(
  "GraphQL says who the viewer is: %j",
  async (query) => {
    const github = await start();
    const { json } = await ask(github, "POST", "/graphql", { query });
    expect(json).toEqual({ data: { viewer: { login: "github-actions[bot]" } } });
  },
);

test("any other GraphQL query is an error", async () => {
  const github = await start();
  const { status, json } = await ask(github, "POST", "/graphql", { query: "{ viewer { id } }" });
  expect(status).toBe(200);
  expect(json).toHaveProperty("errors");
  expect(json).not.toHaveProperty("data");
});
