import { join } from "node:path";
import { recordPathIn } from "../core/history/layout.ts";
import { maxRecordText } from "../core/history/record-json.ts";
import type { RunRecord } from "../core/model/history.ts";
import { InputError, type Problem } from "../core/model/problem.ts";
import { type ReadHistory, recordAt, unreadable } from "./history-store.ts";
import { withTempFolder } from "./temp-folder.ts";
import { listArchive, readEntry } from "./zip/unpack.ts";

/** Most files of an archive of records. */
const maxFiles = 100_000;

/** UTF-8 takes up to three bytes for what counts as one character. */
const maxRecordBytes = 3 * maxRecordText;

/**
 * The records of a gate in a ZIP archive of its store; `below` takes the folder away that the store lies in. Throws
 * InputError where the archive itself cannot be read.
 */
export function readHistoryArchive(
  archive: string,
  shown: string,
  gate: string,
  below: (name: string) => string = (name) => name,
): ReadHistory {
  const records: RunRecord[] = [];
  const problems: Problem[] = [];
  for (const entry of listArchive(archive, shown, maxFiles)) {
    const name = below(entry.name);
    const path = recordPathIn(gate, name);
    if (path === undefined) continue;
    const file = `${shown}/${name}`;
    const record =
      entry.size > maxRecordBytes
        ? unreadable(file, `is longer than ${maxRecordText} characters`)
        : recordAt(path, new TextDecoder().decode(readEntry(archive, entry, shown)), file);
    if ("code" in record) problems.push(record);
    else records.push(record);
  }
  return { records, problems };
}

/**
 * Downloads an archive of records and reads it. What came is checked only by reading it, so one that cannot be read is
 * fetched once more before it is believed. Throws what `download` throws.
 */
export async function fetchHistory(
  temp: string,
  shown: string,
  download: (target: string) => Promise<void>,
  read: (archive: string) => ReadHistory,
): Promise<ReadHistory> {
  return withTempFolder(temp, async (folder) => {
    const archive = join(folder, "history.zip");
    for (let again = true; ; again = false) {
      await download(archive);
      try {
        return read(archive);
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        if (!again) return { records: [], problems: [unreadable(shown, error.problem.message)] };
      }
    }
  });
}
