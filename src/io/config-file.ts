import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { defaultConfig, type ParsedConfig, parseConfig } from "../core/config/parse-config.ts";
import { systemCode } from "./report-files.ts";

/** Where the configuration is looked for when none is named. */
export const defaultConfigFile = ".github/phase-gate.yml";

/** A configuration with the file it came from; without one, the built-in configuration was taken. */
export interface LoadedConfig extends ParsedConfig {
  readonly file?: string;
}

/** Loads the configuration. Only the default path may be absent; a file that was named and is not there is a problem. */
export function loadConfig(file: string, cwd: string): LoadedConfig {
  let text: string;
  try {
    text = readFileSync(resolve(cwd, file), "utf8");
  } catch (error) {
    const absent = systemCode(error) === "ENOENT";
    if (absent && file === defaultConfigFile) return { config: defaultConfig(), problems: [] };
    const message = absent
      ? "the configuration does not exist"
      : `the configuration could not be read (${systemCode(error)})`;
    const hint = "Check the path; it is relative to the working directory.";
    return {
      file,
      config: null,
      problems: [{ code: "config-missing", severity: "error", message, at: { file }, hint }],
    };
  }
  return { file, ...parseConfig(text, file) };
}
