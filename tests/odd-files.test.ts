import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { write } from "./runner/repository.ts";
import { runAction } from "./runner/run-action.ts";
import { runCli } from "./runner/run-cli.ts";

const config = `version: 1
sources: { tests: ["**/*.xml", junit.xml, reports] }
phases: [{ name: Stable, kpis: { tests.error_rate: at most 0% } }]
`;

describe("what is no report file keeps nobody waiting and is named", () => {
  test("in a checkout, by the action", async () => {
    const folder = mkdtempSync(join(tmpdir(), "phase-gate-odd-"));
    const server = createServer();
    try {
      write(folder, "phase-gate.yml", config);
      execFileSync("mkfifo", [join(folder, "pipe.xml")]);
      for (const name of ["junit.xml", "reports", "loop"]) mkdirSync(join(folder, name));
      symlinkSync("loop.xml", join(folder, "loop.xml"));
      symlinkSync("../loop", join(folder, "loop/again"));
      symlinkSync("/dev/zero", join(folder, "endless.xml"));
      symlinkSync("nowhere", join(folder, "nothing.xml"));
      await new Promise<void>((resolve) => server.listen(join(folder, "socket.xml"), resolve));
      const { exitCode, outputs, log } = await runAction({
        checkout: folder,
        inPlace: true,
        inputs: { config: "phase-gate.yml", publish: "none" },
        event: { name: "push", payload: "{}" },
      });
      expect([exitCode, outputs["outcome"]], log).toEqual([2, "error"]);
      const told = [...log.matchAll(/^ {2}(\S+): error: (.*) \[not-a-file\]$/gm)];
      expect(told.map(([, file, what]) => `${file} ${what}`)).toEqual([
        "junit.xml is a folder",
        "reports is a folder",
        "endless.xml is a link, which is not followed",
        "loop.xml is a link, which is not followed",
        "nothing.xml is a link, which is not followed",
        "pipe.xml is not a regular file",
        "socket.xml is not a regular file",
      ]);
    } finally {
      server.close();
      rmSync(folder, { recursive: true });
    }
  });

  test("of the system, by the command line tool", () => {
    const devices = ["/dev/zero", "/dev/random", "/dev/null", "/dev/tty", "/dev"];
    const { exitCode, out } = runCli(["inspect", ...devices, "--json"]);
    const { files } = JSON.parse(out) as { files: { path: string; problems: { message: string }[] }[] };
    expect(exitCode).toBe(2);
    expect(
      files.map(({ path, problems }) => `${path} ${problems.map(({ message }) => message).join()}`),
    ).toEqual(devices.map((path) => `${path} is ${path === "/dev" ? "a folder" : "not a regular file"}`));
  });
});

test("a folder that cannot be looked into is an error, and told once for all globs", () => {
  const folder = mkdtempSync(join(tmpdir(), "phase-gate-closed-"));
  const [long, other] = ["a", "b"].map((top) => join(folder, top, `${"d".repeat(250)}/`.repeat(14)));
  const [below, beside] = [join(long!, "c"), join(folder, "b")];
  try {
    write(folder, "junit.xml", '<testsuite name="s"><testcase name="a"/></testsuite>');
    for (const path of [long!, other!]) mkdirSync(path, { recursive: true });
    // Deeper than a path may be long, so that no user may look into it.
    renameSync(beside, below);
    const { exitCode, out } = runCli(["check"], { cwd: folder });
    expect(exitCode).toBe(2);
    expect(out.match(/d: error: the folder could not be looked into \(ENAMETOOLONG\)/g)).toHaveLength(1);
    renameSync(below, beside);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
