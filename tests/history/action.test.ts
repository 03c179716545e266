import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { recordPath } from "../../src/core/history/layout.ts";
import { writeRecord } from "../../src/core/history/record-json.ts";
import { filesAt } from "../github/git-store.ts";
import { type GitHub, type GitHubOptions, startGitHub } from "../github/server.ts";
import { commitAll, git, init, write } from "../runner/repository.ts";
import { type ActionRun, runAction } from "../runner/run-action.ts";
import { ratio, record } from "./records.ts";

const config = `version: 1
sources: { coverage: reports/lcov.info }
baseline: { store: branch }
phases:
  - name: Stabilization
    kpis:
      coverage.lines: at least baseline
      coverage.files: at least 1
`;

let folder: string;
/** A clone of the newest commit alone, as actions/checkout makes one. */
let shallow: string;
let base: string;
let head: string;

/** A repository with two commits: 8 of 10 lines are covered. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "phase-gate-branch-"));
  const lines = Array.from({ length: 10 }, (_, i) => `DA:${i + 1},${i < 8 ? 1 : 0}\n`).join("");
  write(folder, ".github/phase-gate.yml", config);
  write(folder, ".gitignore", "reports\n");
  write(folder, "reports/lcov.info", `TN:\nSF:a.js\n${lines}end_of_record\n`);
  init(folder);
  base = commitAll(folder, "First");
  head = commitAll(folder, "Second");
  shallow = mkdtempSync(join(tmpdir(), "phase-gate-shallow-"));
  git(shallow, "clone", "--quiet", "--depth", "1", `file://${folder}`, ".");
  cpSync(join(folder, "reports"), join(shallow, "reports"), { recursive: true });
});

afterAll(() => {
  for (const made of [folder, shallow]) rmSync(made, { recursive: true });
});

const repository = { full_name: "acme/shop", default_branch: "main" };
const push = { name: "push", payload: JSON.stringify({ repository, before: "0".repeat(40) }) };
const ofMain = { GITHUB_REF: "refs/heads/main" };

async function gate(github: GitHub, run: Partial<ActionRun> = {}) {
  return runAction({
    checkout: folder,
    apiUrl: github.url,
    event: push,
    runNumber: 42,
    inputs: { publish: "summary" },
    ...run,
    env: { ...ofMain, GITHUB_SHA: head, ...run.env },
  });
}

async function withGitHub<T>(options: GitHubOptions, work: (github: GitHub) => Promise<T>): Promise<T> {
  const github = await startGitHub(options);
  try {
    return await work(github);
  } finally {
    await github.close();
  }
}

/** A history whose only run covered so many of 10 lines. */
const history = (covered: number): GitHubOptions => {
  const one = record(7, { sha: base, lines: ratio(covered, 10) });
  return { branches: { "phase-gate-history": { [`runs/${recordPath(one)}`]: writeRecord(one) } } };
};

const files = ({ git: store }: GitHub) =>
  [...(filesAt(store, store.refs.get("refs/heads/phase-gate-history") ?? "")?.keys() ?? [])].sort();

describe.concurrent("the action with its history on a branch", () => {
  test("records the first run of the default branch, and its re-run beside it", () =>
    withGitHub({}, async (github) => {
      const first = await gate(github);
      expect([first.exitCode, first.log], first.log).toEqual([
        0,
        expect.stringContaining("\nrecorded\n") as string,
      ]);
      expect((await gate(github, { attempt: 2 })).exitCode).toBe(0);
      const month = new Date().toISOString().slice(0, 7);
      expect(files(github)).toEqual(["README.md", `runs/${month}/1042-1.json`, `runs/${month}/1042-2.json`]);
      const text = filesAt(github.git, github.git.refs.get("refs/heads/phase-gate-history")!)!.get(
        `runs/${month}/1042-2.json`,
      )!;
      expect(JSON.parse(text)).toMatchObject({ number: 42, sha: head, parents: [base], branch: "main" });
    }));

  test("compares with the run of the commit before, and records a red run, too", () =>
    withGitHub(history(9), async (github) => {
      const { exitCode, log } = await gate(github);
      expect([exitCode, log], log).toEqual([1, expect.stringContaining("\nrecorded\n") as string]);
      expect(log).toContain("at least baseline (90%)");
      expect(files(github)).toHaveLength(2);
    }));

  test("with a token that may only read judges the same, and says that it did not record", () =>
    withGitHub({ ...history(8), contents: "read" }, async (github) => {
      const { exitCode, log, summary } = await gate(github);
      expect(exitCode, log).toBe(0);
      expect(log).toContain("\nnot recorded (this run could not be recorded (403 Resource not accessible");
      expect(summary).toContain("contents: write");
    }));

  test("compares a pull request, writes nothing, and says why", () =>
    withGitHub({ ...history(9), contents: "read" }, async (github) => {
      const pull = { number: 7, head: { sha: head }, base: { sha: base } };
      const payload = JSON.stringify({ repository, pull_request: pull });
      const { exitCode, log } = await gate(github, {
        event: { name: "pull_request", payload },
        env: { GITHUB_REF: "refs/pull/7/merge" },
      });
      expect(exitCode, log).toBe(1);
      expect(log).toContain("not recorded (only runs of the default branch are recorded)");
      expect(github.requests.filter(({ method }) => method !== "GET")).toEqual([]);
    }));

  test("asks GitHub where the checkout ends before a recorded commit", () => {
    const code = {
      commits: [
        { sha: base, parents: [] },
        { sha: head, parents: [base] },
      ],
      branches: { main: head },
    };
    return withGitHub({ ...history(9), code }, async (github) => {
      const { exitCode, log } = await gate(github, { checkout: shallow });
      expect(exitCode, log).toBe(1);
      expect(log).toContain(`Compared with ${base.slice(0, 7)} (run 7, pass, 1 commit back)`);
      const text = filesAt(github.git, github.git.refs.get("refs/heads/phase-gate-history")!)!;
      expect(JSON.parse([...text.values()].at(-1)!)).toMatchObject({ sha: head, parents: [base] });
    });
  });

  test("a shallow checkout is an error where GitHub does not tell either", () =>
    withGitHub(history(9), async (github) => {
      const { exitCode, log } = await gate(github, { checkout: shallow });
      expect(exitCode, log).toBe(2);
      expect(log).toContain("so no baseline can be found, and GitHub does not tell: 404 Not Found");
    }));

  test("a history that cannot be read is an error and no first run", () =>
    withGitHub({ ...history(9), contents: "none" }, async (github) => {
      const { exitCode, log } = await gate(github);
      expect(exitCode, log).toBe(2);
      expect(log).toContain("could not be read: 404 Not Found");
      expect(files(github)).toHaveLength(1);
    }));
});
