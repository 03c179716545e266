import { recordPath, recordsFolder } from "../core/history/layout.ts";
import { prunable } from "../core/history/prune.ts";
import { writeRecord } from "../core/history/record-json.ts";
import type { RunRecord } from "../core/model/history.ts";
import type { Clock } from "./clock.ts";
import type { BranchClient, TreeChange } from "./github-branch.ts";
import { fetchHistory, readHistoryArchive } from "./history-archive.ts";
import { failureText, type HistoryStore, notRecorded, unreadable } from "./history-store.ts";

/** Records of one gate on a branch of their own, which shares no commit with the code. */
export interface HistoryBranch {
  readonly branch: string;
  /** Name of the gate. */
  readonly gate: string;
  /** Folder for what is downloaded. */
  readonly temp: string;
}

/** Milliseconds in which a record must be kept while other runs keep theirs. */
const storingTime = 120_000;

/** The first pause after another run was faster; each further one is twice as long, up to the longest. */
const firstPause = 500;
const longestPause = 8_000;

/** So many refusals in a row, without the branch having moved, and it is not another run that is in the way. */
const mostRefusals = 5;

const readme = `# History of the quality gate

One file for each recorded run of the default branch, written by Phase Gate and never changed. Delete the branch to begin anew.
`;

/** Every change is one commit on top of what was there: whoever was faster is built upon, and nobody is overwritten. */
export function branchStore(
  { branch, gate, temp }: HistoryBranch,
  client: BranchClient,
  clock: Clock,
): HistoryStore {
  const shown = `branch ${branch}`;
  /** What the branch was at when it was read. */
  let seen: string | undefined;
  const pathOf = (record: RunRecord) => `${recordsFolder(gate)}/${recordPath(record)}`;

  async function isKept(record: RunRecord, head: string | undefined, known: readonly RunRecord[]) {
    if (head === undefined) return false;
    if (head === seen) return known.some((other) => pathOf(other) === pathOf(record));
    return client.hasFile(pathOf(record), head);
  }

  async function commit(record: RunRecord, head: string | undefined, known: readonly RunRecord[]) {
    const changes: TreeChange[] = [{ path: pathOf(record), text: writeRecord(record) }];
    if (head === undefined) changes.push({ path: "README.md", text: readme });
    // On what was not read nobody can say what another run has removed by now.
    if (head === seen)
      for (const old of prunable([...known, record], record.at))
        changes.push({ path: pathOf(old), text: null });
    const tree = await client.createTree(head && (await client.treeOf(head)), changes);
    const made = await client.createCommit(tree, head, `Record run ${record.number}.${record.attempt}`);
    if (head === undefined) await client.createBranch(branch, made);
    else await client.moveBranch(branch, made);
  }

  return {
    async read() {
      try {
        seen = await client.headOf(branch);
        if (seen === undefined) return { records: [], problems: [] };
        const head = seen;
        // All names begin with a folder that is called after repository and commit.
        const below = (name: string) => name.slice(name.indexOf("/") + 1);
        return await fetchHistory(
          temp,
          shown,
          (target) => client.download(head, target),
          (archive) => readHistoryArchive(archive, shown, gate, below),
        );
      } catch (error) {
        const { said, denied } = failureText(error);
        const hint = denied ? "Give the job the permission `contents: read`." : "Run the job again.";
        return { records: [], problems: [unreadable(shown, `could not be read: ${said}`, hint)] };
      }
    },

    async keep(record, known) {
      const deadline = clock.now() + storingTime;
      let [refusals, refusedAt] = [0, ""];
      for (let tries = 0; ; tries++) {
        const head = await client.headOf(branch);
        if (await isKept(record, head, known)) return tries > 0;
        try {
          await commit(record, head, known);
          return true;
        } catch (error) {
          const { kind, status } = error as { readonly kind?: unknown; readonly status?: unknown };
          if (kind === "unclear") {
            // Without an answer it may have taken effect all the same.
            if (await isKept(record, await client.headOf(branch), known)) return true;
            throw error;
          }
          if (kind !== "refused" || (status !== 409 && status !== 422)) throw error;
          refusals = refusedAt === (head ?? "") ? refusals + 1 : 1;
          refusedAt = head ?? "";
          const pause = Math.min(longestPause, firstPause * 2 ** tries) * (0.5 + clock.random() / 2);
          if (refusals === mostRefusals || clock.now() + pause > deadline) throw error;
          await clock.sleep(pause);
        }
      }
    },

    whyNot(error) {
      const { said, denied } = failureText(error);
      return denied
        ? notRecorded(said, "Give the job the permission `contents: write`, or set `history: off`.", "note")
        : notRecorded(said, "The verdict stands. Run the job again to record it.");
    },
  };
}
