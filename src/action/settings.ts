import { existsSync, realpathSync } from "node:fs";
import { resolve } from "node:path";
import type { Settings } from "../gate.ts";
import { type LoadedConfig, loadConfig } from "../io/config-file.ts";
import type { Environment } from "../io/environment.ts";
import { baseOf, findWorkspaceRoot } from "../io/workspace.ts";
import type { Inputs } from "./inputs.ts";

/** What the gate is run with: the inputs, the configuration that they name, and what the runner says of this run. */
export function settingsOf(inputs: Inputs, { run, startedAt, problems }: Environment): Settings {
  const root = findWorkspaceRoot(process.cwd(), process.env);
  const cwd = resolve(root, inputs.workingDirectory);
  const loaded = existsSync(cwd) ? loadConfig(inputs.config, cwd) : noFolder(inputs);
  const { config, file } = loaded;
  return {
    name: inputs.name,
    run,
    config: config && { ...config, mode: inputs.mode ?? config.mode },
    problems: [...inputs.problems, ...problems, ...loaded.problems],
    workspace: { root, base: file === undefined ? realpathSync(cwd) : baseOf(file, cwd) },
    upstream: inputs.upstream,
    ...(startedAt === undefined ? {} : { startedAt }),
  };
}

function noFolder({ workingDirectory: file }: Inputs): LoadedConfig {
  const hint = "It is relative to the workspace.";
  const message = "input working-directory: the folder does not exist";
  return {
    file,
    config: null,
    problems: [{ code: "input", severity: "error", message, at: { file }, hint }],
  };
}
