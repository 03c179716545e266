import type { CheckClient } from "../core/model/clients.ts";
import type { Run } from "../core/model/run.ts";
import type { Others } from "./publisher.ts";

/** What a check run is found by again: the gate, the run and its attempt. */
export function keyOf(gate: string, { id = 0, attempt = 1 }: Run): string {
  return `phase-gate:${gate}:${id}:${attempt}`;
}

/**
 * Completes check runs that earlier runs of this gate have left in progress on the commit, as a runner does that is
 * killed. One that still lives completes its own anew. Tells whether others are busy with the commit.
 */
export async function heal(
  client: CheckClient,
  sha: string,
  key: string,
  names: readonly string[],
  own: readonly number[],
): Promise<Others> {
  const [gate, mine] = parts(key) ?? ["", [0, 0]];
  try {
    const runs = await client.listCheckRuns(sha, names.length === 1 ? names[0] : undefined);
    const open = runs.flatMap((run) => {
      const [theirGate, theirs] = parts(run.key) ?? [];
      return run.completed || own.includes(run.id) || theirGate !== gate || !theirs
        ? []
        : [{ id: run.id, theirs }];
    });
    for (const { id, theirs } of open)
      if ((theirs[0] - mine[0] || theirs[1] - mine[1]) <= 0) await close(client, id);
    return open.length > 0 ? "some" : "none";
  } catch {
    // The next run looks again.
    return "unknown";
  }
}

/** That of another app with a key like ours stays as it is. */
async function close(client: CheckClient, id: number): Promise<void> {
  const title = "Ended before a verdict";
  const summary = "The run that began this check ended without a verdict. A later run closed it.";
  await client.completeCheckRun(id, "cancelled", { title, summary }).catch(() => {});
}

function parts(
  key: string,
): readonly [gate: string, order: readonly [id: number, attempt: number]] | undefined {
  const [, gate, id, attempt] = /^phase-gate:([\w.-]+):(\d{1,15}):(\d{1,6})$/.exec(key) ?? [];
  return gate === undefined ? undefined : [gate, [Number(id), Number(attempt)]];
}
