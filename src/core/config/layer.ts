import type { Problem } from "../model/problem.ts";
import { explain } from "./explain.ts";
import { configSchema, type RawConfig } from "./schema.ts";
import { readYaml, type Yaml } from "./yaml.ts";

/** One configuration file as it is written, before anything that it extends is united with it. */
export interface Layer {
  readonly raw: RawConfig;
  readonly yaml: Yaml;
  readonly file: string;
}

/** One file, or every problem that was found in it, each with its line. */
export function readLayer(text: string, file: string): Layer | readonly Problem[] {
  const yaml = readYaml(text, file);
  if (!("value" in yaml)) return yaml;
  if (yaml.value === null || yaml.value === undefined) {
    return [empty("is empty", file, "Begin with `version: 1` and a list of phases.")];
  }
  if (typeof yaml.value !== "object" || Array.isArray(yaml.value)) {
    return [empty("must be a mapping with the keys version and phases", file)];
  }
  const parsed = configSchema.safeParse(yaml.value, { jitless: true });
  return parsed.success ? { raw: parsed.data, yaml, file } : explain(parsed.error.issues, yaml);
}

function empty(what: string, file: string, hint?: string): Problem {
  const problem: Problem = { code: "config-empty", severity: "error", message: what, at: { file, line: 1 } };
  return hint === undefined ? problem : { ...problem, hint };
}
