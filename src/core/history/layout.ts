import type { RunRecord } from "../model/history.ts";

/** Where the records of a gate lie in a store, from its top; the gate without a name of its own lies at the top. */
export function recordsFolder(gate: string): string {
  return gate === "phase-gate" ? "runs" : `gates/${gate}/runs`;
}

/** Path of a record below the folder of its gate: month of the run in UTC, id and attempt. */
export function recordPath({ at, id, attempt }: Pick<RunRecord, "at" | "id" | "attempt">): string {
  return `${at.slice(0, 7)}/${id}-${attempt}.json`;
}

/** Whether a path below the folder of a gate is that of a record. */
export function isRecordPath(path: string): boolean {
  return /^\d{4}-\d\d\/[1-9]\d{0,15}-[1-9]\d{0,5}\.json$/.test(path);
}

/** The path of a record below the folder of its gate, taken out of its path in a store; undefined: it is no record of that gate. */
export function recordPathIn(gate: string, path: string): string | undefined {
  const folder = `${recordsFolder(gate)}/`;
  const below = path.startsWith(folder) ? path.slice(folder.length) : "";
  return isRecordPath(below) ? below : undefined;
}
