import { pastOf } from "./core/history/baseline.ts";
import { byOrder } from "./core/history/order.ts";
import { isComplete, recordOf } from "./core/history/record.ts";
import type { Past, RunRecord } from "./core/model/history.ts";
import type { Problem } from "./core/model/problem.ts";
import type { Report } from "./core/model/report.ts";
import type { Run } from "./core/model/run.ts";
import type { Settings } from "./gate.ts";
import { ancestryOf, defaultBranch, headOf } from "./io/ancestry.ts";
import { isCheckout } from "./io/git.ts";
import { type HistoryFolder, pruneFolder, readFolder, storeRecord } from "./io/history-folder.ts";
import { systemCode } from "./io/report-files.ts";
import { insideWorkspace } from "./io/workspace.ts";

/** The history in a folder, opened for one run. */
export interface OpenedHistory {
  readonly folder: HistoryFolder;
  readonly past: Past;
  readonly problems: readonly Problem[];
  /** Top of the checkout whose commits the runs are of. */
  readonly root: string;
  /** The branch whose runs are recorded. */
  readonly branch: string;
}

/** How often a number for a record is chosen anew because another process took it. */
const mostTries = 1_000;

/** A run with its past, and the history that this was read from. */
export interface WithPast {
  readonly settings: Settings;
  readonly history?: OpenedHistory;
}

/** Adds to the settings what the history says to the run: the one that the user named, else that of the configuration. */
export function withPast(settings: Settings, named?: Pick<HistoryFolder, "shown" | "path">): WithPast {
  const { config, name, run, workspace, problems } = settings;
  const shown = config?.baseline.folder;
  const path = shown === undefined ? undefined : insideWorkspace(shown, workspace);
  if (!named && shown !== undefined && path === undefined)
    return { settings: { ...settings, problems: [...problems, outside(shown)] } };
  const place = named ?? (shown !== undefined && path !== undefined ? { shown, path } : undefined);
  if (!place) return { settings };
  const history = open({ ...place, gate: name }, workspace.root, run, config?.baseline.branch);
  const { past } = history;
  return { settings: { ...settings, past, problems: [...problems, ...history.problems] }, history };
}

function outside(file: string): Problem {
  const message = "the folder of the history leads outside the workspace";
  const hint = "Only files of the checkout are read; the command line option --history may name any folder.";
  return { code: "outside-workspace", severity: "error", message, at: { file }, hint };
}

/** Reads the history and finds out what it says to a run. */
function open(folder: HistoryFolder, root: string, run: Run, named: string | undefined): OpenedHistory {
  const checkout = isCheckout(root);
  const branch = named ?? (checkout ? defaultBranch(root) : "main");
  const { records, problems } = readFolder(folder);
  const opened = { folder, root, branch };
  if (problems.length > 0)
    return {
      ...opened,
      past: { at: run.at, records: [], unread: true, baseline: { none: "the history cannot be read" } },
      problems,
    };
  const ancestry = checkout ? ancestryOf(root, branch) : undefined;
  const sha = checkout ? headOf(root, branch)?.sha : undefined;
  const past = pastOf(records, sha === undefined ? run : { ...run, sha }, ancestry);
  const cutOff = "none" in past.baseline && past.records.length > 0 && ancestry?.shallow === true;
  return { ...opened, past, problems: cutOff ? [shallow] : [] };
}

const shallow: Problem = {
  code: "history-shallow",
  severity: "error",
  message: "the checkout does not go back to a recorded commit, so no baseline can be found",
  hint: "Fetch all commits, with `fetch-depth: 0` of actions/checkout or `git fetch --unshallow`.",
};

/** Records a complete run of the branch. What keeps it from being recorded is said, and never changes the verdict. */
export function recordRun({ folder, root, branch }: OpenedHistory, report: Report): readonly Problem[] {
  if (!isComplete(report)) return [skipped("it is not complete")];
  const head = isCheckout(root) ? headOf(root, branch) : undefined;
  if (!head) return [skipped("its commit is not known")];
  if (!isRunOf(branch, report.run, head.onBranch)) return [skipped(`it is no run of the branch ${branch}`)];
  try {
    for (let tries = 0; tries < mostTries; tries++) {
      const { records, problems } = readFolder(folder);
      if (problems.length > 0) return problems;
      const { sha, parents } = head;
      const record = recordOf(report, { ...numbered(report.run, records, sha), sha, parents, branch });
      if (storeRecord(folder, record)) {
        pruneFolder(folder, [...records, record], record.at);
        return [];
      }
      // A run with an id of its own is stored already; a chosen number was taken by another process.
      if (report.run.id !== undefined) return [];
    }
    return [notRecorded("other runs were always faster")];
  } catch (error) {
    return [notRecorded(systemCode(error))];
  }
}

/** A workflow says which branch it runs for; on a laptop the checkout does. */
function isRunOf(branch: string, run: Run, checkedOut: boolean): boolean {
  return run.event === undefined ? checkedOut : run.branch === branch;
}

/** The ids of the workflow run; without one the next number, or the next attempt of the run of the same commit. */
function numbered(
  { id, number, attempt }: Run,
  records: readonly RunRecord[],
  sha: string,
): Pick<RunRecord, "id" | "number" | "attempt"> {
  if (id !== undefined) return { id, number: number ?? id, attempt: attempt ?? 1 };
  const newest = [...records].sort(byOrder).at(-1);
  if (newest?.sha === sha) return { id: newest.id, number: newest.number, attempt: newest.attempt + 1 };
  const next = Math.max(newest?.number ?? 0, ...records.map((record) => record.id)) + 1;
  return { id: next, number: next, attempt: 1 };
}

function skipped(why: string): Problem {
  const hint = "Only complete runs of that branch are recorded.";
  return { code: "not-recorded", severity: "note", message: `this run was not recorded: ${why}`, hint };
}

function notRecorded(why: string): Problem {
  const message = `this run could not be recorded (${why})`;
  const hint = "The verdict stands. Look at the folder of the history and its permissions.";
  return { code: "not-recorded", severity: "warning", message, hint };
}
