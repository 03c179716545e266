import { byOrder } from "./core/history/order.ts";
import { recordOf, whyIncomplete } from "./core/history/record.ts";
import type { RunRecord } from "./core/model/history.ts";
import { isError, type Problem } from "./core/model/problem.ts";
import type { Report } from "./core/model/report.ts";
import type { Run } from "./core/model/run.ts";
import { headOf, parentsOf } from "./io/ancestry.ts";
import { isCheckout } from "./io/git.ts";
import { notRecorded } from "./io/history-store.ts";
import type { OpenedHistory } from "./past.ts";

/** How often a number for a record is chosen anew because another process took it. */
const mostTries = 1_000;

/** What became of a run: its record, or what kept it from being recorded. */
export type Recorded = { readonly record: RunRecord } | { readonly problems: readonly Problem[] };

/** Records a complete run of the branch. What keeps it from being recorded is said, and never changes the verdict. */
export async function recordRun(history: OpenedHistory, report: Report): Promise<Recorded> {
  const { store, records, branch } = history;
  const { run } = report;
  const incomplete = whyIncomplete(report);
  if (incomplete !== undefined) return skipped(incomplete, "Only complete runs are recorded.");
  const commit = commitOf(run, history);
  if (commit === undefined) return skipped("its commit is not known", "Run it in a checkout of git.");
  if (!commit.onBranch)
    return skipped(`it is no run of the branch ${branch}`, "Only runs of that branch are recorded.");
  const { sha, parents } = commit;
  const make = (numbers: Pick<RunRecord, "id" | "number" | "attempt">) =>
    recordOf(report, { ...numbers, sha, parents, branch });
  try {
    if (run.id !== undefined) {
      const record = make({ id: run.id, number: run.number ?? run.id, attempt: run.attempt ?? 1 });
      // A run with an id of its own that is there already was recorded by an earlier step of it.
      await store.keep(record, records);
      return { record };
    }
    for (let tries = 0; tries < mostTries; tries++) {
      const { records: known, problems } = await store.read();
      if (problems.some(isError)) return { problems };
      const record = make(nextNumber(known, sha));
      // A number that another process took meanwhile is chosen anew.
      if (await store.keep(record, known)) return { record };
    }
    const hint = "The verdict stands. Run it again to record it.";
    return { problems: [notRecorded("other runs were always faster", hint)] };
  } catch (error) {
    return { problems: [store.whyNot(error)] };
  }
}

/** A workflow says which commit of which branch it runs for; on a laptop the checkout does. */
function commitOf(run: Run, { root, branch }: OpenedHistory) {
  const checkout = isCheckout(root);
  if (run.event === undefined) return checkout ? headOf(root, branch) : undefined;
  if (run.sha === undefined) return undefined;
  return {
    sha: run.sha,
    parents: checkout ? parentsOf(root, run.sha) : [],
    onBranch: run.branch === branch,
  };
}

/** The next number, or the next attempt of the run of the same commit. */
function nextNumber(
  records: readonly RunRecord[],
  sha: string,
): Pick<RunRecord, "id" | "number" | "attempt"> {
  const newest = [...records].sort(byOrder).at(-1);
  if (newest?.sha === sha) return { id: newest.id, number: newest.number, attempt: newest.attempt + 1 };
  const next = Math.max(newest?.number ?? 0, ...records.map((record) => record.id)) + 1;
  return { id: next, number: next, attempt: 1 };
}

function skipped(why: string, hint: string): Recorded {
  const message = `this run was not recorded: ${why}`;
  return { problems: [{ code: "not-recorded", severity: "note", message, hint }] };
}
