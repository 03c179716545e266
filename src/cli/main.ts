import { parseCommandLine } from "./args.ts";
import { check } from "./check.ts";
import { collect } from "./collect.ts";
import type { Command, ExitCode } from "./command.ts";
import type { CommandName } from "./command-names.ts";
import { inspect } from "./inspect.ts";
import { kpis } from "./kpis.ts";
import { standardOutput } from "./standard-output.ts";
import { tune } from "./tune.ts";

declare const __VERSION__: string;

/** The registry of commands. */
const commands = { check, collect, inspect, kpis, tune } as const satisfies Record<CommandName, Command>;

// Node ends with 0 when its event loop runs dry, which must never look like a verdict.
process.exitCode = 70;

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const stack = error instanceof Error ? error.stack : String(error);
  process.stderr.write(`phase-gate: internal error, please report it\n${stack}\n`);
  process.exitCode = 3;
}

async function main(args: readonly string[]): Promise<ExitCode> {
  const err = (text: string) => void process.stderr.write(text);
  const fail = (message: string): ExitCode => {
    err(`phase-gate: ${message}\nTry: phase-gate --help\n`);
    return 2;
  };
  const parsed = parseCommandLine(args, commands, "check", __VERSION__);
  if ("wrong" in parsed) return fail(parsed.wrong);
  const { terminal, write: out } = standardOutput();
  if ("print" in parsed) {
    out(parsed.print);
    return 0;
  }
  const { env } = process;
  const colour = terminal && !env["NO_COLOR"] && env["TERM"] !== "dumb";
  const { run, values, positionals } = parsed;
  return run.run({ values, positionals, env, cwd: process.cwd(), colour, out, err, fail });
}
