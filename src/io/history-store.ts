import { recordPath } from "../core/history/layout.ts";
import { readRecord } from "../core/history/record-json.ts";
import type { ApiFailure } from "../core/model/clients.ts";
import type { RunRecord } from "../core/model/history.ts";
import type { Problem } from "../core/model/problem.ts";
import { systemCode } from "./report-files.ts";

/** What a store holds. With a problem of severity error the history as a whole is not known, and nothing may be added. */
export interface ReadHistory {
  /** In no order. */
  readonly records: readonly RunRecord[];
  readonly problems: readonly Problem[];
}

/** Where the records of one gate are kept. */
export interface HistoryStore {
  read(): Promise<ReadHistory>;
  /**
   * Keeps a record: whole or not at all, for ever, and once; false says that there is one of its run and attempt. What need
   * not be kept any longer may go at the same time. `known` is what was read. Throws what the place throws; `whyNot` tells it.
   */
  keep(record: RunRecord, known: readonly RunRecord[]): Promise<boolean>;
  /** What kept a record from being kept, in words, and what to do. Never the verdict. */
  whyNot(error: unknown): Problem;
  /** Folder that a later step has to upload after a record was kept, where the place cannot be written from here. */
  readonly upload?: string;
}

/** The record in a file, or the problem that it is none. `path` is where it lies, below the folder of its gate. */
export function recordAt(path: string, text: string, shown: string): RunRecord | Problem {
  const read = readRecord(text);
  if ("wrong" in read) return unreadable(shown, read.wrong);
  const own = recordPath(read.record);
  return own === path ? read.record : unreadable(shown, `holds the record that belongs to ${own}`);
}

/** The history as a whole is not known, because of this file or place. */
export function unreadable(file: string, message: string, hint = mend): Problem {
  return { code: "history-unreadable", severity: "error", message, at: { file }, hint };
}

const mend =
  "Restore the file from a copy, remove it, or use the version that wrote it. It is left as it is.";

/** A run that should have been recorded and was not. */
export function notRecorded(why: string, hint: string, severity: Problem["severity"] = "warning"): Problem {
  const message = `this run could not be recorded (${why})`;
  return { code: "not-recorded", severity, message, hint };
}

/** What went wrong with a place on GitHub, in a few words, and whether the token may not do it. */
export function failureText(error: unknown): { readonly said: string; readonly denied: boolean } {
  const { status = 0, kind } = error as Partial<ApiFailure>;
  if (!(error instanceof Error) || kind === undefined) return { said: systemCode(error), denied: false };
  const said = `${status > 0 ? `${status} ` : ""}${error.message.slice(0, 200)}`;
  return { said, denied: kind === "refused" && [401, 403, 404].includes(status) };
}
