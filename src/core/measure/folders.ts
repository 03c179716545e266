import picomatch from "picomatch";
import type { Selection } from "../model/config.ts";
import type { FileCoverage } from "../model/facts.ts";
import { textOrder } from "../model/text-order.ts";
import { isSelected } from "./selection.ts";

/** Coverage of the source files below one folder. */
export interface Folder {
  readonly path: string;
  readonly files: ReadonlyMap<string, FileCoverage>;
}

/** Whether a glob matches the path of a folder. */
export function folderMatcher(glob: string): (folder: string) => boolean {
  const options = { dot: true, noextglob: true, nonegate: true, windows: false };
  return picomatch(glob.replace(/^\.\//, "").replace(/\/+$/, ""), options);
}

/**
 * Every folder that a glob matches, in the order of their names, each with the source files below it. Folders of
 * source files in coverage reports count; with globs under `include` also those of tracked files that these cover,
 * so that a folder that has lost its coverage is not lost from sight.
 */
export function foldersOf(
  glob: string,
  files: ReadonlyMap<string, FileCoverage>,
  tracked: readonly string[],
  selection: Selection,
): readonly Folder[] {
  const matches = folderMatcher(glob);
  const known = new Map<string, boolean>();
  const found = new Map<string, Map<string, FileCoverage>>();
  const folders = (path: string): readonly string[] => {
    const above: string[] = [];
    if (path.startsWith("(all of ")) return above;
    for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
      const folder = path.slice(0, end);
      const fits = known.get(folder) ?? matches(folder);
      known.set(folder, fits);
      if (fits) above.push(folder);
    }
    return above;
  };
  const below = (folder: string) => {
    const there = found.get(folder) ?? new Map<string, FileCoverage>();
    found.set(folder, there);
    return there;
  };
  for (const [key, file] of files) for (const folder of folders(file.path)) below(folder).set(key, file);
  if (selection.include.length > 0) {
    const selected = isSelected(selection);
    for (const path of tracked) if (selected(path)) for (const folder of folders(path)) below(folder);
  }
  return [...found].sort(([a], [b]) => textOrder(a, b)).map(([path, inside]) => ({ path, files: inside }));
}
