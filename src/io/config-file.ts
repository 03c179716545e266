import { existsSync, realpathSync } from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";
import type { ReadText } from "../core/config/extends.ts";
import { defaultConfig, type ParsedConfig, parseConfig } from "../core/config/parse-config.ts";
import { maxConfigText } from "../core/config/yaml.ts";
import { InputError, type Problem } from "../core/model/problem.ts";
import { readTextFile } from "./text-file.ts";
import { findWorkspaceRoot, isInside } from "./workspace.ts";

/** Where the configuration is looked for when none is named. */
export const defaultConfigFile = ".github/phase-gate.yml";

/** Where people put it as well. To pass over it and judge by other phases would be a gate that nobody asked for. */
const nearby = [defaultConfigFile, ".github/phase-gate.yaml", "phase-gate.yml", "phase-gate.yaml"];

/** A configuration with the file it came from; without one, the built-in configuration was taken. */
export interface LoadedConfig extends ParsedConfig {
  readonly file?: string;
}

/**
 * Loads the configuration. Only the default path may be absent, and only if none lies nearby; a file that was named and is
 * not there is a problem.
 */
export function loadConfig(file: string, cwd: string): LoadedConfig {
  try {
    return {
      file,
      ...parseConfig(readTextFile(resolve(cwd, file), file, maxConfigText), file, otherFiles(cwd)),
    };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    if (file === defaultConfigFile && !existsSync(resolve(cwd, file))) return withoutConfig(cwd);
    const { message } = error.problem;
    const hint = "Name a file of the repository; the path is relative to the working directory.";
    const problem = { code: "config-missing", severity: "error", at: { file }, hint } as const;
    return { file, config: null, problems: [{ ...problem, message: `the configuration ${message}` }] };
  }
}

/** The built-in configuration, unless one lies where none is looked for: in this folder or at the top of the checkout. */
function withoutConfig(cwd: string): LoadedConfig {
  const misplaced = [...new Set([cwd, findWorkspaceRoot(cwd, {})])]
    .flatMap((folder) => nearby.map((name) => resolve(folder, name)))
    .find((path) => existsSync(path));
  if (misplaced === undefined) return { config: defaultConfig(), problems: [] };
  const file = relative(cwd, misplaced).split(sep).join("/");
  return { file, config: null, problems: [unnamed(file)] };
}

function unnamed(file: string): Problem {
  return {
    code: "config-missing",
    severity: "error",
    message: `is not where a configuration is looked for (${defaultConfigFile})`,
    at: { file },
    hint: `Move it there, or name it: \`--config ${file}\`, or \`config: ${file}\` in a workflow.`,
  };
}

/** Other files of the repository that a configuration extends, by paths like its own. */
export function otherFiles(cwd: string): ReadText {
  const root = findWorkspaceRoot(cwd, {});
  return (path) => {
    const whole = resolve(cwd, path);
    try {
      const folder = realpathSync(dirname(whole));
      if (!isInside(folder, root)) return { wrong: "lies outside of the repository" };
      return { text: readTextFile(whole, path, maxConfigText) };
    } catch (error) {
      return { wrong: error instanceof InputError ? error.problem.message : "does not exist" };
    }
  };
}
