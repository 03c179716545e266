import { describe, expect, test } from "vitest";
import type { Report } from "../src/core/model/report.ts";
import type { GitHubOptions } from "./github/exchange.ts";
import { createInProcess, type InProcess } from "./github/in-process.ts";
import type { FakeComment } from "./github/state.ts";
import { type PublishOptions, publishTo } from "./publish/publish-in-process.ts";
import { headSha, reportOf } from "./publish/report.ts";
import { virtualClock } from "./runner/virtual-clock.ts";

/** Publishes reports one after the other to one fake. */
async function publish(reports: readonly Report[], options: PublishOptions = {}, given: GitHubOptions = {}) {
  const clock = virtualClock();
  const github = createInProcess(given, clock);
  const deliveries = [];
  for (const report of reports)
    deliveries.push(await clock.run(() => publishTo(github, clock, report, options)));
  expect(github.failures).toEqual([]);
  return { github, deliveries, last: deliveries.at(-1) ?? [] };
}

const writes = ({ requests }: { requests: readonly { method: string; path: string; status: number }[] }) =>
  requests.filter(({ method, path }) => method !== "GET" && path !== "/graphql");

describe("check runs of the phases", () => {
  const places = ["checks-per-phase"] as const;

  test("there is one for each, in progress before the verdict and completed by its own outcome", async () => {
    const { github, last } = await publish([reportOf(3, 1, { phases: true })], { places });
    expect(github.checkRuns.map(({ name, conclusion, title }) => [name, conclusion, title])).toEqual([
      ["Phase Gate: First", "success", "1 of 1 rules hold."],
      [
        "Phase Gate: Second",
        "failure",
        "0 of 2 rules hold. Missing: 3 fewer failed tests, a value for coverage.lines.",
      ],
    ]);
    expect(github.checkRuns.map(({ annotations }) => annotations.length)).toEqual([3, 0]);
    expect(last).toEqual([{ place: "checks-per-phase", arrived: true, problems: [] }]);
    expect(
      writes(github)
        .slice(0, 2)
        .map(({ method }) => method),
    ).toEqual(["POST", "POST"]);
  });

  test("leftovers of a killed run are closed for each of them", async () => {
    const clock = virtualClock();
    const github = createInProcess({}, clock);
    // The first run never comes to an end.
    await clock.run(() =>
      publishTo(github, clock, reportOf(3, 1, { phases: true }), { places, ends: "killed" }),
    );
    expect(github.checkRuns.map(({ status }) => status)).toEqual(["in_progress", "in_progress"]);
    await clock.run(() => publishTo(github, clock, reportOf(3, 2, { phases: true }), { places }));
    expect(github.checkRuns.map(({ conclusion }) => conclusion)).toEqual([
      "cancelled",
      "cancelled",
      "success",
      "failure",
    ]);
  });

  test("a token that may not write is asked once for all of them", async () => {
    const { github, last } = await publish(
      [reportOf(3, 1, { phases: true })],
      { places },
      { checks: "read" },
    );
    expect(writes(github)).toHaveLength(2);
    expect(last[0]?.problems.map(({ message }) => message)).toEqual([
      'the check run "Phase Gate: First" could not be written: 403 Resource not accessible by integration',
      'the check run "Phase Gate: Second" could not be written: 403 Resource not accessible by integration',
    ]);
  });
});

describe("a run that ends without a verdict", () => {
  test.each([
    ["cancelled", "cancelled", "Cancelled before a verdict"],
    ["failed", "failure", "Could not judge: an error of Phase Gate"],
  ] as const)("%s: its check runs are completed as %s", async (ends, conclusion, title) => {
    const { github } = await publish([reportOf(3, 1)], { ends });
    expect(github.checkRuns).toMatchObject([{ status: "completed", conclusion, title }]);
    expect(github.comments).toEqual([]);
  });

  test("a check run that was begun by an answer that was lost is found and completed", async () => {
    const fault = { method: "POST", path: /check-runs$/, status: "reset" as const, after: true, times: 1 };
    const list = { method: "GET", path: /check-runs/, status: 500, times: 4 };
    const { github } = await publish([reportOf(3, 1)], { ends: "cancelled" }, { faults: [fault, list] });
    expect(github.checkRuns).toMatchObject([{ status: "completed", conclusion: "cancelled" }]);
  });
});

