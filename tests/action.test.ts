import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type GitHub, type GitHubOptions, startGitHub } from "./github/server.ts";
import { type ActionRun, headSha, runAction } from "./runner/run-action.ts";

const example = (name: string) => fileURLToPath(new URL(`../examples/${name}`, import.meta.url));

let github: GitHub;

const start = async (options: GitHubOptions = {}) => {
  await github.close();
  github = await startGitHub(options);
};

beforeEach(async () => {
  github = await startGitHub();
});

afterEach(() => github.close());

const run = (options: Partial<ActionRun> = {}) =>
  runAction({
    checkout: example("failing"),
    apiUrl: github.url,
    ...options,
    inputs: { config: "phase-gate.yml", ...options.inputs },
  });

describe("the bundle, run as the runner runs it", () => {
  test("posts one comment and updates the same one on the next run", async () => {
    const first = await run({ runNumber: 1 });
    const second = await run({ runNumber: 2, checkout: example("quickstart") });
    expect([first.exitCode, second.exitCode]).toEqual([1, 0]);
    expect(github.comments).toHaveLength(1);
    expect(github.comments[0]).toMatchObject({ login: "github-actions[bot]", edits: 1 });
    expect(github.comments[0]!.body.split("\n")[0]).toBe(
      `<!-- phase-gate phase-gate run=2.1 sha=${headSha} -->`,
    );
    expect(github.comments[0]!.body).toContain("Reached Reliability &#40;2 of 2&#41;");
  });
});
