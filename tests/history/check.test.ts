import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ancestryOf } from "../../src/io/ancestry.ts";
import { storeRecord } from "../../src/io/history-folder.ts";
import { commitAll, git, init, write } from "../runner/repository.ts";
import { runCli } from "../runner/run-cli.ts";
import { ratio, record } from "./records.ts";

let top: string;
let folder: string;

beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), "phase-gate-past-"));
  folder = join(top, "shop");
  write(folder, ".gitignore", "reports\nhistory\n");
  init(folder);
});

afterEach(() => rmSync(top, { recursive: true }));

const config = `version: 1
sources: { coverage: reports/lcov.info }
baseline: { branch: main, store: file, path: history }
phases:
  - name: Stabilization
    kpis:
      coverage.lines: [at least 50%, at least baseline - 0.5pp]
      coverage.files: at least 1
`;

/** A checkout in which so many of 10 lines are covered. */
function covered(lines: number): void {
  write(folder, ".github/phase-gate.yml", config);
  const records = Array.from({ length: 10 }, (_, i) => `DA:${i + 1},${i < lines ? 1 : 0}\n`);
  write(folder, "reports/lcov.info", `TN:\nSF:a.js\n${records.join("")}end_of_record\n`);
}

const check = (...args: readonly string[]) => runCli(["check", ...args], { cwd: folder });
const stored = () =>
  readdirSync(join(folder, "history", "runs"), { recursive: true })
    .map(String)
    .filter((name) => name.endsWith(".json"));
const store = (number: number, sha: string, covered: number) =>
  storeRecord(
    { shown: "history", path: join(folder, "history"), gate: "phase-gate" },
    record(number, { sha, lines: ratio(covered, 10) }),
  );

describe("check with a history", () => {
  test("records runs of the default branch and compares with the run before", () => {
    covered(8);
    const first = commitAll(folder, "First");
    const before = check("--record");
    expect(before.exitCode, before.out + before.err).toBe(0);
    expect(before.out).toContain("no recorded run yet");
    expect(before.err).toMatch(
      new RegExp(
        `^recorded: run 1 of commit ${first.slice(0, 7)}, in history/runs/\\d{4}-\\d\\d/1-1\\.json\n$`,
      ),
    );
    expect(stored()).toHaveLength(1);

    covered(7);
    commitAll(folder, "Second");
    const after = check("--record");
    expect(after.exitCode).toBe(1);
    expect(after.out).toMatch(
      /at least baseline - 0\.5pp \(79\.5%\) +9\.5 points below, -10 points since the baseline → 1 more covered line/,
    );
    expect(after.out).toContain(`Compared with ${first.slice(0, 7)} (run 1, pass, 1 commit back)`);
    expect(stored()).toHaveLength(2);
  });

  test("a regression is not forgiven by running it again", () => {
    covered(8);
    commitAll(folder, "First");
    check("--record");
    covered(7);
    commitAll(folder, "Second");
    const again = [check("--record"), check("--record"), check("--record")];
    expect(again.map(({ exitCode }) => exitCode)).toEqual([1, 1, 1]);
    expect(again[1]?.err).toMatch(/^recorded: run 2, attempt 2 of commit /);
    expect(new Set(stored().map((name) => name.split("/").at(-1)))).toEqual(
      new Set(["1-1.json", "2-1.json", "2-2.json", "2-3.json"]),
    );
  });

  test("another branch is compared and never recorded", () => {
    covered(8);
    commitAll(folder, "First");
    check("--record");
    git(folder, "switch", "--quiet", "--create", "topic");
    covered(9);
    commitAll(folder, "Better");
    const { exitCode, err } = check("--record");
    expect(exitCode).toBe(0);
    expect(err).toContain("this run was not recorded: it is no run of the branch main [not-recorded]");
    expect(stored()).toHaveLength(1);
  });

  test("a run whose evidence is damaged is not recorded", () => {
    covered(8);
    commitAll(folder, "First");
    write(folder, "reports/lcov.info", "TN:\nSF:a.js\nDA:1,1\n");
    const { exitCode, err } = check("--record");
    expect([exitCode, err]).toEqual([
      2,
      expect.stringContaining("this run was not recorded: its evidence has an error (truncated)") as string,
    ]);
  });

  test("a damaged record is an error, and nothing is added to the history", () => {
    covered(8);
    commitAll(folder, "First");
    write(folder, "history/runs/2026-01/1-1.json", "{");
    const { exitCode, out } = check("--record");
    expect([exitCode, out]).toEqual([2, expect.stringContaining("history-unreadable") as string]);
    expect(readFileSync(join(folder, "history/runs/2026-01/1-1.json"), "utf8")).toBe("{");
    expect(stored()).toHaveLength(1);
  });

  test("the page, the comment and the report name the baseline", () => {
    covered(8);
    store(41, commitAll(folder, "First"), 8);
    git(folder, "switch", "--quiet", "--create", "topic");
    covered(5);
    commitAll(folder, "Worse");
    check("--markdown", join(top, "comment.md"), "--report", join(top, "report.json"));
    const comment = readFileSync(join(top, "comment.md"), "utf8");
    expect(comment).toMatch(
      /\| <b>50%<\/b> <sub>\(-30 points\)<\/sub><br>at least .* \| <b>3 more covered lines<\/b> \|/,
    );
    expect(comment.trimEnd().split("\n").at(-1)).toMatch(/compared with [0-9a-f\u2060]+ \(run 41, pass\)/);
    const report = JSON.parse(readFileSync(join(top, "report.json"), "utf8")) as Record<string, unknown>;
    expect(report["past"]).toMatchObject({ runs: 1, baseline: { number: 41, outcome: "pass", distance: 0 } });
    expect(report["kpis"]).toMatchObject({
      "coverage.lines": { value: 50, baseline: { value: 80, part: 8, whole: 10 } },
    });
  });

  test("a rule that looks back is told where no history is named, or its folder is not there", () => {
    covered(8);
    expect(check("--history", "histroy").out).toContain(
      "histroy: warning: the folder of the history does not exist",
    );
    write(folder, ".github/phase-gate.yml", config.replace(/^baseline.*\n/m, ""));
    expect(check().out).toContain("cannot be judged without recorded runs, and no history is named");
  });

  test("a file in place of the folder of the history is an error", () => {
    covered(8);
    const { exitCode, out } = check("--history", "reports/lcov.info");
    expect([exitCode, out]).toEqual([2, expect.stringMatching(/could not be read \(ENOTDIR\)/) as string]);
  });

  test("a run is not compared with its own attempts, and the page says so", () => {
    covered(8);
    commitAll(folder, "First");
    check("--record");
    expect(check().out).toContain("only this commit has recorded runs");
  });

  test("--record without a history is a wrong call", () => {
    write(folder, ".github/phase-gate.yml", config.replace(/^baseline.*\n/m, ""));
    expect(check("--record")).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining("--history DIR") as string,
    });
  });

  test("a history outside the workspace is only read where the user names it", () => {
    covered(8);
    write(folder, ".github/phase-gate.yml", config.replace("path: history", "path: ../history"));
    expect(check().out).toContain("the folder of the history leads outside the workspace");
    expect(check("--history", "../history").out).toContain("no recorded run yet");
  });
});

