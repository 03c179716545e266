import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { recordPath } from "../../src/core/history/layout.ts";
import { readRecord } from "../../src/core/history/record-json.ts";
import { filesAt } from "../github/git-store.ts";
import { startGitHub } from "../github/server.ts";
import { write } from "../runner/repository.ts";
import { type ActionRun, runAction } from "../runner/run-action.ts";
import { random } from "./random.ts";
import { seed } from "./share.ts";

/** In full, or the share of `npm test`. */
const kills = process.env["SOAK_ROUNDS"] === undefined ? 1 : 100;

const name = "phase-gate-history";
const sha = "c".repeat(40);
const event = {
  name: "push",
  payload: JSON.stringify({ repository: { full_name: "acme/shop", default_branch: "main" } }),
};

let checkout: string;

beforeAll(() => {
  checkout = mkdtempSync(join(tmpdir(), "phase-gate-kill-"));
  write(checkout, "junit.xml", '<testsuite name="s"><testcase name="a"/></testsuite>');
  write(
    checkout,
    "gate.yml",
    "version: 1\nsources: { tests: junit.xml }\nbaseline: { store: branch }\nphases: [{ name: A, kpis: { tests.pass_rate: 100% } }]\n",
  );
});

afterAll(() => rmSync(checkout, { recursive: true }));

test(`${kills} processes killed while they and others record on a branch leave it whole (seed ${seed})`, {
  timeout: 3_600_000,
}, async () => {
  const next = random(seed);
  let onWrite = () => {};
  const github = await startGitHub({
    code: { commits: [{ sha, parents: [] }], branches: { main: sha } },
    latency: () => next() * 20,
    onRequest: ({ method, path }) => {
      if (method !== "GET" && path.includes("/git/")) onWrite();
    },
  });
  const push = (runNumber: number, onStart?: ActionRun["onStart"]) =>
    runAction({
      checkout,
      apiUrl: github.url,
      event,
      runNumber,
      env: { GITHUB_REF: "refs/heads/main", GITHUB_SHA: sha },
      inputs: { config: "gate.yml", publish: "none" },
      ...(onStart ? { onStart } : {}),
    });
  const files = () =>
    filesAt(github.git, github.git.refs.get(`refs/heads/${name}`) ?? "") ?? new Map<string, string>();
  try {
    let killed = 0;
    let runs = 0;
    // One that is done before it is killed does not count.
    while (killed < kills && runs < kills * 4) {
      runs += 1;
      const before = files();
      // One of the requests of both, and a moment after it arrived.
      let [left, later] = [1 + Math.floor(next() * 6), next() * 30];
      const victim = push(2 * runs, (send) => {
        onWrite = () => {
          left -= 1;
          if (left === 0) setTimeout(() => send("SIGKILL"), later);
        };
      });
      const [{ exitCode }, rival] = await Promise.all([victim, push(2 * runs + 1)]);
      if (exitCode === null) killed += 1;
      expect([rival.exitCode, rival.log], rival.log).toEqual([
        0,
        expect.stringContaining("\nrecorded\n") as string,
      ]);
      const after = files();
      // What was there is there, unchanged; what is new is whole.
      for (const [path, text] of before) expect(after.get(path), path).toBe(text);
      const own = [...after].flatMap(([path, text]) => {
        if (path === "README.md") return [];
        const read = readRecord(text);
        return [["wrong" in read ? read.wrong : `runs/${recordPath(read.record)}`, path]];
      });
      for (const [found, path] of own) expect(found).toBe(path);
      expect([...after.keys()].filter((path) => path.endsWith(`/${1001 + 2 * runs}-1.json`))).toHaveLength(1);
    }
    expect(killed).toBe(kills);
    expect((await push(2 * runs + 2)).log).toContain("\nrecorded\n");
  } finally {
    await github.close();
  }
});
