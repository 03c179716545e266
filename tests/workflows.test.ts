import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { filesBelow, testPath } from "./runner/bytes.ts";

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Job {
  readonly "timeout-minutes"?: number;
  readonly steps: readonly Step[];
}
interface Workflow {
  readonly permissions?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

const root = testPath("..");
const read = (file: string) => readFileSync(join(root, file), "utf8");
const workflows = readdirSync(join(root, ".github", "workflows")).map((file) => `.github/workflows/${file}`);
const examples = readdirSync(join(root, "examples")).map((name) => `examples/${name}/workflow.yml`);
const folder = mkdtempSync(join(tmpdir(), "phase-gate-workflows-"));

afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the linter over files, relative to the root of the repository. */
function lint(...files: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["tools/workflows/lint.mjs", ...files], {
    cwd: root,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

const parseWorkflow = (text: string) => parse(text) as Workflow;
const steps = (workflow: Workflow) => Object.values(workflow.jobs).flatMap((job) => job.steps);

/** Lines that use an action of another repository other than by commit, with its version beside it. */
function unpinned(text: string): readonly string[] {
  return text
    .split("\n")
    .filter((line) => /^\s*(- )?["']?uses["']?\s*:/.test(line) && !/uses:\s*["']?\.\//.test(line))
    .filter((line) => !/uses: [\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+(\.\d+)*$/.test(line))
    .map((line) => line.trim());
}

/** What is wrong with a workflow in the eyes of this house, beyond what GitHub would say. */
function faults(text: string): readonly string[] {
  const workflow = parseWorkflow(text);
  return [
    ...unpinned(text).map((line) => `not pinned: ${line}`),
    ...(workflow.permissions === undefined ? ["no permissions at the top"] : []),
    ...Object.entries(workflow.jobs)
      .filter(([, job]) => job["timeout-minutes"] === undefined)
      .map(([name]) => `no timeout: ${name}`),
    ...steps(workflow)
      .filter(({ run = "" }) => run.includes("${{"))
      .map(({ run = "" }) => `expression inside a script: ${run}`),
    ...steps(workflow)
      .filter(({ uses = "" }) => uses.startsWith("actions/checkout@"))
      .filter((step) => step.with?.["persist-credentials"] !== false)
      .map(() => "the checkout keeps its token"),
  ];
}

describe("the linter", () => {
  test("finds nothing in the workflows, those of the examples, and the action", () => {
    expect(lint(...workflows, ...examples, "action.yml")).toEqual({ status: 0, stdout: "", stderr: "" });
  });

  test("names file and line of what is wrong in a workflow", () => {
    const file = join(folder, "wrong.yml");
    writeFileSync(
      file,
      `on: pull_requests
permissions:
  check: write
jobs:
  test:
    runs-on: ubuntu-latest
    needs: [build]
    steps:
      - run: echo \${{ github.evnt }}
      - uses: phase-gate/phase-gate@v1
        with:
          configuration: phase-gate.yml
`,
    );
    const { status, stdout } = lint(file);
    const lines = stdout.split("\n").map((line) => line.slice(file.length));
    expect(status).toBe(1);
    for (const line of [1, 3, 7, 9, 12]) expect(lines).toContainEqual(expect.stringMatching(`^:${line}: `));
    expect(stdout).toContain("Invalid action input 'configuration'");
  });

  test("sees a runtime that does not exist in an action", () => {
    const file = join(folder, "action.yml");
    writeFileSync(file, read("action.yml").replace("node24", "node23"));
    const { status, stdout } = lint(file);
    expect(status).toBe(1);
    expect(stdout).toMatch(/action\.yml:\d+: .*node23/);
  });

  test("does not pass when it was given nothing", () => {
    expect(lint().status).not.toBe(0);
  });
});

describe("the rules of the house", () => {
  test.each(workflows)("hold in %s", (file) => {
    expect(faults(read(file))).toEqual([]);
  });

  test("see each fault", () => {
    const wrong = `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v7
      - run: echo \${{ github.head_ref }}
      - uses: some/action@0123456789abcdef0123456789abcdef01234567
      - uses: some/action@0123456789abcdef0123456789abcdef01234567 # v1.2.3
      - uses: ./
`;
    expect(faults(wrong)).toEqual([
      "not pinned: - uses: actions/checkout@v7",
      "not pinned: - uses: some/action@0123456789abcdef0123456789abcdef01234567",
      "no permissions at the top",
      "no timeout: test",
      `expression inside a script: echo \${{ github.head_ref }}`,
      "the checkout keeps its token",
    ]);
  });
});

test("the repository is judged by its own action, with inputs that exist", () => {
  const own = steps(parseWorkflow(read(".github/workflows/ci.yml"))).filter(({ uses }) => uses === "./");
  const { inputs } = parse(read("action.yml")) as { readonly inputs: object };
  expect(own).toHaveLength(1);
  expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(own[0]?.with ?? {})));
});

test("every YAML file of .github can be read", () => {
  const files = filesBelow(join(root, ".github")).filter((file) => /\.ya?ml$/.test(file));
  expect(files.length).toBeGreaterThan(workflows.length);
  for (const file of files) expect(() => parse(read(`.github/${file}`)) as unknown, file).not.toThrow();
});