describe("comment.when", () => {
  const bodies = (github: { comments: readonly { body: string }[] }) =>
    github.comments.map(({ body }) => / run=(\d+)/.exec(body)?.[1]);

  test("failures: nothing while the gate passes, and the end of a failure is told", async () => {
    const options = { commentWhen: "failures" } as const;
    const quiet = await publish([reportOf(0, 1)], options);
    expect(quiet.github.comments).toEqual([]);
    expect(quiet.last[0]).toEqual({
      place: "comment",
      arrived: false,
      why: "comment.when is failures, and nothing fails",
      problems: [],
    });
    const red = await publish([reportOf(150, 1), reportOf(0, 2)], options);
    expect(bodies(red.github)).toEqual(["2"]);
    expect(red.github.comments[0]?.body).toContain("Reached First");
  });

  test("changes: a comment is written anew only when the verdict or what blocks it is another", async () => {
    const options = { commentWhen: "changes" } as const;
    const first = [reportOf(150, 1), reportOf(150, 2, { sha: "d".repeat(40) })];
    const pulls = { 7: { headSha, baseSha: headSha } };
    const same = await publish([first[0]!, reportOf(150, 2)], options, { pulls });
    expect(bodies(same.github)).toEqual(["1"]);
    expect(same.last[0]?.why).toBe("comment.when is changes, and nothing has changed");
    const other = await publish([first[0]!, reportOf(151, 2)], options, { pulls });
    expect(bodies(other.github)).toEqual(["2"]);
  });
});

describe("an outdated run", () => {
  test("writes no comment once the pull request has a newer commit, and says so", async () => {
    const pulls = { 7: { headSha: "d".repeat(40), baseSha: headSha } };
    const { github, last } = await publish([reportOf(150, 1)], {}, { pulls });
    expect(github.comments).toEqual([]);
    expect(last[0]).toMatchObject({ arrived: false, problems: [{ code: "outdated-run" }] });
    expect(last[1]).toMatchObject({ arrived: true });
  });
});

test("a report that speaks of another run is published as what runs now", async () => {
  const { run } = reportOf(0, 2);
  const { github } = await publish([reportOf(150, 999, { sha: "e".repeat(40) })], { run });
  expect(github.comments[0]?.body.split("\n", 1)[0]).toBe(
    `<!-- phase-gate phase-gate run=2.1 sha=${headSha} -->`,
  );
  expect(github.checkRuns).toMatchObject([{ headSha, externalId: "phase-gate:phase-gate:1002:1" }]);
});

describe("10,000 findings", () => {
  test("are annotated up to a limit, counted beyond it, and no request is one that GitHub refuses", async () => {
    const { github, last } = await publish([reportOf(10_000, 1)], { places: ["comment", "check"] });
    const [check] = github.checkRuns;
    expect(check?.annotations).toHaveLength(500);
    expect(check?.summary).toContain("500 of 10,000 failing tests stand beside the code.");
    expect(github.comments[0]?.body).toMatch(/9,\d\d\d more/);
    expect(github.requests.filter(({ status }) => status >= 400)).toEqual([]);
    expect(last.flatMap(({ problems }) => problems)).toEqual([]);
  });

  test("one that GitHub refuses is found by halving, and costs no other", async () => {
    const refused = {
      method: "PATCH",
      path: /check-runs/,
      body: /"title":"s > t63"/,
      status: 422,
      times: 1e9,
    };
    const { github, last } = await publish([reportOf(120, 1)], { places: ["check"] }, { faults: [refused] });
    expect(github.checkRuns[0]?.annotations).toHaveLength(119);
    expect(last[0]).toMatchObject({
      arrived: true,
      problems: [
        {
          severity: "note",
          message: "GitHub refused 1 annotation of the check run; all others are there",
        },
      ],
    });
  });
});

test("a comment that another run deleted, while none is left, is written anew", async () => {
  const clock = virtualClock();
  let looks = 0;
  const github: InProcess = createInProcess(
    {
      // Two runs that change and delete at the same time: the second look finds no comment at all.
      onRequest: ({ method, path }) => {
        if (method === "GET" && path.includes("/comments?") && ++looks === 2)
          (github.comments as FakeComment[]).splice(0);
      },
    },
    clock,
  );
  const deliveries = await clock.run(() => publishTo(github, clock, reportOf(3, 1), { places: ["comment"] }));
  expect(deliveries).toEqual([{ place: "comment", arrived: true, problems: [] }]);
  expect(github.comments.map(({ body }) => / run=(\d+)/.exec(body)?.[1])).toEqual(["1"]);
});
