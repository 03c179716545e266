import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { type Pull, pullOf, withChange } from "../src/action/change.ts";
import { parseConfig } from "../src/core/config/parse-config.ts";
import type { Changes } from "../src/core/model/changes.ts";
import type { ChangeClient, PullFile } from "../src/core/model/clients.ts";
import type { EventPlan } from "../src/core/model/event.ts";
import { changesOfPull } from "../src/io/pull-files.ts";
import { git as runGit } from "./runner/repository.ts";

const folders: string[] = [];
const checkout = (files: Readonly<Record<string, string>>) => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "phase-gate-change-")));
  folders.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
};
afterAll(() => {
  for (const root of folders) rmSync(root, { recursive: true });
});

const shown = (changes: Changes) =>
  changes.kind === "known"
    ? changes.files.map(({ path, lines, written }) => `${path}:${lines?.join(",") ?? "?"} (${written})`)
    : `${changes.kind}: ${changes.reason}`;

describe("changed lines as GitHub tells them", () => {
  const files = {
    "a.ts": "one\ntwo\nthree\n",
    "moved.ts": "new\none\ntwo\n",
    "empty.ts": "",
    "crlf.ts": "a\r\nb\r\n",
  };
  const patch = "@@ -1,2 +1,3 @@\n one\n+two\n three";
  const file = (path: string, more: Partial<PullFile> = {}): PullFile => ({
    path,
    removed: false,
    renamed: false,
    additions: 1,
    patch,
    ...more,
  });
  const cases: readonly (readonly [string, PullFile, readonly string[]])[] = [
    ["are taken where the checkout has them", file("a.ts"), ["a.ts:2 (1)"]],
    ["are not known where the checkout has other lines there", file("moved.ts"), ["moved.ts:? (1)"]],
    ["are not known of a file that is not there", file("gone.ts"), ["gone.ts:? (1)"]],
    [
      "are not known without a patch",
      { path: "a.ts", removed: false, renamed: false, additions: 700 },
      ["a.ts:? (700)"],
    ],
    [
      "are not known where the patch is damaged",
      file("a.ts", { patch: "@@ -1,2 +1,3 @@\n one\n+two" }),
      ["a.ts:? (1)"],
    ],
    [
      "are not known where the patch holds fewer than were added",
      file("a.ts", { additions: 2 }),
      ["a.ts:? (2)"],
    ],
    [
      "are not known of a file that GitHub calls binary",
      { path: "a.ts", removed: false, renamed: false, additions: 0 },
      ["a.ts:? (1)"],
    ],
    [
      "are none of a file that was only renamed",
      { path: "a.ts", removed: false, renamed: true, additions: 0 },
      [],
    ],
    ["are none of a file that is gone", file("gone.ts", { removed: true }), []],
    ["are none of an empty file", { path: "empty.ts", removed: false, renamed: false, additions: 0 }, []],
    [
      "are none where lines were only deleted",
      file("a.ts", { additions: 0, patch: "@@ -1,2 +1,1 @@\n one\n-x" }),
      [],
    ],
    [
      "are found behind line ends of Windows",
      file("crlf.ts", { patch: "@@ -1 +1,2 @@\n a\n+b" }),
      ["crlf.ts:2 (1)"],
    ],
    ["are not looked for outside of the checkout", file("../a.ts"), ["../a.ts:? (1)"]],
  ];
  test.each(cases)("%s", (_, one, expected) => {
    expect(shown(changesOfPull([one], checkout(files)).changes)).toEqual(expected);
  });

  test("are unknown as a whole where the list of files may be cut off", () => {
    const many = Array.from({ length: 3000 }, (_, i) => file(`f${i}.ts`));
    const { changes, problems } = changesOfPull(many, checkout({}));
    expect(shown(changes)).toMatch(/^unknown: GitHub lists at most 3000 files/);
    expect(problems).toMatchObject([{ code: "changes-unknown", severity: "warning" }]);
  });
});

const text = (limit: string, more = "") =>
  `version: 1\n${more}\nphases: [{ name: A, kpis: { coverage.diff: ${limit} } }]\n`;
const [head, base] = ["a".repeat(40), "b".repeat(40)];
const label = 'policy: { accept-weaker: "label:ok" }';

