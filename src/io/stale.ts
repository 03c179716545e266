import type { ReadFile } from "../core/model/evidence.ts";
import type { Problem } from "../core/model/problem.ts";
import { type Found, writtenAt } from "./find-files.ts";

/** What a run knows of itself. */
export interface Now {
  /** When the job began, in milliseconds since 1970; older report files are stale. Undefined on a laptop. */
  readonly startedAt?: number | undefined;
  /** Id of the workflow run; facts of another run are stale. */
  readonly run?: number | undefined;
}

/** What says that a file is none of this run: its time, or for facts of another runner the run that wrote them. */
export function stale(file: Found, { facts }: ReadFile, { startedAt, run }: Now): readonly Problem[] {
  const writer = facts?.kind === "facts" ? facts.collected.run : undefined;
  if (writer !== undefined && run !== undefined) {
    if (writer === run) return [];
    const hint = "Bring the facts files of this run, or set `stale: allow` on the source.";
    return problem(file, `was collected by the workflow run ${writer}, and this is run ${run}`, hint);
  }
  // Systems keep times with different precision; two seconds is the coarsest (FAT).
  if (startedAt === undefined) return [];
  const written = writtenAt(file);
  if (written + 2_000 >= startedAt) return [];
  return problem(
    file,
    `was written ${new Date(written).toISOString()}, before this job began (${new Date(startedAt).toISOString()})`,
    "Did the step that writes it run? Delete old report files first, or set `stale: allow` on the source.",
  );
}

function problem({ shown }: Found, message: string, hint: string): readonly Problem[] {
  return [{ code: "stale-file", severity: "error", message, at: { file: shown }, hint }];
}
