import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, type TestContext, test } from "vitest";
import { parse } from "yaml";
import { startGitHub } from "./github/server.ts";
import { testPath } from "./runner/bytes.ts";
import { headSha, runAction } from "./runner/run-action.ts";
import { zipFile } from "./runner/zip-file.ts";

interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
}
interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>;
}

/** The two workflows as the page shows them. */
const [judging, publishing] = [
  ...readFileSync(testPath("..", "docs", "forks.md"), "utf8").matchAll(/```yaml\n([\s\S]*?)```/g),
].map(([, text = ""]) => parse(text) as Workflow);

function stepOf(workflow: Workflow | undefined, action: string): Step {
  const steps = Object.values(workflow?.jobs ?? {}).flatMap((job) => job.steps);
  const step = steps.find(({ uses = "" }) => uses.startsWith(`${action}@`));
  if (!step) throw new Error(`docs/forks.md shows no step with ${action}`);
  return step;
}

const gate = stepOf(judging, "phase-gate/phase-gate");
const upload = stepOf(judging, "actions/upload-artifact");
const publish = stepOf(publishing, "phase-gate/phase-gate");

const fork = "mallory/shop";
const head = { sha: headSha, ref: "change", repo: { full_name: fork } };
const repository = { full_name: "acme/shop", default_branch: "main" };
const pull = { headSha, baseSha: "b".repeat(40), headRef: "change", headRepository: fork };

/** The first workflow, for a pull request from a fork, with the token that GitHub gives it. */
async function judge(example: string) {
  const checkout = mkdtempSync(join(tmpdir(), "phase-gate-fork-"));
  const github = await startGitHub({ issues: "read", checks: "read", pulls: { 7: pull } });
  try {
    cpSync(testPath("..", "examples", example), checkout, { recursive: true });
    mkdirSync(join(checkout, ".github"));
    renameSync(join(checkout, "phase-gate.yml"), join(checkout, ".github", "phase-gate.yml"));
    const payload = JSON.stringify({
      pull_request: { number: 7, head, base: { sha: pull.baseSha } },
      repository,
    });
    const event = { name: "pull_request", payload };
    const result = await runAction({ checkout, apiUrl: github.url, event, inputs: { ...gate.with } });
    return { ...result, written: github.requests.filter(({ method }) => method !== "GET").length };
  } finally {
    rmSync(checkout, { recursive: true });
    await github.close();
  }
}

