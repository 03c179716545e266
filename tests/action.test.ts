import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, type TestContext, test } from "vitest";
import type { FakeArtifact } from "./github/artifacts.ts";
import { type GitHubOptions, startGitHub } from "./github/server.ts";
import { testPath } from "./runner/bytes.ts";
import { type ActionRun, headSha, runAction } from "./runner/run-action.ts";
import { zipFile } from "./runner/zip-file.ts";

const example = (name: string) => testPath("..", "examples", name);

/** A GitHub of the test's own, and the bundle against it. Tests overlap. */
async function start(onTestFinished: TestContext["onTestFinished"], options: GitHubOptions = {}) {
  const github = await startGitHub(options);
  onTestFinished(() => github.close());
  const run = (checkout: string, given: Partial<ActionRun> = {}) =>
    runAction({
      checkout,
      apiUrl: github.url,
      ...given,
      inputs: { config: "phase-gate.yml", ...given.inputs },
    });
  const posted = () =>
    github.requests.filter(({ method }) => method !== "GET").map(({ method, path }) => `${method} ${path}`);
  return { github, run, posted };
}

describe.concurrent("the bundle, run as the runner runs it", () => {
  test("posts one comment and updates the same one on the next run", async ({ expect, onTestFinished }) => {
    const { github, run } = await start(onTestFinished);
    const first = await run(example("failing"), { runNumber: 1 });
    const second = await run(example("quickstart"), { runNumber: 2 });
    expect([first.exitCode, second.exitCode]).toEqual([1, 0]);
    expect(github.comments).toHaveLength(1);
    expect(github.comments[0]).toMatchObject({ login: "github-actions[bot]", edits: 1 });
    expect(github.comments[0]!.body.split("\n")[0]).toBe(
      `<!-- phase-gate phase-gate run=2.1 sha=${headSha} -->`,
    );
    expect(github.comments[0]!.body).toContain("Reached Reliability (2 of 2).");
  });

  test("finds its comment on any page and leaves those of others alone", async ({
    expect,
    onTestFinished,
  }) => {
    const others = Array.from({ length: 120 }, (_, i) => ({ login: "someone", body: `comment ${i}` }));
    const forged = { login: "someone", body: "<!-- phase-gate phase-gate run=99.1 sha=x -->\nforged" };
    const own = { login: "github-actions[bot]", body: "<!-- phase-gate phase-gate run=1.1 sha=x -->\nold" };
    const quoted = { login: "github-actions[bot]", body: `> ${own.body}` };
    const { github, run } = await start(onTestFinished, { comments: [forged, ...others, quoted, own] });
    await run(example("quickstart"), { runNumber: 2 });
    expect(github.comments).toHaveLength(123);
    expect(github.comments.filter(({ edits }) => edits > 0).map(({ login }) => login)).toEqual([
      "github-actions[bot]",
    ]);
    expect(github.comments.at(-1)!.body).toContain("Reached Reliability");
  });

  test("never overwrites the comment of a newer run", async ({ expect, onTestFinished }) => {
    const newer = {
      login: "github-actions[bot]",
      body: "<!-- phase-gate phase-gate run=5.2 sha=x -->\nnewer",
    };
    const { github, run } = await start(onTestFinished, { comments: [newer] });
    const { exitCode, log } = await run(example("failing"), { runNumber: 5, attempt: 1 });
    expect(github.comments[0]).toMatchObject({ body: newer.body, edits: 0 });
    expect(exitCode).toBe(1);
    expect(log).toContain("[outdated-run]");
  });

  test("keeps gates with different names apart", async ({ expect, onTestFinished }) => {
    const { github, run } = await start(onTestFinished);
    const web = await run(example("quickstart"), { inputs: { name: "web" } });
    const api = await run(example("failing"), { inputs: { name: "api" } });
    expect(github.comments.map(({ body }) => body.split(" ", 3)[2])).toEqual(["web", "api"]);
    const names = github.checkRuns.map(({ name }) => name);
    expect(names, web.log + api.log).toEqual(
      expect.arrayContaining(["Phase Gate (api)", "Phase Gate (web)"]),
    );
  });

  test("creates a check run on the head commit with the phases and the failing tests", async ({
    expect,
    onTestFinished,
  }) => {
    const { github, run } = await start(onTestFinished);
    await run(example("failing"));
    expect(github.checkRuns).toHaveLength(1);
    const [check] = github.checkRuns;
    expect(check).toMatchObject({ name: "Phase Gate", headSha, status: "completed", conclusion: "failure" });
    expect(check!.title).toBe(
      "No phase reached (0 of 2). Missing for Stabilization: 1 more passing test, 1 fewer errored test.",
    );
    expect(check!.summary).toContain("| 1 Stabilization | 1 of 3 |");
    expect(check!.annotations.map(({ path, start_line }) => `${path}:${start_line}`)).toEqual([
      "tests/test_orders.py:63",
      "tests/test_pricing.py:36",
      "tests/test_pricing.py:16",
      "tests/test_stock.py:23",
    ]);
    await run(example("quickstart"), { runNumber: 2 });
    const conclusions = github.checkRuns.map(({ conclusion }) => conclusion);
    expect(conclusions).toEqual(expect.arrayContaining(["failure", "success"]));
  });

  test("writes every output and the job summary", async ({ expect, onTestFinished }) => {
    const { run } = await start(onTestFinished);
    const { outputs, summary, report, markdown } = await run(example("failing"));
    expect(outputs).toMatchObject({ outcome: "fail", reached: "" });
    expect(JSON.parse(outputs["kpis"]!)).toMatchObject({
      "tests.total": 28,
      "tests.failed": 3,
      "coverage.uncovered": 21,
    });
    expect(JSON.parse(outputs["failed-rules"]!)).toMatchObject([
      {
        phase: "Stabilization",
        kpi: "tests.pass_rate",
        verdict: "broken",
        shown: "84.6%",
        remedy: "1 more passing test",
      },
      { kpi: "tests.errored" },
      { phase: "Reliability", kpi: "coverage.lines" },
    ]);
    expect(report).toMatchObject({
      schema: 1,
      outcome: "fail",
      run: { pullRequest: 7, sha: headSha, number: 1 },
    });
    expect(summary).toContain("No phase reached (0 of 2).");
    expect(markdown).toContain("No phase reached (0 of 2).");
    expect((await run(example("quickstart"))).outputs).toMatchObject({
      outcome: "pass",
      reached: "Reliability",
    });
    expect((await run(example("broken"))).outputs).toMatchObject({ outcome: "error", reached: "" });
  });

  test("gives the same verdict with a read-only token, and says which permission to add", async ({
    expect,
    onTestFinished,
  }) => {
    const able = await start(onTestFinished);
    const { github, run } = await start(onTestFinished, { issues: "read", checks: "read" });
    const [free, bound] = [await able.run(example("failing")), await run(example("failing"))];
    expect([bound.exitCode, bound.outputs["outcome"]]).toEqual([free.exitCode, free.outputs["outcome"]]);
    expect([able.github.comments.length, able.github.checkRuns.length]).toEqual([1, 1]);
    expect([github.comments.length, github.checkRuns.length]).toEqual([0, 0]);
    expect(bound.summary).toContain("pull-requests: write");
    expect(bound.summary).toContain("checks: write");
    expect(bound.log).toMatch(
      /::warning::.*comment could not be written: 403 Resource not accessible by integration/,
    );
    const green = await run(example("quickstart"));
    expect([green.exitCode, green.outputs["outcome"]]).toEqual([0, "pass"]);
  });

  test("gives the same verdict when there is no API at all", async ({ expect, onTestFinished }) => {
    const { run } = await start(onTestFinished);
    const { exitCode, outputs, log } = await run(example("quickstart"), {
      apiUrl: "http://127.0.0.1:9",
      event: { name: "push", payload: "{}" },
      inputs: { publish: "check" },
    });
    expect([exitCode, outputs["outcome"]]).toEqual([0, "pass"]);
    expect(log).toContain("[not-published]");
  });

  test("judges no pull request whose base branch it cannot ask", async ({ expect, onTestFinished }) => {
    const { run } = await start(onTestFinished, {
      faults: [
        { method: "GET", path: /\/contents\//, times: 9, status: 404 },
        { method: "GET", path: /\/git\/commits\//, times: 9, status: 404 },
      ],
    });
    const { exitCode, outputs, log } = await run(example("quickstart"), { inputs: { publish: "none" } });
    expect([exitCode, outputs["outcome"]]).toEqual([2, "error"]);
    expect(log).toMatch(
      /the configuration of the base branch \(bbbbbbb\) could not be read: .*\[config-base\]/,
    );
  });

  test.for([
    ["is red and lists it", [], 2, "not accepted"],
    ["passes with the label that the base names", ["gate-change"], 0, "accepted by the label"],
  ] as const)(
    "a pull request that lowers a limit %s",
    async ([, labels, code, said], { expect, onTestFinished }) => {
      const stricter = readFileSync(join(example("quickstart"), "phase-gate.yml"), "utf8").replace(
        "above 85%",
        "above 99%",
      );
      const { github, run } = await start(onTestFinished, {
        pulls: { 7: { headSha, baseSha: "b".repeat(40), labels } },
        files: {
          [`${"b".repeat(40)}:phase-gate.yml`]: `${stricter}policy: { accept-weaker: "label:gate-change" }\n`,
        },
      });
      const { exitCode, log } = await run(example("quickstart"));
      expect(exitCode, log).toBe(code);
      expect(github.comments[0]!.body).toContain(said);
      expect(github.comments[0]!.body).toContain(
        'tests.pass&#95;rate in Stabilization: "above 99%" is now "above 85%"',
      );
    },
  );

  test.for(["reset", 502] as const)(
    "makes one comment and one check run when creating takes effect but answers %s",
    async (status, { expect, onTestFinished }) => {
      const faults = [/\/issues\/7\/comments$/, /\/check-runs$/].map((path) => ({
        method: "POST",
        path,
        times: 1,
        status,
        after: true,
      }));
      const { github, run } = await start(onTestFinished, { faults });
      await run(example("quickstart"));
      expect(github.comments).toHaveLength(1);
      expect(github.checkRuns).toHaveLength(1);
    },
  );

  test("publishes nothing with publish: none, and judges all the same", async ({
    expect,
    onTestFinished,
  }) => {
    const { run, posted } = await start(onTestFinished);
    const { exitCode, summary } = await run(example("failing"), { inputs: { publish: "none" } });
    expect(exitCode).toBe(1);
    expect(posted()).toEqual([]);
    expect(summary).toBe("");
  });

  test("on a push there is a check run and no comment", async ({ expect, onTestFinished }) => {
    const { github, run, posted } = await start(onTestFinished);
    const { exitCode, log, summary } = await run(example("quickstart"), {
      event: { name: "push", payload: "{}" },
    });
    expect(exitCode).toBe(0);
    expect(log).toContain("not published: comment (this event belongs to no pull request)");
    expect(summary).toContain("Not published: comment (this event belongs to no pull request)");
    const [{ id } = { id: 0 }] = github.checkRuns;
    expect(posted()).toEqual(["POST /repos/acme/shop/check-runs", `PATCH /repos/acme/shop/check-runs/${id}`]);
    expect(github.checkRuns[0]!.headSha).toBe("c".repeat(40));
  });

  test("mode report says what would fail, and passes", async ({ expect, onTestFinished }) => {
    const { github, run } = await start(onTestFinished);
    const { exitCode, outputs } = await run(example("failing"), { inputs: { mode: "report" } });
    expect([exitCode, outputs["outcome"]]).toEqual([0, "fail"]);
    expect(github.checkRuns[0]).toMatchObject({ conclusion: "success" });
    expect(github.checkRuns[0]!.title).toMatch(/^Report only: would fail at Stabilization\./);
  });
});

describe.concurrent("what cannot be judged", () => {
  test("a report file that is older than the job", async ({ expect, onTestFinished }) => {
    const { github, run } = await start(onTestFinished);
    const { exitCode, log } = await run(example("quickstart"), { stale: 3600 });
    expect(exitCode).toBe(2);
    expect(log).toContain("[stale-file]");
    expect(github.checkRuns[0]).toMatchObject({ conclusion: "failure" });
  });

  test("a configuration that was named and does not exist", async ({ expect, onTestFinished }) => {
    const { github, run } = await start(onTestFinished);
    const { exitCode, outputs, log } = await run(example("quickstart"), { inputs: { config: "gate.yml" } });
    expect([exitCode, outputs["outcome"]]).toEqual([2, "error"]);
    expect(log).toContain("gate.yml: error: the configuration does not exist [config-missing]");
    expect(github.comments[0]!.body).toContain("### ❓ Could not judge: 1 problem in the configuration.");
  });

  test("a working directory that does not exist", async ({ expect, onTestFinished }) => {
    const { run } = await start(onTestFinished);
    const { exitCode, log } = await run(example("quickstart"), { inputs: { "working-directory": "none" } });
    expect(exitCode).toBe(2);
    expect(log).toContain("none: error: input working-directory: the folder does not exist [input]");
  });

  test("outputs that cannot be written are exit code 4", async ({ expect, onTestFinished }) => {
    const { run } = await start(onTestFinished);
    const { exitCode, log } = await run(example("quickstart"), { env: { GITHUB_OUTPUT: "/proc/none" } });
    expect(exitCode).toBe(4);
    expect(log).toContain("Reached Reliability (2 of 2)");
  });

  test("a job before the gate that was skipped", async ({ expect, onTestFinished }) => {
    const { github, run } = await start(onTestFinished);
    const needs = JSON.stringify({ unit: { result: "success" }, e2e: { result: "skipped", outputs: {} } });
    const { exitCode, outputs, log } = await run(example("quickstart"), { inputs: { needs } });
    expect([exitCode, outputs["outcome"]]).toEqual([2, "error"]);
    expect(log).toContain('the upstream job "e2e" was skipped');
    expect(github.comments[0]!.body).toContain('the upstream job "e2e" was skipped');
  });

  test("an input that is wrong", async ({ expect, onTestFinished }) => {
    const { run } = await start(onTestFinished);
    const { exitCode, log } = await run(example("quickstart"), {
      inputs: { publish: "coment", mode: "strict", name: "a b" },
    });
    expect(exitCode).toBe(2);
    expect(log.match(/\[input\]/g)).toHaveLength(3);
  });

  test("a folder for the report that cannot be made is exit code 4, after the verdict", async ({
    expect,
    onTestFinished,
  }) => {
    const { run } = await start(onTestFinished);
    const { exitCode, outputs, log } = await run(example("quickstart"), {
      env: { RUNNER_TEMP: "/proc/nowhere" },
    });
    expect([exitCode, outputs["outcome"]]).toEqual([4, "pass"]);
    expect(log).toContain("[not-written]");
  });

  test("a pull request with a damaged event file, because nobody knows what it changes", async ({
    expect,
    onTestFinished,
  }) => {
    const { run } = await start(onTestFinished);
    const { exitCode, log } = await run(example("failing"), {
      event: { name: "pull_request", payload: '{"pull_req' },
    });
    expect(exitCode).toBe(2);
    expect(log).toContain("[event]");
    expect(log).toContain("[config-base]");
    expect(log).not.toMatch(/SyntaxError|at .*index\.js/);
  });

  test("no report file at all, without a configuration", async ({ expect, onTestFinished }) => {
    const { run } = await start(onTestFinished);
    const folder = mkdtempSync(join(tmpdir(), "phase-gate-empty-"));
    try {
      writeFileSync(join(folder, "README.md"), "nothing here");
      const { exitCode, outputs, log } = await run(folder, { inputs: { config: ".github/phase-gate.yml" } });
      expect([exitCode, outputs["outcome"], outputs["reached"]]).toEqual([2, "error", ""]);
      expect(log).toContain("no file matched **/junit*.xml");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe.concurrent("sources that name artifacts", () => {
  const xml = readFileSync(join(example("quickstart"), "reports/junit.xml"));
  const archive = zipFile([{ name: "junit.xml", content: xml }]);
  const config = (source: string) =>
    `version: 1\nsources: { tests: ${source} }\nphases: [{ name: Stable, kpis: { tests.pass_rate: 100% } }]\n`;

  async function judged(
    onTestFinished: TestContext["onTestFinished"],
    source: string,
    artifacts: readonly FakeArtifact[],
    given: Partial<ActionRun> & Pick<GitHubOptions, "actions"> = {},
  ) {
    const { actions = "read", ...run } = given;
    const { run: runIn } = await start(onTestFinished, { artifacts, actions });
    const folder = mkdtempSync(join(tmpdir(), "phase-gate-artifact-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, "phase-gate.yml"), config(source));
    return runIn(folder, run);
  }

  // Shards hold suites of their own.
  const shards = [1, 2].map((i) => {
    const content = Buffer.from(`<testsuite name="shard ${i}"><testcase name="t"/></testsuite>`);
    const shard = zipFile([{ name: "junit.xml", content }]);
    return { id: i, name: `junit-${i}`, run: 1001, content: shard };
  });

  test("are those of this run", async ({ expect, onTestFinished }) => {
    const { exitCode, log } = await judged(onTestFinished, "{ files: artifact:junit-*, expect: 2 }", [
      ...shards,
      { id: 9, name: "junit-3", run: 7, content: Buffer.from("not ours") },
    ]);
    expect(exitCode, log).toBe(0);
    expect(log).toContain(
      "Read 2 files: artifact:junit-1/junit.xml (junit), artifact:junit-2/junit.xml (junit)",
    );
  });

  test("are those of the run that triggered this one", async ({ expect, onTestFinished }) => {
    const about = { head_sha: headSha, head_branch: "change", head_repository: { full_name: "acme/shop" } };
    const payload = JSON.stringify({ workflow_run: { id: 55, run_number: 12, run_attempt: 1, ...about } });
    const { exitCode, log } = await judged(
      onTestFinished,
      "artifact:junit",
      [
        { id: 1, name: "junit", run: 55, content: archive },
        { id: 2, name: "junit", run: 1001, content: Buffer.from("not the one") },
      ],
      { event: { name: "workflow_run", payload } },
    );
    expect(exitCode, log).toBe(0);
  });

  test("name the shards that are there when one is missing", async ({ expect, onTestFinished }) => {
    const { exitCode, log, report } = await judged(
      onTestFinished,
      "{ files: artifact:junit-*, expect: 3 }",
      shards,
    );
    expect(exitCode).toBe(2);
    expect(log).toContain("2 of 3 expected artifacts found: there are junit-1, junit-2 [shards-missing]");
    expect(report).toMatchObject({ outcome: "error" });
  });

  test("are an error without the permission to read them", async ({ expect, onTestFinished }) => {
    const { exitCode, log } = await judged(onTestFinished, "artifact:junit-*", shards, { actions: "none" });
    expect(exitCode).toBe(2);
    expect(log).toContain("Add `actions: read` to the permissions of the job.");
  });

  test("leave nothing behind", async ({ expect, onTestFinished }) => {
    const temp = mkdtempSync(join(tmpdir(), "phase-gate-temp-"));
    onTestFinished(() => rmSync(temp, { recursive: true }));
    await judged(onTestFinished, "artifact:junit-*", shards, { env: { RUNNER_TEMP: temp } });
    expect(readdirSync(temp)).toEqual(["phase-gate"]);
  });
});

test("a secret of the environment is in nothing that leaves the step", async ({ expect, onTestFinished }) => {
  const { github, run } = await start(onTestFinished);
  const folder = mkdtempSync(join(tmpdir(), "phase-gate-secret-"));
  try {
    const secret = "do-not-show-this-42";
    cpSync(example("failing"), folder, { recursive: true });
    writeFileSync(
      join(folder, "reports/junit.xml"),
      `<testsuite name="s"><testcase name="${secret}" file="tests/test_stock.py" line="1"><failure message="${secret}">${secret}</failure></testcase></testsuite>`,
    );
    const { log, ...rest } = await run(folder, { env: { DEPLOY_TOKEN: secret } });
    expect(github.checkRuns[0]!.annotations).toHaveLength(1);
    const all = JSON.stringify([rest, github.comments, github.checkRuns]) + log;
    expect(all).toContain("***");
    expect(all).not.toContain(secret);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("many failing tests become annotations in requests of 50 at the most", async ({
  expect,
  onTestFinished,
}) => {
  const { github, run, posted } = await start(onTestFinished);
  const folder = mkdtempSync(join(tmpdir(), "phase-gate-many-"));
  try {
    cpSync(example("failing"), folder, { recursive: true });
    const cases = Array.from(
      { length: 120 },
      (_, i) =>
        `<testcase name="t${i}" file="tests/test_stock.py" line="${i + 1}"><failure message="m"/></testcase>`,
    );
    writeFileSync(join(folder, "reports/junit.xml"), `<testsuite name="s">${cases.join("")}</testsuite>`);
    await run(folder, { inputs: { publish: "check" } });
    expect(github.checkRuns).toHaveLength(1);
    expect(github.checkRuns[0]!.annotations).toHaveLength(120);
    expect(posted().map((request) => request.split(" ")[0])).toEqual([
      "POST",
      "PATCH",
      "PATCH",
      "PATCH",
      "PATCH",
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