describe("what a pull request changes", () => {
  const refusing = async (): Promise<never> => {
    throw Object.assign(new Error("Resource not accessible by integration"), { status: 403 });
  };
  const client = (given: Partial<ChangeClient> = {}): ChangeClient => ({
    textAt: async () => text("90%", label),
    labels: async () => ["ok"],
    changedFiles: async () => [
      { path: "a.ts", removed: false, renamed: false, additions: 1, patch: "@@ -0,0 +1 @@\n+one" },
    ],
    ...given,
  });
  const changed = async (
    written: string,
    given: Partial<ChangeClient> = {},
    mode?: "enforce" | "report",
    pull: Pull = { number: 7, head, base },
  ) => {
    const root = checkout({ "a.ts": "one\n" });
    const { config } = parseConfig(written, "gate.yml");
    const settings = {
      name: "g",
      run: { at: "" },
      config: config && { ...config, mode: mode ?? config.mode },
      problems: [],
      workspace: { root, base: root },
    };
    const inputs = { config: "gate.yml", workingDirectory: ".", ...(mode ? { mode } : {}) };
    return withChange(settings, pull, inputs, async () => client(given));
  };

  test("is the configuration of its base, and lines where a rule asks for them", async () => {
    const { baseConfig, changes, labels, problems } = await changed(text("90%"));
    expect(baseConfig).toMatchObject({
      kind: "config",
      where: "the configuration of the base branch (bbbbbbb)",
    });
    expect(changes && shown(changes)).toEqual(["a.ts:1 (1)"]);
    expect([labels, problems]).toEqual([[], []]);
  });

  test("are its labels, only where there is something to accept", async () => {
    expect((await changed(text("80%"))).labels).toEqual(["ok"]);
    const { labels, problems } = await changed(text("80%"), { labels: refusing });
    expect(labels).toEqual([]);
    expect(problems).toMatchObject([{ code: "labels-unknown", severity: "warning" }]);
  });

  test("is an error where the base cannot be read, and a first adoption where it has no file", async () => {
    const refused = await changed(text("90%"), { textAt: refusing });
    expect(refused.problems).toMatchObject([
      { code: "config-base", severity: "error", message: expect.stringMatching(/not accessible/) as string },
    ]);
    expect((await changed(text("90%"), { textAt: async () => null })).baseConfig).toMatchObject({
      kind: "absent",
    });
  });

  test("is unknown where GitHub does not tell the lines", async () => {
    const { changes, problems } = await changed(text("90%"), { changedFiles: refusing });
    expect(changes?.kind).toBe("unknown");
    expect(problems).toMatchObject([{ code: "changes-unknown", severity: "warning" }]);
  });

  test("is asked for to put findings in order, and no problem where only that depends on it", async () => {
    const linted = (sources: string) =>
      `version: 1\nsources: { ${sources} }\nphases: [{ name: A, kpis: { debt.issues: at most 5 } }]\n`;
    const base = { textAt: async () => linted("debt: eslint.json") };
    const found = await changed(linted("debt: eslint.json"), base);
    expect(found.changes && shown(found.changes)).toEqual(["a.ts:1 (1)"]);
    const refused = await changed(linted("debt: eslint.json"), { ...base, changedFiles: refusing });
    expect([refused.changes?.kind, refused.problems]).toEqual(["unknown", []]);
    const metrics = { textAt: async () => linted("metrics: m.json"), changedFiles: refusing };
    expect((await changed(linted("metrics: m.json"), metrics)).changes).toBeUndefined();
  });

  test("is no difference of mode where the workflow names the mode", async () => {
    const { baseConfig } = await changed(text("90%"), {}, "report");
    expect(baseConfig).toMatchObject({ config: { mode: "report" } });
  });

  test("is what a merge queue adds, held against what the group is built on", async () => {
    const { baseConfig, labels } = await changed(text("80%"));
    expect([baseConfig?.kind, labels]).toEqual(["config", ["ok"]]);
    const unnamed = await changed(text("80%"), {}, undefined, { head, base });
    expect(unnamed.baseConfig).toMatchObject({ where: "the configuration of the base branch (bbbbbbb)" });
    expect([unnamed.labels, unnamed.changes?.kind]).toEqual([[], "unknown"]);
    expect(unnamed.problems.map(({ code }) => code)).toEqual(["labels-unknown", "changes-unknown"]);
  });

  test("is known by its event", () => {
    const of = (event: string, plan: Partial<EventPlan>) =>
      pullOf({ run: { at: "", event }, plan: { sha: head, base, without: {}, ...plan } });
    expect(of("pull_request", { pullRequest: 7 })).toEqual({ number: 7, head, base });
    expect(of("merge_group", { queued: 8 })).toEqual({ number: 8, head, base });
    expect(of("merge_group", {})).toEqual({ head, base });
    expect(of("push", {})).toBeUndefined();
  });

  test("is an error where a merge queue does not tell its base", async () => {
    const root = checkout({});
    const { config } = parseConfig(text("90%"), "gate.yml");
    const run = { at: "", event: "merge_group" };
    const settings = { name: "g", run, config, problems: [], workspace: { root, base: root } };
    const inputs = { config: "gate.yml", workingDirectory: "." };
    const { problems } = await withChange(settings, undefined, inputs, refusing);
    expect(problems).toMatchObject([{ code: "config-base", severity: "error" }]);
  });

  test("is nothing where there is no pull request", async () => {
    const root = checkout({});
    const { config } = parseConfig(text("90%"), "gate.yml");
    const settings = { name: "g", run: { at: "" }, config, problems: [], workspace: { root, base: root } };
    const { changes, baseConfig } = await withChange(
      settings,
      undefined,
      { config: "gate.yml", workingDirectory: "." },
      refusing,
    );
    expect(changes).toMatchObject({ kind: "none" });
    expect(baseConfig).toBeUndefined();
  });

  test("is told by git alone in a checkout of the trial merge that has both sides", async () => {
    const root = checkout({ "a.ts": "one\n", "gate.yml": text("90%") });
    const git = (...args: readonly string[]) => runGit(root, ...args);
    const commit = (path: string, written: string) => {
      writeFileSync(join(root, path), written);
      git("add", "-A");
      git("commit", "-qm", path);
      return git("rev-parse", "HEAD");
    };
    git("init", "-q", "-b", "main");
    commit("b.ts", "base\n");
    git("checkout", "-qb", "topic");
    const topic = commit("a.ts", "one\ntwo\n");
    git("checkout", "-q", "main");
    const main = commit("a.ts", "zero\none\n");
    git("merge", "-q", "--no-edit", "topic", "-X", "ours");
    const { config } = parseConfig(text("90%"), "gate.yml");
    const settings = { name: "g", run: { at: "" }, config, problems: [], workspace: { root, base: root } };
    const found = await withChange(
      settings,
      { number: 7, head: topic, base: main },
      { config: "gate.yml", workingDirectory: "." },
      refusing,
    );
    expect(found.baseConfig).toMatchObject({ kind: "config" });
    expect(found.changes && shown(found.changes)).toEqual(["a.ts:3 (1)"]);
    expect(found.problems).toEqual([]);
  });
});
