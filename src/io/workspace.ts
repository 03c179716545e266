import { existsSync, realpathSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";

/** The folders of a run, absolute and without links. */
export interface Workspace {
  /** Nothing outside of it is read. */
  readonly root: string;
  /** Globs are relative to it. */
  readonly base: string;
}

/** GITHUB_WORKSPACE, else the top of the git checkout, else the folder itself. */
export function findWorkspaceRoot(cwd: string, env: Readonly<Record<string, string | undefined>>): string {
  if (env["GITHUB_WORKSPACE"]) return realpathSync(env["GITHUB_WORKSPACE"]);
  const start = realpathSync(cwd);
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, ".git"))) return folder;
    if (folder === dirname(folder)) return start;
  }
}

/** The workspace of a command: globs are relative to `root`, if it is given, else to the folder of the configuration. */
export function openWorkspace(
  configFile: string | undefined,
  root: string | undefined,
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
): Workspace {
  const base = root === undefined ? baseOf(configFile, cwd) : realpathSync(resolve(cwd, root));
  const top = findWorkspaceRoot(cwd, env);
  return { base, root: isInside(base, top) ? top : base };
}

/** The folder that globs are relative to: that of the configuration, or its parent when that is `.github`. */
export function baseOf(configFile: string | undefined, cwd: string): string {
  if (configFile === undefined) return realpathSync(cwd);
  const folder = dirname(resolve(cwd, configFile));
  const base = folder.endsWith(`${sep}.github`) ? dirname(folder) : folder;
  return existsSync(base) ? realpathSync(base) : base;
}

export function isInside(path: string, root: string): boolean {
  const way = relative(root, path);
  return way === "" || (!way.startsWith(`..${sep}`) && way !== ".." && !isAbsolute(way));
}

/** Absolute path of a folder named from the base; undefined where it is outside the workspace, also by a link. */
export function insideWorkspace(folder: string, { root, base }: Workspace): string | undefined {
  const path = resolve(base, folder.replaceAll("\\", "/"));
  const real = existsSync(path) ? realpathSync(path) : path;
  return isInside(path, root) && isInside(real, root) ? path : undefined;
}

/** Path from the root of a file that exists in the workspace, named absolutely or from the base or the root. */
export function pathInRepository(file: string, { base, root }: Workspace): string | undefined {
  for (const folder of [base, root]) {
    const path = resolve(folder, file.replaceAll("\\", "/"));
    if (isInside(path, root) && existsSync(path)) return shownPath(path, root);
  }
  return undefined;
}

/** A path relative to a folder, with `/` on every system. */
export function shownPath(path: string, from: string): string {
  return (relative(from, path) || ".").split(sep).join("/");
}
