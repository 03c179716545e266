import executionPlan from "./execution-plan.yml";

/** The registry of presets: whole plans that `extends` knows by name, as YAML. */
export const presets: Readonly<Record<string, string>> = { "execution-plan": executionPlan };

const prefix = "preset ";

/** What stands for the file of a preset in places. */
export function presetFile(name: string): string {
  return `${prefix}${name}`;
}

export function isPreset(file: string): boolean {
  return file.startsWith(prefix);
}
