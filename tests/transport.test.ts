import { describe, expect, test } from "vitest";
import type { ApiFailure } from "../src/core/model/clients.ts";
import { connect } from "../src/io/github.ts";
import type { Fault } from "./github/faults.ts";
import { createInProcess } from "./github/in-process.ts";
import { virtualClock } from "./runner/virtual-clock.ts";

const list = { method: "GET", path: /\/comments\?/ };
const forever = Number.POSITIVE_INFINITY;

/** Calls one after the other, on a clock of their own: what each came to, what was asked, and how long it took. */
async function calls(
  faults: readonly Fault[],
  ask: readonly ("list" | "create" | "viewer")[],
  patience?: number,
) {
  const clock = virtualClock();
  const github = createInProcess({ faults }, clock);
  const access = { apiUrl: github.url, token: "t", repository: "acme/shop" };
  const client = connect(access, { fetch: github.fetch, clock, ...(patience ? { patience } : {}) });
  const begin = clock.now();
  const made = {
    list: async () => `${(await client.listComments(7)).length} comments`,
    create: () => client.createComment(7, "text").then(() => "created"),
    viewer: () => client.viewer(),
  };
  const results: string[] = [];
  await clock.run(async () => {
    for (const name of ask) {
      results.push(
        await made[name]().catch((error: ApiFailure) => `${error.kind} ${error.status} ${error.message}`),
      );
    }
  });
  const seconds = (clock.now() - begin) / 1000;
  return { results, seconds, statuses: github.requests.map(({ status }) => status), github };
}

describe("a call that reads", () => {
  test.each<[string, Partial<Fault> & Pick<Fault, "status">, number]>([
    ["a server error", { status: 502 }, 0.75],
    ["a dropped connection", { status: "reset" }, 0.75],
    ["no answer", { status: "stuck" }, 10.75],
    ["a page of HTML with status 200", { status: "html" }, 0.75],
    ["an answer cut off in the middle", { status: "cut" }, 0.75],
    ["JSON of another shape", { status: "shape" }, 0.75],
    ["a server that names a time", { status: 503, headers: { "retry-after": "7" } }, 7],
    ["a refusal", { status: 403 }, 1],
    ["something not found", { status: 404 }, 1],
    ["a secondary limit", { status: 403, headers: { "retry-after": "30" } }, 30],
    ["a limit without a time", { status: 429 }, 60],
    [
      "a primary limit",
      { status: 403, headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1767225640" } },
      41,
    ],
  ])("is repeated after %s", async (_, fault, seconds) => {
    const { results, seconds: taken, statuses } = await calls([{ ...list, times: 1, ...fault }], ["list"]);
    expect(results).toEqual(["0 comments"]);
    expect(statuses).toHaveLength(2);
    expect(taken).toBe(seconds);
  });

  test("is given up after four requests, each pause longer than the one before", async () => {
    const { results, seconds, statuses } = await calls([{ ...list, times: forever, status: 502 }], ["list"]);
    expect(results).toEqual(["unclear 502 Server Error"]);
    expect(statuses).toEqual([502, 502, 502, 502]);
    expect(seconds).toBe(0.75 + 1.5 + 3);
  });

  test("is refused after one more request", async () => {
    const { results, statuses } = await calls([{ ...list, times: forever, status: 403 }], ["list"]);
    expect(results).toEqual(["refused 403 Resource not accessible by integration"]);
    expect(statuses).toEqual([403, 403]);
  });
});

describe("a call that writes", () => {
  test.each(["reset", "stuck", "html", "cut", "shape", 500, 502] as const)(
    "is not repeated after %s, which does not say whether it took effect",
    async (status) => {
      const fault = { method: "POST", path: /\/comments$/, times: 1, status, after: true };
      const { results, github } = await calls([fault], ["create"]);
      expect(results[0]).toMatch(/^unclear/);
      expect(github.requests).toHaveLength(1);
      expect(github.comments).toHaveLength(1);
    },
  );

  test("is repeated after a limit, which it did not pass", async () => {
    const fault = {
      method: "POST",
      path: /\/comments$/,
      times: 1,
      status: 429,
      headers: { "retry-after": "5" },
    };
    const { results, github, seconds } = await calls([fault], ["create"]);
    expect(results).toEqual(["created"]);
    expect(github.comments).toHaveLength(1);
    expect(seconds).toBe(5);
  });

  test("waits a second for each write beyond a burst of five", async () => {
    const { seconds, github } = await calls(
      [],
      Array.from({ length: 12 }, () => "create" as const),
    );
    expect(github.comments).toHaveLength(12);
    expect(seconds).toBe(6);
  });
});

describe("an API that is down", () => {
  const all = { method: "GET", path: /./, times: forever };
  const every = { method: "POST", path: /./, times: forever };

  test("costs seconds: after six failures in a row nothing is asked for half a minute", async () => {
    const faults = [
      { ...all, status: 502 },
      { ...every, status: 502 },
    ];
    const { results, statuses, seconds } = await calls(faults, ["list", "viewer", "list", "create", "list"]);
    expect(statuses).toHaveLength(6);
    expect(seconds).toBeLessThan(25);
    expect(new Set(results.slice(2))).toEqual(new Set(["down 0 GitHub did not answer several times before"]));
  });

  test("that takes every request and answers none costs half a minute", async () => {
    const faults = [
      { ...all, status: "stuck" as const },
      { ...every, status: "stuck" as const },
    ];
    const { statuses, seconds } = await calls(faults, ["list", "viewer", "create", "list"]);
    expect(statuses).toHaveLength(2);
    expect(seconds).toBeLessThan(30);
  });
});

describe("patience", () => {
  test("is not spent on a limit that ends too late, and the failure says when it ends", async () => {
    const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1767226200" };
    const faults = [{ ...list, times: forever, status: 403, headers }];
    const { results, seconds, statuses } = await calls(faults, ["list", "viewer"]);
    const message = "limited 0 the rate limit of the token is used up until 00:10:01 UTC";
    expect(results).toEqual([message, message]);
    expect(statuses).toEqual([403]);
    expect(seconds).toBe(0);
  });

  test("is one for all calls", async () => {
    const faults = [{ ...list, times: forever, status: 503, headers: { "retry-after": "8" } }];
    const { results, seconds } = await calls(faults, ["list", "create", "list"], 20_000);
    expect(seconds).toBeLessThanOrEqual(20);
    expect(results[0]).toMatch(/^down 0 GitHub could not be reached within the time/);
  });
});
