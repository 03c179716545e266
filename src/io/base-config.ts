import { resolve } from "node:path";
import type { ReadText } from "../core/config/extends.ts";
import { parseConfig } from "../core/config/parse-config.ts";
import { maxConfigText } from "../core/config/yaml.ts";
import type { BaseConfig } from "../core/model/policy.ts";
import { InputError, isError, type Problem } from "../core/model/problem.ts";
import { otherFiles } from "./config-file.ts";
import { askGit, git } from "./git.ts";
import { readTextFile } from "./text-file.ts";

/** The configuration of the base, or the problem that says why there is none: what cannot be read is not absent. */
export type FoundBase =
  | { readonly base: BaseConfig; readonly problems: readonly Problem[] }
  | { readonly problems: readonly Problem[] };

/** A file that the user named. */
export function baseConfigFile(file: string, cwd: string): FoundBase {
  try {
    return baseConfigOf(readTextFile(resolve(cwd, file), file, maxConfigText), file, file, otherFiles(cwd));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return unreadable(file, error.problem.message, file);
  }
}

/** A file at a commit of the checkout; undefined where the checkout does not hold that commit. */
export function baseConfigByGit(
  root: string,
  commit: string,
  path: string,
  where: string,
): FoundBase | undefined {
  if (askGit(root, "rev-parse", "--verify", "--quiet", "--end-of-options", `${commit}^{tree}`) === undefined)
    return undefined;
  const entry = askGit(root, "ls-tree", commit, "--", path);
  if (entry === undefined) return undefined;
  if (entry === "") return absent(where);
  const blob = (file: string) => git(root, ["cat-file", "blob", `${commit}:${file}`]);
  const text = blob(path);
  if (text === undefined) return unreadable(where, "is not a regular file", path);
  return baseConfigOf(text, path, where, (file) => {
    const other = blob(file);
    return other === undefined ? { wrong: "does not exist" } : { text: other };
  });
}

export function absent(where: string): FoundBase {
  return { base: { kind: "absent", where }, problems: [] };
}

export function baseConfigOf(text: string, file: string, where: string, read?: ReadText): FoundBase {
  const { config, problems } = parseConfig(text, file, read);
  if (config) return { base: { kind: "config", where, config }, problems: [] };
  const first = problems.find(isError);
  const line = first?.at?.line === undefined ? "" : `line ${first.at.line}: `;
  return unreadable(where, `does not parse: ${line}${first?.message ?? "no configuration"}`, file);
}

/** Not a first adoption: whoever broke the file on the base branch would have lifted every limit. */
export function unreadable(where: string, why: string, file: string): FoundBase {
  return {
    problems: [
      {
        code: "config-base",
        severity: "error",
        message: where === file ? `the base configuration ${why}` : `${where} ${why}`,
        at: { file },
        hint: "Nothing can be held against it. Mend it there first.",
      },
    ],
  };
}
