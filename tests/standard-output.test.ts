import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cli } from "./runner/run-cli.ts";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "phase-gate-output-"));
  const details = "at cart.add (cart.ts:7)\n".repeat(40);
  const failing = (_: unknown, i: number) =>
    `<testcase name="t${i}"><failure message="wrong €">${details}</failure></testcase>`;
  const cases = Array.from({ length: 1000 }, failing).join("");
  writeFileSync(join(folder, "junit.xml"), `<testsuite name="s">${cases}</testsuite>`);
  const phases = "[{ name: A, kpis: { tests.failed: at most 0 } }]";
  writeFileSync(join(folder, "gate.yml"), `version: 1\nsources: { tests: junit.xml }\nphases: ${phases}\n`);
});

afterAll(() => rmSync(folder, { recursive: true }));

const check = [cli, "check", "--json", "--config", "gate.yml"];

/** Runs Node and gives what it printed and how it ended. */
async function run(args: readonly string[]): Promise<{ out: string; err: string; exitCode: number | null }> {
  const child = spawn(process.execPath, args, { cwd: folder });
  const texts = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (texts.out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (texts.err += text));
  const exitCode = await new Promise<number | null>((done) => child.once("close", done));
  return { ...texts, exitCode };
}

test("a report larger than a pipe is printed whole, also into a pipe that never waits", async () => {
  const plain = await run(check);
  expect(plain).toMatchObject({ exitCode: 1, err: "" });
  expect(Buffer.byteLength(plain.out)).toBeGreaterThan(1_000_000);
  expect(plain.out).toContain('"failed": 1000');

  // To open its own output makes Node set the pipe that both share to never wait.
  const parent = `
    const child = require("node:child_process").spawn(process.execPath, ${JSON.stringify(check)}, { stdio: "inherit" });
    child.once("close", (code) => { process.exitCode = code; });
    process.stdout;`;
  const shared = await run(["-e", parent]);
  const withoutTime = (text: string) => text.replace(/"at": "[^"]+"/, "");
  expect(shared).toMatchObject({ exitCode: 1, err: "" });
  expect(withoutTime(shared.out)).toBe(withoutTime(plain.out));
});

test("the verdict stays what it is when the reader of the page has gone", async () => {
  const child = spawn(process.execPath, check, { cwd: folder });
  child.stdout.destroy();
  let err = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  const exitCode = await new Promise((done) => child.once("close", done));
  expect({ exitCode, err }).toEqual({ exitCode: 1, err: "" });
});
