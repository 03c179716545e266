import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { recordPath } from "../../src/core/history/layout.ts";
import { keepAllDays } from "../../src/core/history/prune.ts";
import { writeRecord } from "../../src/core/history/record-json.ts";
import type { RunRecord } from "../../src/core/model/history.ts";
import { artifactClient } from "../../src/io/artifacts.ts";
import { openTransport } from "../../src/io/github-transport.ts";
import { artifactStore } from "../../src/io/history-artifact.ts";
import type { FakeArtifact } from "../github/artifacts.ts";
import type { GitHubOptions } from "../github/exchange.ts";
import { createInProcess } from "../github/in-process.ts";
import { startGitHub } from "../github/server.ts";
import { filesBelow, testPath } from "../runner/bytes.ts";
import { write } from "../runner/repository.ts";
import { type ActionResult, runAction } from "../runner/run-action.ts";
import { virtualClock } from "../runner/virtual-clock.ts";
import { zipFile } from "../runner/zip-file.ts";
import { day, ratio, record } from "./records.ts";

const temp = mkdtempSync(join(tmpdir(), "phase-gate-artifact-"));

afterAll(() => rmSync(temp, { recursive: true }));

const name = "phase-gate-history";

const artifact = (
  id: number,
  records: readonly RunRecord[],
  more: Partial<FakeArtifact> = {},
): FakeArtifact => ({
  id,
  name,
  run: 1_000 + id,
  branch: "main",
  content: zipFile(records.map((one) => ({ name: `runs/${recordPath(one)}`, content: writeRecord(one) }))),
  ...more,
});

function begin(artifacts: readonly FakeArtifact[], options: GitHubOptions = {}) {
  const clock = virtualClock();
  const github = createInProcess({ artifacts, ...options }, clock);
  const access = { apiUrl: github.url, token: "t", repository: "acme/shop" };
  const world = { fetch: github.fetch, clock };
  const client = artifactClient(openTransport(access, world), access, world);
  const folder = join(temp, "next");
  const store = artifactStore({ name, branch: "main", gate: "phase-gate", temp, folder }, client);
  return { github, folder, store, read: () => clock.run(() => store.read()) };
}

const numbers = (records: readonly RunRecord[]) => records.map(({ number }) => number).sort((a, b) => a - b);

describe("the history in an artifact", () => {
  test("is what the last run of the branch has left", async () => {
    const { github, read } = begin([
      artifact(1, [record(1)]),
      artifact(2, [record(1), record(2)]),
      artifact(3, [], { name: "junit" }),
    ]);
    const { records, problems } = await read();
    expect([numbers(records), problems]).toEqual([[1, 2], []]);
    expect(github.requests[0]!.path).toContain("/actions/artifacts?name=phase-gate-history");
  });

  test("is united where two runs did not know of each other", async () => {
    const { read } = begin([
      artifact(1, [record(1)]),
      artifact(2, [record(1), record(2)]),
      artifact(3, [record(1), record(3)]),
    ]);
    expect(numbers((await read()).records)).toEqual([1, 2, 3]);
  });

  test("is that of the newest run, too, where older ones that did not know of it end after it", async () => {
    const { read } = begin([
      artifact(1, [record(6)], { run: 1_006 }),
      ...[2, 3, 4].map((id) => artifact(id, [record(id)], { run: 1_000 + id })),
    ]);
    expect(numbers((await read()).records)).toEqual([2, 3, 4, 6]);
  });

  test("is none of another branch and none of a fork whose branch is called alike", async () => {
    const { read } = begin([
      artifact(1, [record(1)]),
      artifact(2, [record(8)], { branch: "change" }),
      artifact(3, [record(9)], { fork: true }),
    ]);
    expect(numbers((await read()).records)).toEqual([1]);
  });

  test("begins with no record", async () => {
    expect(await begin([]).read()).toEqual({ records: [], problems: [] });
  });

  test("begins anew where every artifact has expired, and says so", async () => {
    const { records, problems } = await begin([artifact(1, [record(1)], { expired: true })]).read();
    expect([records, problems]).toEqual([
      [],
      [expect.objectContaining({ code: "history-expired", severity: "warning" })],
    ]);
  });

  const damaged: readonly (readonly [string, Partial<FakeArtifact>, GitHubOptions, RegExp])[] = [
    ["no archive", { content: Buffer.from("half") }, {}, /damaged or cut off/],
    ["half a record", { content: zipFile([{ name: "runs/2026-01/1-1.json", content: "{" }]) }, {}, /JSON/],
    ["no permission", {}, { actions: "none" }, /403 Resource not accessible/],
  ];

  test.each(damaged)("is an error with %s, and no first run", async (_, more, options, why) => {
    const { records, problems } = await begin([artifact(1, [record(1)], more)], options).read();
    expect(records).toEqual([]);
    expect(problems).toMatchObject([{ code: "history-unreadable", severity: "error" }]);
    expect(problems[0]!.message).toMatch(why);
  });

  test("is left whole for the next artifact, without what need not be kept", async () => {
    const old = [1, 2].map((number) => record(number, { at: day(5), lines: ratio(100 - number, 100) }));
    const more = [...old, record(3, { at: day(5) })];
    const { store, folder } = begin([]);
    expect(await store.keep(record(9, { at: day(keepAllDays + 10) }), more)).toBe(true);
    expect(filesBelow(folder)).toEqual([
      "runs/2026-01/1001-1.json",
      "runs/2026-01/1003-1.json",
      "runs/2026-04/1009-1.json",
    ]);
    expect(await store.keep(record(3), [record(3)])).toBe(false);
  });
});

interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly if?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

/** What the page shows for an artifact: the configuration and the workflow. */
const [config = "", workflow = ""] = [
  ...readFileSync(testPath("..", "docs", "history.md"), "utf8")
    .split("### In an artifact")[1]!
    .matchAll(/```yaml\n([\s\S]*?)```/g),
].map(([, text = ""]) => text);
const steps = Object.values((parse(workflow) as { jobs: Record<string, { steps: Step[] }> }).jobs).flatMap(
  (job) => job.steps,
);
const step = (action: string) => steps.find(({ uses = "" }) => uses.startsWith(`${action}@`))!;

describe("the workflow of docs/history.md for an artifact", () => {
  const repository = { full_name: "acme/shop", default_branch: "main" };
  const commits = ["1", "2"].map((digit) => digit.repeat(40)) as [string, string];
  const code = {
    commits: [
      { sha: commits[0], parents: [] },
      { sha: commits[1], parents: [commits[0]] },
    ],
    branches: { main: commits[0] },
  };

  /** A run with so many of 10 lines covered, and the artifacts that runs before it left. */
  async function run(covered: number, artifacts: readonly FakeArtifact[], event: "push" | "pull_request") {
    const checkout = mkdtempSync(join(temp, "checkout-"));
    const github = await startGitHub({ artifacts, code, contents: "read" });
    try {
      const lines = Array.from({ length: 10 }, (_, i) => `DA:${i + 1},${i < covered ? 1 : 0}\n`).join("");
      write(checkout, ".github/phase-gate.yml", config);
      write(checkout, "junit.xml", `<testsuite name="s"><testcase name="t"/></testsuite>`);
      write(checkout, "lcov.info", `TN:\nSF:a.js\n${lines}end_of_record\n`);
      const pull = { number: 7, head: { sha: commits[1] }, base: { sha: commits[0] } };
      const payload = JSON.stringify({ repository, ...(event === "push" ? {} : { pull_request: pull }) });
      const env =
        event === "push"
          ? { GITHUB_REF: "refs/heads/main", GITHUB_SHA: commits[0] }
          : { GITHUB_REF: "refs/pull/7/merge", GITHUB_SHA: commits[1] };
      const inputs = { publish: "summary" };
      const runNumber = event === "push" ? 1 : 2;
      return await runAction({
        checkout,
        apiUrl: github.url,
        event: { name: event, payload },
        env,
        inputs,
        runNumber,
      });
    } finally {
      await github.close();
    }
  }

  /** What the last step uploads: the folder becomes the top of the archive. */
  const uploaded = (id: number, { history }: ActionResult): FakeArtifact => ({
    ...artifact(id, []),
    name: String(step("actions/upload-artifact").with?.["name"]),
    content: zipFile(Object.entries(history).map(([path, content]) => ({ name: path, content }))),
  });

  test("uploads what the gate leaves, only where it leaves something", () => {
    const output = `$\{{ steps.${step("phase-gate/phase-gate").id}.outputs.history }}`;
    expect(step("actions/upload-artifact")).toMatchObject({
      if: `$\{{ !cancelled() && ${output.slice(4, -3)} }}`,
      with: { name, path: output },
    });
    expect(parse(workflow)).toMatchObject({ permissions: { contents: "read", actions: "read" } });
  });

  test("compares a pull request with the run that the push to main has left", async () => {
    const first = await run(9, [], "push");
    expect(Object.keys(first.history), first.log).toHaveLength(1);
    expect(first.log).toContain("\nrecorded\n");
    const second = await run(8, [uploaded(1, first)], "pull_request");
    expect([second.exitCode, second.outputs["history"]], second.log).toEqual([1, undefined]);
    expect(second.log).toContain("at least baseline (90%)");
  });
});
