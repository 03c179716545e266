import { expect, test } from "vitest";
import { ask, comments, head, start, token } from "./client.ts";
import { startGitHub } from "./server.ts";

test("a pull request has a head and a base, perhaps of a fork", async () => {
  const fork = { headSha: "1".repeat(40), baseSha: "2".repeat(40), headRepository: "octocat/shop" };
  const github = await start({ pulls: { 9: fork } });
  const { json } = await ask(github, "GET", "/repos/acme/shop/pulls/9");
  expect(json).toMatchObject({
    number: 9,
    head: { sha: fork.headSha, ref: "change", repo: { full_name: "octocat/shop", fork: true } },
    base: { sha: fork.baseSha, ref: "main", repo: { full_name: "acme/shop", fork: false } },
  });
});

test.each([
  ["GET", "/repos/acme/shop/pulls/8"],
  ["GET", "/repos/acme/shop/pulls/seven"],
  ["GET", "/repos/acme/shop/issues/8/comments"],
  ["GET", "/repos/acme/shop/issues/comments/1"],
  ["GET", "/repos/acme/shop/check-runs/1"],
  ["GET", "/repos/other/shop/pulls/7"],
])("%s %s is not found", async (method, path) => {
  const github = await start({ repository: "Acme/Shop" });
  const { status, json } = await ask(github, method, path);
  expect(status).toBe(404);
  expect(json).toMatchObject({ message: "Not Found", status: "404" });
});

test.each([
  ["GET", "/nothing"],
  ["PUT", "/repos/acme/shop/pulls/7"],
  ["GET", "/repos/acme/%E0%A4%A/pulls/7"],
])("%s %s, which the fake does not speak, fails the test that asks for it", async (method, path) => {
  const github = await startGitHub();
  expect((await ask(github, method, path)).status).toBe(500);
  const said = `no such operation in openapi.json: ${method} ${path}; add it to subset.mjs`;
  await expect(github.close()).rejects.toThrow(said);
});

test("a query that is not published is refused", async () => {
  const github = await start();
  expect((await ask(github, "GET", `${comments}?perpage=100`)).status).toBe(422);
  expect((await ask(github, "GET", `${comments}?per_page=many`)).status).toBe(422);
});

test("a body that is no JSON object gets 400, one over 5 MB gets 413", async () => {
  const github = await start();
  const status = async (body: string) =>
    (await fetch(github.url + comments, { method: "POST", headers: token, body })).status;
  expect(await status("{")).toBe(400);
  expect(await status("[]")).toBe(400);
  expect(await status(" ".repeat(5_000_001))).toBe(413);
  expect(github.comments).toEqual([]);
});

test("answers carry their type and the state of the rate limit", async () => {
  const github = await start();
  const { headers } = await ask(github, "GET", comments);
  expect(headers.get("content-type")).toBe("application/json; charset=utf-8");
  expect(headers.get("x-ratelimit-limit")).toBe("1000");
  expect(headers.get("x-ratelimit-remaining")).toBe("999");
});

test("an answer that departs from what GitHub publishes is 500, and closing the fake fails", async () => {
  const wrong = { headSha: 1 as unknown as string, baseSha: head };
  const github = await startGitHub({ pulls: { 7: wrong } });
  const { status, json } = await ask(github, "GET", "/repos/acme/shop/pulls/7");
  expect(status).toBe(500);
  expect((json as { message: string }).message).toContain("answer/head/sha must be string");
  await expect(github.close()).rejects.toThrow("departs from openapi.json: pulls/get");
});
