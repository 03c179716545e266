import { expect, test } from "vitest";
import { ask, comments, many, start } from "./client.ts";

const fault = { method: "POST", path: /\/comments$/g, times: 2 };

test("the first requests that match go wrong without effect, the next succeeds", async () => {
  const github = await start({ faults: [{ ...fault, status: 502 }] });
  expect((await ask(github, "GET", comments)).status).toBe(200);
  for (const status of [502, 502, 201]) {
    expect((await ask(github, "POST", comments, { body: "x" })).status).toBe(status);
  }
  expect(github.comments).toHaveLength(1);
  expect(github.requests).toEqual([
    { method: "GET", path: comments, status: 200 },
    { method: "POST", path: comments, status: 502 },
    { method: "POST", path: comments, status: 502 },
    { method: "POST", path: comments, status: 201 },
  ]);
});

test('a fault "after" takes effect though the answer is 500', async () => {
  const github = await start({ faults: [{ ...fault, status: 500, after: true }] });
  expect((await ask(github, "POST", comments, { body: "x" })).status).toBe(500);
  expect(github.comments).toMatchObject([{ body: "x" }]);
});

test("a connection is dropped before or after the request takes effect", async () => {
  const before = await start({ faults: [{ ...fault, status: "reset" }] });
  await expect(ask(before, "POST", comments, { body: "x" })).rejects.toThrow("fetch failed");
  expect(before.comments).toEqual([]);
  const after = await start({ faults: [{ ...fault, status: "reset", after: true }] });
  await expect(ask(after, "POST", comments, { body: "x" })).rejects.toThrow("fetch failed");
  expect(after.comments).toHaveLength(1);
  expect(after.requests).toEqual([{ method: "POST", path: comments, status: 0 }]);
});

test("a limit is worded and marked as GitHub does it", async () => {
  const github = await start({ faults: [{ ...fault, status: 429, headers: { "Retry-After": "1" } }] });
  const { status, headers, json } = await ask(github, "POST", comments, { body: "x" });
  expect(status).toBe(429);
  expect(headers.get("retry-after")).toBe("1");
  expect((json as { message: string }).message).toContain("secondary rate limit");
});

test("one page of a list can fail", async () => {
  const github = await start({
    comments: many(31),
    faults: [{ method: "GET", path: /page=2/, times: 1, status: 503 }],
  });
  expect((await ask(github, "GET", comments)).status).toBe(200);
  expect((await ask(github, "GET", `${comments}?page=2`)).status).toBe(503);
  expect((await ask(github, "GET", `${comments}?page=2`)).json).toHaveLength(1);
});
