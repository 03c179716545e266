import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { cli, runCli } from "./runner/run-cli.ts";

let installed: string;
let cache: string;

beforeEach(() => {
  installed = mkdtempSync(join(tmpdir(), "phase-gate-installed-"));
  cache = join(installed, ".cache");
  const root = join(dirname(cli), "..");
  for (const path of ["package.json", "dist"])
    cpSync(join(root, path), join(installed, path), { recursive: true });
});

afterEach(() => rmSync(installed, { recursive: true }));

function start(env: NodeJS.ProcessEnv = {}, args = ["kpis"]) {
  return runCli(args, { cwd: installed, env, from: join(installed, "dist", "cli.js") });
}

function compiled(): readonly string[] {
  const paths = readdirSync(cache, { recursive: true, withFileTypes: true });
  return paths.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}

describe("what the engine compiled is kept beside the code", () => {
  test("the second start prints what the first one did", () => {
    const first = start();
    expect(first).toMatchObject({ exitCode: 0, err: "" });
    expect(compiled()).toHaveLength(1);
    expect(start()).toEqual(first);
  });

  test("what one command uses is kept apart from what another one does", () => {
    for (const args of [["kpis"], ["check"], ["--json"], ["inspect", "package.json"]]) start({}, args);
    expect(compiled()).toHaveLength(3);
  });

  test("of a command that only tells what there is, or is unknown, nothing is kept", () => {
    for (const args of [["--help"], ["tune", "-h"], ["--version"]]) expect(start({}, args).exitCode).toBe(0);
    expect(start({}, ["chek"]).exitCode).toBe(2);
    expect(existsSync(cache)).toBe(false);
  });

  test.each([
    ["cut in half", (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ["changed", (bytes: Buffer) => bytes.map((byte, at) => (at % 1000 === 999 ? byte ^ 1 : byte))],
    ["empty", () => Buffer.alloc(0)],
  ])("what was kept and is %s is not run", (_, harm) => {
    const first = start();
    for (const path of compiled()) writeFileSync(path, harm(readFileSync(path)));
    expect(start()).toEqual(first);
  });

  test("of other code nothing is run", () => {
    start();
    const main = join(installed, "dist", "cli-main.js");
    const code = readFileSync(main, "utf8");
    writeFileSync(main, code.replace(/^process\.exitCode = 70;$/m, 'process.stdout.write("new\\n");'));
    expect(start().out).toMatch(/^new\n/);
  });

  test("nothing is kept in CI, where every machine is new", () => {
    expect(start({ CI: "true" })).toMatchObject({ exitCode: 0, err: "" });
    expect(existsSync(cache)).toBe(false);
  });

  test("where nothing can be kept it starts all the same", () => {
    writeFileSync(cache, "");
    expect(start()).toMatchObject({ exitCode: 0, err: "" });
  });
});
