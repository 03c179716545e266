import { spawnSync } from "node:child_process";
import { testPath } from "./bytes.ts";

/** Path of the bundle of the command line tool. */
export const cli = testPath("..", "dist", "cli.js");

/** What a command printed and how it ended. */
export interface CliResult {
  readonly exitCode: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the bundle as a user would, `from` where it is installed. */
export function runCli(
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv; readonly from?: string } = {},
): CliResult {
  const { status, stdout, stderr } = spawnSync(process.execPath, [options.from ?? cli, ...args], {
    cwd: options.cwd ?? testPath(".."),
    env: { PATH: process.env["PATH"], ...options.env },
    encoding: "utf8",
    timeout: 60_000,
    maxBuffer: 1 << 26,
  });
  return { exitCode: status, out: stdout, err: stderr };
}
