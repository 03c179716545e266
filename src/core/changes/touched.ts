import type { Changes } from "../model/changes.ts";
import type { Place } from "../model/problem.ts";

/** Tells of a place in the repository whether the change adds or changes its line. What is not known is not touched. */
export function touchedBy(changes: Changes | undefined): (place: Place | undefined) => boolean {
  if (changes?.kind !== "known") return () => false;
  const lines = new Map(changes.files.map((file) => [file.path, new Set(file.lines)]));
  return (place) => place?.line !== undefined && lines.get(place.file)?.has(place.line) === true;
}
