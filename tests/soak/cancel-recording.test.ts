import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { recordPath } from "../../src/core/history/layout.ts";
import { readRecord, writeRecord } from "../../src/core/history/record-json.ts";
import type { GitHubOptions } from "../github/exchange.ts";
import { filesAt } from "../github/git-store.ts";
import { startGitHub } from "../github/server.ts";
import { record } from "../history/records.ts";
import { write } from "../runner/repository.ts";
import { type ActionRun, runAction } from "../runner/run-action.ts";
import { zipFile } from "../runner/zip-file.ts";
import { random } from "./random.ts";
import { rounds, seed } from "./share.ts";

const next = random(seed);
const name = "phase-gate-history";
const [old, sha] = ["d", "c"].map((digit) => digit.repeat(40)) as [string, string];
const code = {
  commits: [
    { sha: old, parents: [] },
    { sha, parents: [old] },
  ],
  branches: { main: sha },
};
const before = record(7, { sha: old });
const kept = `runs/${recordPath(before)}`;

let checkout: string;

beforeAll(() => {
  checkout = mkdtempSync(join(tmpdir(), "phase-gate-cancel-"));
  write(checkout, "junit.xml", '<testsuite name="s"><testcase name="a"/></testsuite>');
  for (const store of ["branch", "artifact"])
    write(
      checkout,
      `${store}.yml`,
      `version: 1\nsources: { tests: junit.xml }\nbaseline: { store: ${store} }\nphases: [{ name: A, kpis: { tests.pass_rate: 100% } }]\n`,
    );
});

afterAll(() => rmSync(checkout, { recursive: true }));

/** A run of the default branch, with what is on GitHub when it has ended. */
async function push(store: "branch" | "artifact", options: GitHubOptions, run: Partial<ActionRun> = {}) {
  const github = await startGitHub({ code, ...options, latency: () => next() * 30 });
  try {
    const result = await runAction({
      checkout,
      apiUrl: github.url,
      event: {
        name: "push",
        payload: JSON.stringify({ repository: { full_name: "acme/shop", default_branch: "main" } }),
      },
      runNumber: 42,
      env: { GITHUB_REF: "refs/heads/main", GITHUB_SHA: sha },
      ...run,
      inputs: { config: `${store}.yml`, publish: "check" },
    });
    const files =
      filesAt(github.git, github.git.refs.get(`refs/heads/${name}`) ?? "") ?? new Map<string, string>();
    const checks = github.checkRuns.map(({ status, conclusion }) => `${status} ${conclusion}`);
    return { ...result, files: Object.fromEntries(files), checks };
  } finally {
    await github.close();
  }
}

/** Cancels the job so many milliseconds after the request that matches has arrived. */
function cancelling(at: RegExp, later: number) {
  let kill: (signal: NodeJS.Signals) => void = () => {};
  const onRequest: GitHubOptions["onRequest"] = ({ method, path }) => {
    if (at.test(`${method} ${path}`)) setTimeout(() => kill("SIGINT"), later);
  };
  return { onRequest, run: { onStart: (send: typeof kill) => (kill = send) } };
}

/** Where a file is no whole record. */
const broken = (files: Readonly<Record<string, string>>) =>
  Object.entries(files).filter(([path, text]) => path !== "README.md" && "wrong" in readRecord(text));

const writes = [/POST .*\/git\/trees/, /POST .*\/git\/commits/, /(?:POST|PATCH) .*\/git\/refs/];
const moments = Array.from({ length: rounds > 1_000 ? 30 : 1 }, (_, i) => ({
  at: writes[i % writes.length]!,
  later: Math.floor(next() * 60),
  first: next() < 0.5,
}));

describe(`a job that is cancelled while it records its run (seed ${seed})`, () => {
  test.each(moments)(
    "on a branch, $later ms after $at",
    { timeout: 60_000 },
    async ({ at, later, first }) => {
      const branches = first ? {} : { [name]: { [kept]: writeRecord(before) } };
      const { onRequest, run } = cancelling(at, later);
      const cut = await push("branch", { branches, onRequest }, run);
      // What was judged stands by then; the signal may also find the process at its end.
      expect([cut.checks, cut.outputs["outcome"]], cut.log).toEqual([["completed success"], "pass"]);
      expect([0, 130, null]).toContain(cut.exitCode);
      expect(broken(cut.files)).toEqual([]);
      if (!first) expect(cut.files[kept]).toBe(writeRecord(before));
      const again = await push(
        "branch",
        Object.keys(cut.files).length === 0 ? {} : { branches: { [name]: cut.files } },
        { attempt: 2 },
      );
      expect([again.exitCode, again.log], again.log).toEqual([
        0,
        expect.stringContaining("\nrecorded\n") as string,
      ]);
      expect(again.files).toMatchObject(cut.files);
    },
  );

  test.each(moments.map(({ later }) => later))(
    "in an artifact, %i ms after its check run",
    { timeout: 60_000 },
    async (later) => {
      const content = zipFile([{ name: kept, content: writeRecord(before) }]);
      const artifacts = [{ id: 1, name, run: 7, branch: "main", content }];
      const { onRequest, run } = cancelling(/PATCH .*\/check-runs/, later);
      const cut = await push("artifact", { artifacts, onRequest }, run);
      expect(cut.checks, cut.log).toEqual(["completed success"]);
      // The next artifact is whole, or no step is told to upload one.
      const folder = Object.entries(cut.history);
      expect([0, 2]).toContain(folder.length);
      expect(broken(cut.history)).toEqual([]);
      const left = folder.map(([path, text]) => ({ name: path, content: text }));
      const uploaded =
        left.length === 0 ? [] : [{ id: 2, name, run: 1042, branch: "main", content: zipFile(left) }];
      const again = await push("artifact", { artifacts: [...artifacts, ...uploaded] }, { attempt: 2 });
      expect(again.log).toContain("\nrecorded\n");
      expect(Object.keys(again.history)).toEqual(
        expect.arrayContaining([kept, ...folder.map(([path]) => path)]),
      );
    },
  );
});