describe("the commits that a run stands on", () => {
  test("on the default branch begin with its own", () => {
    const commits = ["First", "Second"].map((message) => commitAll(folder, message));
    expect(ancestryOf(folder, "main")).toEqual({ commits: commits.toReversed(), shallow: false });
  });

  test("begin with the merge base, whatever happened on both sides since", () => {
    const base = commitAll(folder, "Base");
    git(folder, "switch", "--quiet", "--create", "topic");
    commitAll(folder, "Topic");
    git(folder, "switch", "--quiet", "main");
    commitAll(folder, "Main moved");
    git(folder, "switch", "--quiet", "topic");
    expect(ancestryOf(folder, "main").commits).toEqual([base]);
  });

  test("move with a rebase", () => {
    commitAll(folder, "Base");
    git(folder, "switch", "--quiet", "--create", "topic");
    write(folder, "topic", "");
    commitAll(folder, "Topic");
    git(folder, "switch", "--quiet", "main");
    const moved = commitAll(folder, "Main moved");
    git(folder, "switch", "--quiet", "topic");
    git(folder, "rebase", "--quiet", "main");
    expect(ancestryOf(folder, "main").commits[0]).toBe(moved);
  });

  test("follow the branch and not what was merged into it", () => {
    const base = commitAll(folder, "Base");
    git(folder, "switch", "--quiet", "--create", "topic");
    commitAll(folder, "Topic");
    git(folder, "switch", "--quiet", "main");
    git(folder, "merge", "--quiet", "--no-ff", "--message", "Merge", "topic");
    expect(ancestryOf(folder, "main").commits).toEqual([git(folder, "rev-parse", "HEAD"), base]);
  });

  test("are none in a branch of another origin", () => {
    commitAll(folder, "Base");
    git(folder, "switch", "--quiet", "--orphan", "other");
    commitAll(folder, "Other");
    expect(ancestryOf(folder, "main")).toEqual({ commits: [], shallow: false });
  });

  test("are those of the remote branch where a workflow checked out a merge", () => {
    const base = commitAll(folder, "Base");
    git(folder, "clone", "--quiet", `file://${folder}`, join(top, "work"));
    git(join(top, "work"), "checkout", "--quiet", "--detach");
    git(join(top, "work"), "branch", "--quiet", "--delete", "main");
    commitAll(join(top, "work"), "Merge of the pull request");
    expect(ancestryOf(join(top, "work"), "main")).toEqual({ commits: [base], shallow: false });
  });
});
