import { type Dirent, lstatSync, readdirSync, realpathSync } from "node:fs";
import { isAbsolute, join, resolve, sep } from "node:path";
import picomatch from "picomatch";
import { InputError, type Place, type Problem, refuse } from "../core/model/problem.ts";
import { systemCode } from "./report-files.ts";
import { isInside, shownPath, type Workspace } from "./workspace.ts";

/** Most report files that one gate reads. */
export const maxFiles = 10_000;

/** Most folders and files that are looked at for one glob. */
const maxVisited = 2_000_000;

const neverEntered = new Set(["node_modules", ".git"]);

/** A report file that was found. */
export interface Found {
  /** Absolute. */
  readonly path: string;
  /** As shown to users: relative to the base folder. */
  readonly shown: string;
  /** When it was last written, in milliseconds since 1970; absent where nobody has asked. */
  readonly writtenAt?: number;
}

/** Asked for only where a job has begun at a known time. */
export function writtenAt({ path, writtenAt }: Found): number {
  return writtenAt ?? lstatSync(path).mtimeMs;
}

/** Files that match a glob, in the order of their names; links to files and folders are not followed. */
export function findFiles(
  glob: string,
  { root, base }: Workspace,
): { readonly files: readonly Found[]; readonly problems: readonly Problem[] } {
  const at: Place = { file: glob };
  const { base: fixed, glob: rest } = picomatch.scan(glob.replaceAll("\\", "/"));
  const start = resolve(base, fixed);
  if (!isInside(start, root) || isAbsolute(rest) || /(?:^|\/)\.\.(?:\/|$)/.test(rest)) {
    const hint = "Only files of the checkout are read; let the tool write its report there.";
    return none({
      code: "outside-workspace",
      severity: "error",
      message: "leads outside the workspace",
      at,
      hint,
    });
  }
  let real: string;
  try {
    real = realpathSync(start);
  } catch {
    return { files: [], problems: [] };
  }
  if (!isInside(real, root)) {
    return none({
      code: "outside-workspace",
      severity: "error",
      message: "leads outside the workspace by a link",
      at,
    });
  }
  try {
    const files = rest === "" ? single(start, base) : walk(start, base, rest, at);
    return { files: files.sort((a, b) => (a.shown < b.shown ? -1 : 1)), problems: [] };
  } catch (error) {
    if (error instanceof InputError) return none(error.problem);
    throw error;
  }
}

function none(problem: Problem) {
  return { files: [], problems: [problem] };
}

function single(path: string, base: string): Found[] {
  const stats = lstatSync(path);
  const shown = shownPath(path, base);
  if (stats.isDirectory()) {
    const hint = `Name the files in it, such as ${shown}/**.`;
    refuse({ code: "not-a-file", message: "is a folder", at: { file: shown }, hint });
  }
  return [{ path, shown, writtenAt: stats.mtimeMs }];
}

/** All matching files below a folder. */
function walk(start: string, base: string, rest: string, at: Place): Found[] {
  // Asked directly, because picomatch makes an object of every answer.
  const pattern = picomatch.makeRe(rest, { dot: true, noextglob: true, nonegate: true });
  const found: Found[] = [];
  const folders: string[] = [""];
  const shown = start === base ? "" : `${shownPath(start, base)}/`;
  let visited = 0;
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) enter(folder);
  return found;

  // On its own, because one long loop is what an engine compiles as well as it can, which takes longer than all of it.
  function enter(folder: string): void {
    const here = join(start, folder);
    for (const entry of entriesOf(here, shown + folder)) visit(entry, here, folder);
  }

  function visit(entry: Dirent, here: string, folder: string): void {
    if (++visited > maxVisited) {
      const message = `more than ${maxVisited} files and folders lie below it; name a narrower folder`;
      refuse({ code: "limit-files", message, at });
    }
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      if (!neverEntered.has(entry.name)) folders.push(path);
    } else if (path === rest || pattern.test(path)) {
      if (found.length === maxFiles)
        refuse({ code: "limit-files", message: `matches more than ${maxFiles} files`, at });
      found.push({ path: `${here}${sep}${entry.name}`, shown: shown + path });
    }
  }
}

/** Report files may lie in a folder that cannot be looked into, such as the data of a service container. */
function entriesOf(folder: string, shown: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    refuse({
      code: "file-unreadable",
      message: `the folder could not be looked into (${systemCode(error)})`,
      at: { file: shown === "" ? "." : shown },
      hint: "Name folders beside it under `sources`, or let this user read it.",
    });
  }
}
