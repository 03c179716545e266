import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { recordPath } from "../../src/core/history/layout.ts";
import { writeRecord } from "../../src/core/history/record-json.ts";
import { readHistoryArchive } from "../../src/io/history-archive.ts";
import { record } from "../history/records.ts";
import { commitAll, init, write } from "../runner/repository.ts";
import { gitArchive } from "./git-archive.ts";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "phase-gate-archive-"));
  init(folder);
});

afterAll(() => rmSync(folder, { recursive: true }));

/** A commit of some files, and what git makes of it. */
function archived(files: Readonly<Record<string, string>>, top: (commit: string) => string) {
  for (const [path, text] of Object.entries(files)) write(folder, path, text);
  const commit = commitAll(folder, "Files");
  const target = join(folder, ".git", `${commit}.zip`);
  const args = ["archive", "--format=zip", `--prefix=${top(commit)}/`, "-o", target, commit];
  execFileSync("git", args, { cwd: folder, env: { PATH: process.env["PATH"], TZ: "UTC" } });
  const bytes = readFileSync(target);
  rmSync(target);
  return { commit, bytes };
}

describe("the archive of a commit", () => {
  test("is to the byte what git archive writes, which GitHub gives out", () => {
    const files = { "README.md": "short", "runs/2026-01/1-1.json": "{}", "runs/2026-02/2-1.json": '{"a":1}' };
    const top = (commit: string) => `acme-shop-${commit}`;
    const { commit, bytes } = archived(files, top);
    const made = gitArchive(new Map(Object.entries(files).reverse()), top(commit), commit);
    expect(made.toString("latin1")).toBe(bytes.toString("latin1"));
  });

  // Whoever shows no token gets the short form.
  test.each([40, 7])(
    "of git itself is read as a history below a folder with %i digits of the commit",
    (digits) => {
      const records = [1, 2, 3].map((number) => record(number));
      const files = records.map((one) => [`runs/${recordPath(one)}`, writeRecord(one)] as const);
      const { bytes } = archived(
        Object.fromEntries(files),
        (commit) => `acme-shop-${commit.slice(0, digits)}`,
      );
      const archive = join(folder, ".git", "history.zip");
      writeFileSync(archive, bytes);
      const below = (name: string) => name.slice(name.indexOf("/") + 1);
      const read = readHistoryArchive(archive, "branch history", "phase-gate", below);
      rmSync(archive);
      expect(read.records.map(({ number }) => number)).toEqual(expect.arrayContaining([1, 2, 3]));
    },
  );
});
