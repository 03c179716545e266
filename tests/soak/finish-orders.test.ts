import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { artifactClient } from "../../src/io/artifacts.ts";
import type { Clock } from "../../src/io/clock.ts";
import { connect } from "../../src/io/github.ts";
import { branchClient } from "../../src/io/github-branch.ts";
import { openTransport, type World } from "../../src/io/github-transport.ts";
import { artifactStore } from "../../src/io/history-artifact.ts";
import { branchStore } from "../../src/io/history-branch.ts";
import { beginPublishing } from "../../src/publish/publish.ts";
import type { FakeArtifact } from "../github/artifacts.ts";
import { createInProcess, type InProcess } from "../github/in-process.ts";
import { record } from "../history/records.ts";
import { reportOf } from "../publish/report.ts";
import { filesBelow } from "../runner/bytes.ts";
import { zipFile } from "../runner/zip-file.ts";
import { rounds, seed } from "./share.ts";

/** 10,000 in full. */
const orders = Math.ceil(rounds > 1_000 ? rounds / 2 : rounds / 10);

/** Run 3 passes, the others fail: whatever ends last, its word must stand. */
const reports = [reportOf(101, 1), reportOf(101, 2), reportOf(0, 3)];

/** A clock whose pauses end in any order. What only guards against silence never ends, because every answer comes. */
function scheduledClock(scheduler: fc.Scheduler): Clock {
  let now = Date.UTC(2026, 0, 1);
  return {
    now: () => now,
    random: () => 0.5,
    async sleep(milliseconds, signal) {
      if (signal !== undefined)
        return new Promise((resolve) =>
          signal.addEventListener("abort", () => resolve(false), { once: true }),
        );
      const until = now + milliseconds;
      await scheduler.schedule(Promise.resolve(), "pause");
      now = Math.max(now, until);
      return true;
    },
  };
}

/** One run: it publishes its report and keeps its record, with requests that arrive when the scheduler lets them. */
async function publish(github: InProcess, clock: Clock, scheduler: fc.Scheduler, index: number) {
  const fetch: typeof globalThis.fetch = async (address, init) => {
    await scheduler.schedule(Promise.resolve(), `${init?.method} ${new Request(address).url}`);
    return github.fetch(address, init);
  };
  const [access, world] = [
    { apiUrl: github.url, token: "t", repository: "acme/shop" },
    { fetch, clock },
  ];
  const report = reports[index]!;
  const { name, title, run } = report;
  const to = { client: connect(access, world), name, title, phases: [], commentWhen: "always" as const };
  const publications = await beginPublishing(["comment", "check"], { ...to, run, without: {} });
  await publications.finish(report);
  const client = branchClient(openTransport(access, world), access, world);
  const place = { branch: "history", gate: "phase-gate", temp: tmpdir() };
  await branchStore(place, client, clock).keep(record(index + 1), []);
}

/** What stands on GitHub when all runs have ended, as far as it is wrong. */
function wrongIn({ comments, checkRuns, git }: InProcess): readonly string[] {
  const shown = comments.map(({ body }) => / run=(\d+)/.exec(body)?.[1]).join();
  const files = git.trees.get(git.commits.get(git.refs.get("refs/heads/history") ?? "")?.tree ?? "");
  // A newer run may close the check run of an older one that it sees open; then it says so, and never success.
  const checks = checkRuns.filter(({ status, conclusion, externalId }) => {
    const right = externalId === "phase-gate:phase-gate:1003:1" ? ["success"] : ["failure", "cancelled"];
    return status !== "completed" || !right.includes(conclusion ?? "");
  });
  return [
    ...(shown === "3" ? [] : [`comments of ${shown}`]),
    ...checks.map(({ externalId, status, conclusion }) => `${externalId}: ${status} ${conclusion}`),
    ...(files?.size === 4 ? [] : [`${files?.size} files in the history`]),
  ];
}

describe(`${orders} orders in which the requests of three runs arrive (seed ${seed})`, () => {
  test("end with the newest run in comment and check run, and with every record", { timeout: 900_000 }, () =>
    fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const clock = scheduledClock(scheduler);
        const github = createInProcess({}, clock);
        await scheduler.waitFor(
          Promise.all(reports.map((_, index) => publish(github, clock, scheduler, index))),
        );
        expect(wrongIn(github)).toEqual([]);
      }),
      { numRuns: orders, seed },
    ),
  );
});

/** A run that keeps its record in the next artifact, which a later step uploads. No artifact is ever changed. */
async function upload(github: InProcess, clock: Clock, scheduler: fc.Scheduler, run: Uploading) {
  const fetch: typeof globalThis.fetch = async (...request) => {
    await scheduler.schedule(Promise.resolve(), "request");
    return github.fetch(...request);
  };
  const folder = join(run.temp, String(run.number));
  const store = artifacts(github, { fetch, clock }, { ...run, folder });
  const { records } = await store.read();
  await store.keep(record(run.number), records);
  await scheduler.schedule(Promise.resolve(), "upload");
  const files = filesBelow(folder).map((path) => ({ name: path, content: readFileSync(join(folder, path)) }));
  const id = run.uploaded.length + 1;
  run.uploaded.push({
    id,
    name: "history",
    run: 1_000 + run.number,
    branch: "main",
    content: zipFile(files),
  });
}

interface Uploading {
  readonly number: number;
  readonly temp: string;
  readonly uploaded: FakeArtifact[];
}

function artifacts(
  { url: apiUrl }: InProcess,
  world: World,
  { temp, folder = "" }: { readonly temp: string; readonly folder?: string },
) {
  const access = { apiUrl, token: "t", repository: "acme/shop" };
  const client = artifactClient(openTransport(access, world), access, world);
  return artifactStore({ name: "history", branch: "main", gate: "phase-gate", temp, folder }, client);
}

describe(`${orders} orders in which runs upload the artifact of a history (seed ${seed})`, () => {
  let temp: string;
  beforeAll(() => (temp = mkdtempSync(join(tmpdir(), "phase-gate-orders-"))));
  afterAll(() => rmSync(temp, { recursive: true }));

  test.each([
    ["three runs, and none of their records is lost", [1, 2, 3], [1, 2, 3]],
    ["six runs, and the newest one is in sight", [1, 2, 3, 4, 5, 6], [6]],
  ])("of %s", { timeout: 900_000 }, (_, numbers, seen) =>
    fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const clock = scheduledClock(scheduler);
        const uploaded: FakeArtifact[] = [];
        const github = createInProcess({ artifacts: uploaded }, clock);
        const runs = numbers.map((number) => upload(github, clock, scheduler, { number, temp, uploaded }));
        await scheduler.waitFor(Promise.all(runs));
        const { records, problems } = await artifacts(
          github,
          { fetch: github.fetch, clock },
          { temp },
        ).read();
        expect(problems).toEqual([]);
        expect(records.map(({ number }) => number)).toEqual(expect.arrayContaining(seen));
      }),
      { numRuns: orders, seed },
    ),
  );
});
