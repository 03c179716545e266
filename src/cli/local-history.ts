import { resolve } from "node:path";
import type { Problem } from "../core/model/problem.ts";
import { folderStore } from "../io/history-folder.ts";
import type { HistoryStore } from "../io/history-store.ts";
import type { Elsewhere } from "../past.ts";

/** The gate that the command line tool judges; those with names of their own are for workflows. */
export const localGate = "phase-gate";

/** The folder that the option --history names. */
export function namedStore(folder: string | undefined, cwd: string): HistoryStore | undefined {
  if (folder === undefined) return undefined;
  return folderStore({ shown: folder, path: resolve(cwd, folder), gate: localGate });
}

/** The history of a workflow is on GitHub; here nothing is asked of the network. */
export async function elsewhere({ kind, name }: Elsewhere): Promise<Problem> {
  const how =
    kind === "branch"
      ? `git worktree add DIR origin/${name}`
      : `gh run download RUN --name ${name} --dir DIR`;
  return {
    code: "history-elsewhere",
    severity: "warning",
    message: `the history lies in the ${kind} ${name}, which only a run of a workflow reads`,
    hint: `Bring it here with \`${how}\` and name it: --history DIR.`,
  };
}