describe("the two workflows of docs/forks.md", () => {
  let failing: Awaited<ReturnType<typeof judge>>;
  let passing: Awaited<ReturnType<typeof judge>>;
  beforeAll(async () => {
    [failing, passing] = await Promise.all([judge("failing"), judge("quickstart")]);
  });

  /** The second workflow, after a first one that uploaded this report. */
  async function published(
    onTestFinished: TestContext["onTestFinished"],
    report: unknown,
    { pulls = { 7: pull }, artifact = upload.with!["name"]!, from = fork } = {},
  ) {
    const text = typeof report === "string" ? report : JSON.stringify(report);
    const content = zipFile([{ name: "report.json", content: text }]);
    const github = await startGitHub({ pulls, artifacts: [{ id: 1, name: artifact, run: 55, content }] });
    const empty = mkdtempSync(join(tmpdir(), "phase-gate-empty-"));
    onTestFinished(async () => {
      rmSync(empty, { recursive: true });
      await github.close();
    });
    const run = { id: 55, run_number: 12, run_attempt: 2, event: "pull_request", pull_requests: [] };
    const about = { head_sha: headSha, head_branch: "change", head_repository: { full_name: from } };
    const event = {
      name: "workflow_run",
      payload: JSON.stringify({ workflow_run: { ...run, ...about }, repository }),
    };
    const result = await runAction({
      checkout: empty,
      apiUrl: github.url,
      event,
      inputs: { ...publish.with },
    });
    return { ...result, comments: github.comments, checks: github.checkRuns };
  }

  test("ask for the permissions that they need, and no more", ({ expect }) => {
    expect(judging?.permissions).toEqual({ contents: "read" });
    expect(publishing?.permissions).toEqual({
      actions: "read",
      contents: "read",
      "pull-requests": "write",
      checks: "write",
    });
    expect(upload.with?.["path"]).toBe(`$\{{ steps.${gate.id}.outputs.report }}`);
    expect(publish.with).toEqual({ report: `artifact:${upload.with?.["name"]}` });
  });

  test("judge with a token that may only read, and write nothing", ({ expect }) => {
    expect([failing.exitCode, passing.exitCode]).toEqual([1, 0]);
    expect([failing.written, passing.written]).toEqual([0, 0]);
    expect(failing.summary).toContain("No phase reached (0 of 2).");
  });

  test("publish a red report on the pull request", async ({ expect, onTestFinished }) => {
    const { exitCode, outputs, log, comments, checks, markdown } = await published(
      onTestFinished,
      failing.report,
    );
    expect(exitCode, log).toBe(0);
    expect(outputs["outcome"]).toBe("fail");
    expect(comments.map(({ issue }) => issue)).toEqual([7]);
    expect(comments[0]!.body.split("\n")[0]).toBe(`<!-- phase-gate phase-gate run=12.2 sha=${headSha} -->`);
    expect(comments[0]!.body).toContain("No phase reached (0 of 2). Missing for Stabilization");
    expect(checks).toHaveLength(1);
    expect(checks[0]).toMatchObject({
      name: "Phase Gate",
      headSha,
      status: "completed",
      conclusion: "failure",
    });
    expect(checks[0]!.annotations.length).toBeGreaterThan(0);
    // Apart from the line on commit and run, the page is the one that was judged.
    const page = (text: string) => text.slice(0, text.lastIndexOf("<sub>"));
    expect(page(markdown)).toBe(page(failing.markdown));
  });

  test("publish a green report on the pull request", async ({ expect, onTestFinished }) => {
    const { exitCode, comments, checks } = await published(onTestFinished, passing.report);
    expect(exitCode).toBe(0);
    expect(comments[0]!.body).toContain("Reached Reliability (2 of 2).");
    expect(checks[0]).toMatchObject({ conclusion: "success" });
  });

  test("believe no number, commit, run, name or title of the report", async ({ expect, onTestFinished }) => {
    const forged = {
      ...(passing.report as object),
      name: "another-gate",
      title: "CI / build",
      run: {
        at: "2026-11-24T00:00:00.000Z",
        repository: "acme/other",
        sha: "d".repeat(40),
        pullRequest: 8,
        id: 1,
        number: 99,
        attempt: 9,
        url: "https://evil.example",
      },
    };
    const pulls = { 7: pull, 8: { ...pull, headRef: "other" } };
    const { comments, checks } = await published(onTestFinished, forged, { pulls });
    expect(comments.map(({ issue }) => issue)).toEqual([7]);
    expect(comments[0]!.body.split("\n")[0]).toBe(`<!-- phase-gate phase-gate run=12.2 sha=${headSha} -->`);
    expect(checks.map(({ name, headSha: sha }) => [name, sha])).toEqual([["Phase Gate", headSha]]);
    expect(JSON.stringify([comments, checks])).not.toMatch(/evil\.example|CI \/ build|another-gate/);
  });

  test.for([
    ["has a newer commit", { ...pull, headSha: "e".repeat(40) }],
    ["is of another branch", { ...pull, headRef: "other" }],
    ["is of another fork", { ...pull, headRepository: "someone/shop" }],
  ] as const)("write no comment where the pull request %s", async ([, other], { expect, onTestFinished }) => {
    const pulls = { 7: other };
    const { exitCode, comments, log } = await published(onTestFinished, failing.report, { pulls });
    expect([exitCode, comments.length]).toEqual([0, 0]);
    expect(log).toContain("[pull-request-unknown]");
  });

  test.for([
    ["is no report", "nothing"],
    ["is of another form", '{"schema":1,"outcome":"pass"}'],
    ["is a page of HTML", "<!DOCTYPE html><script>alert(1)</script>"],
  ] as const)(
    "refuse what %s, and say so on the pull request",
    async ([, report], { expect, onTestFinished }) => {
      const { exitCode, outputs, log, comments, checks } = await published(onTestFinished, report);
      expect([exitCode, outputs["outcome"]], log).toEqual([2, "error"]);
      expect(comments[0]!.body).toContain("Could not judge: 1 problem with the report.");
      expect(checks[0]).toMatchObject({ conclusion: "failure" });
      expect(log).toContain("[report-refused]");
    },
  );

  test("are red where the first one uploaded nothing", async ({ expect, onTestFinished }) => {
    const { exitCode, log, checks } = await published(onTestFinished, "", { artifact: "another" });
    expect(exitCode).toBe(2);
    expect(log).toContain("the report is not among the artifacts of the run [report-refused]");
    expect(checks[0]).toMatchObject({ conclusion: "failure" });
  });
});
