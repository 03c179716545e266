import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { defaultConfig, type ParsedConfig, parseConfig } from "../core/config/parse-config.ts";
import { maxConfigText } from "../core/config/yaml.ts";
import { InputError } from "../core/model/problem.ts";
import { readPieces } from "./report-files.ts";

/** Where the configuration is looked for when none is named. */
export const defaultConfigFile = ".github/phase-gate.yml";

/** A configuration with the file it came from; without one, the built-in configuration was taken. */
export interface LoadedConfig extends ParsedConfig {
  readonly file?: string;
}

/** Loads the configuration. Only the default path may be absent; a file that was named and is not there is a problem. */
export function loadConfig(file: string, cwd: string): LoadedConfig {
  try {
    return { file, ...parseConfig(readText(resolve(cwd, file), file), file) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const absent = !existsSync(resolve(cwd, file));
    if (absent && file === defaultConfigFile) return { config: defaultConfig(), problems: [] };
    const { message } = error.problem;
    const hint = "Name a file of the repository; the path is relative to the working directory.";
    const problem = { code: "config-missing", severity: "error", at: { file }, hint } as const;
    return { file, config: null, problems: [{ ...problem, message: `the configuration ${message}` }] };
  }
}

/** As much of the file as it takes to see that it is too large. Throws InputError. */
function readText(path: string, shown: string): string {
  const decoder = new TextDecoder();
  let text = "";
  for (const piece of readPieces(path, shown)) {
    text += decoder.decode(piece, { stream: true });
    if (text.length > maxConfigText) break;
  }
  return text + decoder.decode();
}
