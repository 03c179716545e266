import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { isRecordPath, recordPath, recordsFolder } from "../core/history/layout.ts";
import { prunable } from "../core/history/prune.ts";
import { maxRecordText, writeRecord } from "../core/history/record-json.ts";
import type { RunRecord } from "../core/model/history.ts";
import { InputError, type Problem } from "../core/model/problem.ts";
import { type HistoryStore, notRecorded, type ReadHistory, recordAt, unreadable } from "./history-store.ts";
import { systemCode } from "./report-files.ts";
import { readTextFile } from "./text-file.ts";

/** Most records that are read. */
const maxRecords = 100_000;

/** Hours after which a file that a stopped process left unfinished is removed. */
const unfinishedHours = 24;

/** Records of one gate in a folder: one file for each run and attempt, written once. */
export interface HistoryFolder {
  /** As the user named it. */
  readonly shown: string;
  /** Absolute path of the store; it need not exist yet. */
  readonly path: string;
  /** Name of the gate. */
  readonly gate: string;
}

/** The folder as a store. */
export function folderStore(folder: HistoryFolder): HistoryStore {
  return {
    read: async () => readFolder(folder),
    async keep(record, known) {
      const stored = storeRecord(folder, record);
      if (stored) pruneFolder(folder, [...known, record], record.at);
      return stored;
    },
    whyNot: (error) =>
      notRecorded(
        systemCode(error),
        "The verdict stands. Look at the folder of the history and its permissions.",
      ),
  };
}

/** Every record, in no order; the problems name each that cannot be read, and then the history as a whole is not known. */
export function readFolder(folder: HistoryFolder): ReadHistory {
  const top = join(folder.path, recordsFolder(folder.gate));
  const records: RunRecord[] = [];
  const problems: Problem[] = [];
  try {
    if (!isFolder(folder.path)) return { records, problems: [absent(folder.shown)] };
    if (!isFolder(top)) return { records, problems };
    for (const path of pathsBelow(top)) {
      if (records.length === maxRecords) throw new InputError(tooMany(folder));
      const shown = shownIn(folder, path);
      const record = recordAt(path, readTextFile(join(top, path), shown, maxRecordText), shown);
      if ("code" in record) problems.push(record);
      else records.push(record);
    }
  } catch (error) {
    problems.push(
      error instanceof InputError
        ? error.problem
        : unreadable(folder.shown, `could not be read (${systemCode(error)})`),
    );
  }
  return { records, problems };
}

/** Whether there is a folder; false where there is nothing. Throws what the system says of anything else. */
function isFolder(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return false;
  if (!found.isDirectory()) throw Object.assign(new Error(path), { code: "ENOTDIR" });
  return true;
}

function absent(file: string): Problem {
  const message = "the folder of the history does not exist, so there is no recorded run to compare with";
  const hint =
    "The first `phase-gate check --record` makes it. If runs were recorded before, look at its name.";
  return { code: "no-history", severity: "warning", message, at: { file }, hint };
}

/**
 * Stores a record: whole or not at all, for ever, and once. A file of the same run and attempt is never replaced; `false`
 * says that there is one. Throws what the system throws.
 */
export function storeRecord(folder: HistoryFolder, record: RunRecord): boolean {
  const path = join(folder.path, recordsFolder(folder.gate), recordPath(record));
  mkdirSync(dirname(path), { recursive: true });
  const unfinished = join(dirname(path), `.${crypto.randomUUID()}.tmp`);
  writeFileSync(unfinished, writeRecord(record), { flag: "wx", flush: true });
  try {
    // A link is made at once and fails where there is a file; renaming would replace it.
    linkSync(unfinished, path);
  } catch (error) {
    if (systemCode(error) === "EEXIST") return false;
    throw error;
  } finally {
    unlinkSync(unfinished);
  }
  flushFolder(dirname(path));
  return true;
}

/** Removes records that need not be kept, and files that stopped processes left unfinished. */
export function pruneFolder(folder: HistoryFolder, records: readonly RunRecord[], at: string): void {
  const top = join(folder.path, recordsFolder(folder.gate));
  for (const record of prunable(records, at)) rmSync(join(top, recordPath(record)), { force: true });
  for (const month of readdirSync(top)) {
    for (const name of readdirSync(join(top, month))) {
      const path = join(top, month, name);
      if (/^\..*\.tmp$/.test(name) && isOld(path, at)) rmSync(path, { force: true });
    }
  }
}

function isOld(path: string, at: string): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats !== undefined && stats.mtimeMs < Date.parse(at) - unfinishedHours * 3_600_000;
}

function pathsBelow(top: string): readonly string[] {
  return readdirSync(top, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => readdirSync(join(top, name)).map((file) => `${name}/${file}`))
    .filter(isRecordPath)
    .sort();
}

/** Some systems cannot flush a folder; the record itself is on the disk by then. */
function flushFolder(path: string): void {
  try {
    const folder = openSync(path, "r");
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
  } catch (error) {
    if (!["EISDIR", "EPERM", "EACCES", "EINVAL"].includes(systemCode(error))) throw error;
  }
}

function shownIn({ shown, gate }: HistoryFolder, path: string): string {
  return `${shown}/${recordsFolder(gate)}/${path}`;
}

function tooMany(folder: HistoryFolder): Problem {
  const message = `holds more than ${maxRecords} records`;
  return { code: "limit-files", severity: "error", message, at: { file: folder.shown } };
}
