import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { byOrder } from "../../src/core/history/order.ts";
import type { RunRecord } from "../../src/core/model/history.ts";
import { readFolder } from "../../src/io/history-folder.ts";
import { commitAll, git, init, write } from "../runner/repository.ts";
import { type ActionResult, runAction } from "../runner/run-action.ts";

let checkout: string;

beforeAll(() => {
  checkout = realpathSync(mkdtempSync(join(tmpdir(), "phase-gate-recording-")));
  init(checkout);
});

afterAll(() => rmSync(checkout, { recursive: true }));

const plan = (limit: string) => `version: 1
sources: { coverage: { files: lcov.info, stale: allow } }
baseline: { store: file, path: .phase-gate/history }
phases: [{ name: A, kpis: { coverage.lines: [${limit}, at least baseline], coverage.files: 1 } }]
`;
const lcov = (covered: number) =>
  `TN:\nSF:a.js\n${Array.from({ length: 10 }, (_, i) => `DA:${i + 1},${i < covered ? 1 : 0}\n`).join("")}end_of_record\n`;

/** Commits what is covered; the reports lie beside it, as a step before the gate writes them. */
function commit(covered: number, limit = "at least 50%"): string {
  write(checkout, ".github/phase-gate.yml", plan(limit));
  write(checkout, ".gitignore", "lcov.info\n.phase-gate\n");
  write(checkout, "covered.txt", String(covered));
  write(checkout, "lcov.info", lcov(covered));
  return commitAll(checkout, `Cover ${covered}`);
}

const repository = { name: "shop", full_name: "acme/shop", default_branch: "main" };
const ran = (name: string, payload: object, sha: string, runNumber: number, attempt = 1, ref?: string) =>
  runAction({
    checkout,
    inPlace: true,
    runNumber,
    attempt,
    inputs: { publish: "none" },
    event: { name, payload: JSON.stringify({ repository, ...payload }) },
    env: { GITHUB_SHA: sha, ...(ref === undefined ? {} : { GITHUB_REF: ref }) },
  });
const push = (sha: string, runNumber: number, attempt?: number) =>
  ran("push", { ref: "refs/heads/main" }, sha, runNumber, attempt, "refs/heads/main");

const recorded = () =>
  readFolder({ shown: "h", path: join(checkout, ".phase-gate", "history"), gate: "phase-gate" })
    .records.toSorted(byOrder)
    .map(({ number, attempt, sha }: RunRecord) => [number, attempt, sha.slice(0, 7)]);
const baseline = ({ report }: ActionResult) =>
  (report as { readonly past: { readonly baseline: unknown } }).past.baseline;

test("the action records runs of the default branch in a folder and compares every other with them", async () => {
  const first = commit(8);
  const one = await push(first, 1);
  expect([one.exitCode, baseline(one)], one.log).toEqual([0, { none: "no recorded run yet" }]);
  expect(recorded()).toEqual([[1, 1, first.slice(0, 7)]]);

  const second = commit(7);
  const two = await push(second, 2);
  expect([two.exitCode, baseline(two)]).toMatchObject([
    1,
    { sha: first, number: 1, outcome: "pass", distance: 1 },
  ]);
  const again = await push(second, 2, 2);
  expect(baseline(again)).toMatchObject({ sha: first });
  expect(recorded()).toEqual([
    [1, 1, first.slice(0, 7)],
    [2, 1, second.slice(0, 7)],
    [2, 2, second.slice(0, 7)],
  ]);

  // A merge queue tries a change that also asks less: it is held against what the group is built on, and not recorded.
  git(checkout, "checkout", "-q", "-b", "gh-readonly-queue/main/pr-7-abc");
  const tried = commit(7, "at least 40%");
  const group = {
    head_sha: tried,
    base_sha: second,
    head_ref: `refs/heads/gh-readonly-queue/main/pr-7-${second}`,
  };
  const queue = await ran("merge_group", { merge_group: group }, tried, 3);
  expect([queue.exitCode, baseline(queue)], queue.log).toMatchObject([
    2,
    { sha: second, number: 2, outcome: "fail" },
  ]);
  expect(queue.log).toContain(`"at least 50%" is now "at least 40%, at least baseline"`);
  expect(recorded()).toHaveLength(3);
});
