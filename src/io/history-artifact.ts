import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { recordPath, recordsFolder } from "../core/history/layout.ts";
import { prunable } from "../core/history/prune.ts";
import { writeRecord } from "../core/history/record-json.ts";
import type { RunRecord } from "../core/model/history.ts";
import type { Problem } from "../core/model/problem.ts";
import type { ArtifactClient, BranchArtifact } from "./artifacts.ts";
import { fetchHistory, readHistoryArchive } from "./history-archive.ts";
import {
  failureText,
  type HistoryStore,
  notRecorded,
  type ReadHistory,
  unreadable,
} from "./history-store.ts";
import { systemCode } from "./report-files.ts";

/** The whole history of one gate in an artifact of the last run that was recorded. */
export interface HistoryArtifact {
  readonly name: string;
  /** Only artifacts of its runs are believed. */
  readonly branch: string;
  /** Name of the gate. */
  readonly gate: string;
  /** Folder for what is downloaded. */
  readonly temp: string;
  /** Folder that becomes the next artifact. */
  readonly folder: string;
}

/** Runs that end at once do not know of each other; what one of them lacks stands in the artifact of another. */
const united = 3;

/** For tokens that may write nothing: the history is uploaded by a step of the workflow. */
export function artifactStore(
  { name, branch, gate, temp, folder }: HistoryArtifact,
  client: ArtifactClient,
): HistoryStore {
  const shown = `artifact ${name}`;
  return {
    upload: folder,

    async read() {
      try {
        const own = (await client.listNamed(name)).filter((one) => one.branch === branch);
        const newest = newestOf(own.filter((one) => !one.expired));
        const read: ReadHistory[] = [];
        for (const artifact of newest)
          read.push(
            await fetchHistory(
              temp,
              shown,
              (target) => client.download(artifact, target),
              (archive) => readHistoryArchive(archive, shown, gate),
            ),
          );
        const gone = newest.length === 0 && own.length > 0;
        return {
          records: unite(read.map(({ records }) => records)),
          problems: gone ? [expired(name)] : read.flatMap(({ problems }) => problems),
        };
      } catch (error) {
        const { said, denied } = failureText(error);
        const hint = denied ? "Give the job the permission `actions: read`." : "Run the job again.";
        return { records: [], problems: [unreadable(shown, `could not be read: ${said}`, hint)] };
      }
    },

    async keep(record, known) {
      if (known.some((other) => recordPath(other) === recordPath(record))) return false;
      const all = [...known, record];
      const gone = new Set(prunable(all, record.at));
      rmSync(folder, { recursive: true, force: true });
      for (const one of all) {
        if (gone.has(one)) continue;
        const path = join(folder, recordsFolder(gate), recordPath(one));
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, writeRecord(one));
      }
      return true;
    },

    whyNot: (error) => notRecorded(systemCode(error), "The verdict stands. Look at the folder RUNNER_TEMP."),
  };
}

/** The last ones that were uploaded, and that of the newest run: older runs that end after it cannot push it out. */
function newestOf(artifacts: readonly BranchArtifact[]): readonly BranchArtifact[] {
  const uploaded = artifacts.toSorted((a, b) => b.id - a.id).slice(0, united);
  const begun = artifacts.toSorted((a, b) => b.run - a.run || b.id - a.id).slice(0, 1);
  return [...new Set([...uploaded, ...begun])];
}

/** Each record once. Those of one run and attempt are the same, wherever they lie. */
function unite(lists: readonly (readonly RunRecord[])[]): readonly RunRecord[] {
  return [...new Map(lists.flat().map((record) => [recordPath(record), record])).values()];
}

/** An error would keep the next run from being recorded, and so the history from ever beginning anew. */
function expired(name: string): Problem {
  return {
    code: "history-expired",
    severity: "warning",
    message: `every artifact ${name} has expired, so the history begins anew`,
    hint: "Let the default branch run more often than artifacts are kept, or keep the history on a branch.",
  };
}
