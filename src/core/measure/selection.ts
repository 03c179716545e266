import picomatch from "picomatch";
import type { Selection } from "../model/config.ts";
import type { FileCoverage } from "../model/facts.ts";

/** The source files that count. Totals of a whole report cannot be divided, so they count as a whole. */
export function selectFiles(
  files: ReadonlyMap<string, FileCoverage>,
  { include, exclude }: Selection,
): ReadonlyMap<string, FileCoverage> {
  if (include.length === 0 && exclude.length === 0) return files;
  const options = { dot: true, noextglob: true, nonegate: true, windows: false };
  const included = include.length === 0 ? () => true : picomatch([...include], options);
  const excluded = exclude.length === 0 ? () => false : picomatch([...exclude], options);
  return new Map([...files].filter(([path]) => included(path) && !excluded(path)));
}
