import picomatch from "picomatch";
import type { Selection } from "../model/config.ts";
import type { FileCoverage } from "../model/facts.ts";

/** The source files that count. Totals of a whole report cannot be divided, so they count as a whole. */
export function selectFiles(
  files: ReadonlyMap<string, FileCoverage>,
  selection: Selection,
): ReadonlyMap<string, FileCoverage> {
  if (selection.include.length === 0 && selection.exclude.length === 0) return files;
  const selected = isSelected(selection);
  return new Map([...files].filter(([, { path }]) => selected(path)));
}

/** Whether the source file of a path in the repository counts. */
export function isSelected({ include, exclude }: Selection): (path: string) => boolean {
  const options = { dot: true, noextglob: true, nonegate: true, windows: false };
  const included = include.length === 0 ? () => true : picomatch([...include], options);
  const excluded = exclude.length === 0 ? () => false : picomatch([...exclude], options);
  return (path) => included(path) && !excluded(path);
}
