import { readFileSync } from "node:fs";
import { expect, onTestFinished, test } from "vitest";
import { type GitHubOptions, startGitHub } from "./github/server.ts";
import { testPath } from "./runner/bytes.ts";
import { runAction } from "./runner/run-action.ts";

/** The configuration of the base branch is that of the change. */
const base = readFileSync(testPath("..", "examples", "failing", "phase-gate.yml"), "utf8");

/** The bundle on an Enterprise server: GITHUB_API_URL and GITHUB_SERVER_URL are all that tells it so. */
async function run(options: GitHubOptions, checkout = "failing", publish = "comment,check,summary") {
  const github = await startGitHub(options);
  onTestFinished(() => github.close());
  const result = await runAction({
    checkout: testPath("..", "examples", checkout),
    apiUrl: github.url,
    inputs: { config: "phase-gate.yml", publish },
    env: { GITHUB_SERVER_URL: "https://github.acme.example" },
  });
  return { github, ...result };
}

test.each(["openapi-ghes-3.17", "openapi-ghes-3.19"] as const)(
  "%s gets comment, check run and annotations, with links to the server itself",
  async (server) => {
    const { github, exitCode, log } = await run({
      server,
      files: { [`${"b".repeat(40)}:phase-gate.yml`]: base },
    });
    expect(exitCode, log).toBe(1);
    expect(github.comments[0]?.body).toContain("(https://github.acme.example/acme/shop/actions/runs/1001)");
    expect(github.comments[0]?.body).not.toContain("https://github.com");
    expect(github.checkRuns).toMatchObject([{ status: "completed", conclusion: "failure" }]);
    expect(github.checkRuns[0]?.annotations).toHaveLength(4);
    expect(github.requests.filter(({ status }) => status >= 400)).toEqual([]);
    expect(github.requests.every(({ path }) => /^\/api\/(?:v3\/|graphql$)/.test(path))).toBe(true);
  },
);

test("a server without check runs gets the comment, and the log says what is missing", async () => {
  const { github, exitCode, log } = await run(
    { server: "openapi-ghes-3.17", lacks: /check-runs/ },
    "quickstart",
  );
  expect(exitCode, log).toBe(0);
  expect(github.comments).toHaveLength(1);
  expect(log).toContain("published: comment");
  expect(log).toContain(
    'not published: check run (the check run "Phase Gate" could not be written: 404 Not Found)',
  );
});

test("a server without GraphQL still knows the comment of the workflow's own token", async () => {
  const options = { server: "openapi-ghes-3.17", lacks: /graphql/ } as const;
  const old = { login: "github-actions[bot]", body: "<!-- phase-gate phase-gate run=0.1 sha=x -->\nold" };
  const { github, log } = await run({ ...options, comments: [old] }, "quickstart", "comment");
  expect(github.comments, log).toMatchObject([{ edits: 1 }]);
  expect(github.comments[0]?.body).toContain("Reached Reliability");
});
