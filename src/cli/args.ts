import { parseArgs } from "node:util";
import { nearest } from "../core/config/nearest.ts";
import { exitCodes } from "../core/model/exit-code.ts";
import type { Command } from "./command.ts";

/** What the command line asks for, or the sentence that says what is wrong with it. */
export type Parsed =
  | {
      readonly run: Command;
      readonly values: Readonly<Record<string, string | boolean | undefined>>;
      readonly positionals: readonly string[];
    }
  | { readonly print: string }
  | { readonly wrong: string };

/** Reads `[COMMAND] [ARGUMENTS]`; without a command the default one runs. */
export function parseCommandLine(
  args: readonly string[],
  commands: Readonly<Record<string, Command>>,
  fallback: string,
  version: string,
): Parsed {
  const [first] = args;
  const named = first !== undefined && Object.hasOwn(commands, first);
  if (!named && first !== undefined && !first.startsWith("-")) {
    const meant = nearest(first, Object.keys(commands));
    return { wrong: `unknown command "${first}"${meant ? `, did you mean "${meant}"?` : ""}` };
  }
  const rest = named ? args.slice(1) : args;
  const name = named ? first : fallback;
  const command = commands[name]!;
  if (rest.includes("--help") || rest.includes("-h")) {
    return { print: named ? commandHelp(command) : help(commands, fallback) };
  }
  if (!named && rest.includes("--version")) return { print: `${version}\n` };
  const options = Object.fromEntries(
    Object.entries(command.options).map(([key, { type }]) => [key, { type }]),
  );
  try {
    const { values, positionals } = parseArgs({ args: [...rest], options, allowPositionals: true });
    const empty = Object.entries(values).find(([, value]) => value === "");
    if (empty) return { wrong: `--${empty[0]} needs a value, and got an empty one` };
    return { run: command, values: values as Record<string, string | boolean>, positionals };
  } catch (error) {
    return { wrong: complaint(error, Object.keys(options)) };
  }
}

function complaint(error: unknown, options: readonly string[]): string {
  const message = error instanceof Error ? error.message : String(error);
  const bare = /^Option '(?:-\w, )?(--[^' ]*).*(?:ambiguous|argument missing)/.exec(message)?.[1];
  if (bare !== undefined) return `${bare} needs a value`;
  const unknown = /^Unknown option '(--?[^']*)'/.exec(message)?.[1];
  if (unknown === undefined) return message;
  const meant = nearest(unknown.replace(/^-+/, ""), options);
  return `unknown option "${unknown}"${meant ? `, did you mean "--${meant}"?` : ""}`;
}

function help(commands: Readonly<Record<string, Command>>, fallback: string): string {
  const rows = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(10)}${summary}`);
  const codes = Object.entries(exitCodes).map(([code, meaning]) => `  ${code}  ${meaning}`);
  return `phase-gate: which phase of your quality plan does this code satisfy?

${rows.join("\n")}

${commandHelp(commands[fallback]!)}
Exit codes:
${codes.join("\n")}
`;
}

function commandHelp({ usage, options }: Command): string {
  const words = Object.entries(options).map(([key, { value }]) => `[--${key}${value ? ` ${value}` : ""}]`);
  const rows = Object.entries(options).map(
    ([key, { value, help: text }]) => `  ${`--${key}${value ? ` ${value}` : ""}`.padEnd(20)}${text}`,
  );
  return `Usage: phase-gate ${[usage, ...words].join(" ")}\n${rows.join("\n")}\n`;
}
