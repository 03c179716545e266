import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type * as Registry from "../src/core/read/index.ts";
import { pieces, testPath } from "./runner/bytes.ts";

const root = testPath("..");
let copy: string;

beforeAll(() => {
  copy = realpathSync(mkdtempSync(join(tmpdir(), "phase-gate-reader-")));
  cpSync(join(root, "src", "core"), join(copy, "src", "core"), { recursive: true });
  for (const file of ["tsconfig.json", "package.json"]) cpSync(join(root, file), join(copy, file));
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"), "dir");
});

afterAll(() => rmSync(copy, { recursive: true }));

const begin = (...args: string[]) =>
  spawnSync(process.execPath, [join(root, "tools/new-reader/new-reader.mjs"), "--root", copy, ...args], {
    encoding: "utf8",
  });

const forms = [
  ["aaa-json", "json", "json"],
  ["mmm", "lines", "txt"],
  ["zzz", "xml", "xml"],
] as const;

describe("npm run new:reader", () => {
  test("begins readers that compile and stand in the registry", () => {
    for (const [name, form] of forms) expect(begin(name, "--form", form).status).toBe(0);
    const tsc = join(root, "node_modules", ".bin", "tsc");
    const { status, stdout } = spawnSync(tsc, ["-p", join(copy, "src/core")], { encoding: "utf8" });
    expect(stdout).toBe("");
    expect(status).toBe(0);
  });

  test.each(forms)(
    "%s refuses its example, which is cut off, and claims what it should read",
    async (name, _, end) => {
      const registry = (await import(join(copy, "src/core/read/index.ts"))) as typeof Registry;
      const example = readFileSync(join(copy, "tests/read", name, `cut-off.${end}`));
      const { format, problems } = registry.readReportFile("a", pieces(example));
      expect(format).toBe(name);
      expect(problems.map(({ severity }) => severity)).toContain("error");
    },
  );

  test.each([
    [["zzz"], "there is a reader zzz already: src/core/read/zzz.ts"],
    [["Not A Name"], '"Not A Name" is no name of a format; write small letters and digits, parted by dashes'],
    [["x", "--form", "yaml"], "usage: npm run new:reader"],
    [[], "usage: npm run new:reader"],
  ])("tells a mistake in one line: %j", (args, message) => {
    const { status, stderr } = begin(...args);
    expect([status, stderr]).toEqual([1, expect.stringMatching(`^${message.replace(/[()]/g, "\\$&")}`)]);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });
});
