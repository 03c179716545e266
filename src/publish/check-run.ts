import type { Annotation, CheckClient, CheckOutput, CheckRun, Conclusion } from "../core/model/clients.ts";
import type { Problem } from "../core/model/problem.ts";
import { plural } from "../core/report/words.ts";
import { annotate } from "./annotate.ts";
import { apiFailure, notPublished, once } from "./failure.ts";
import type { Delivery, Ending } from "./publisher.ts";

/** A check run that was begun; without an id, why it could not be. */
export interface Opened {
  readonly check: CheckRun;
  readonly id?: number;
  readonly error?: unknown;
}

/** What a check run says at last. */
export interface Done {
  readonly conclusion: Conclusion;
  readonly output: CheckOutput;
  readonly annotations: readonly Annotation[];
}

/** Begins a check run, in progress. */
export async function open(client: CheckClient, check: CheckRun): Promise<Opened> {
  try {
    const id = await once(
      () => client.createCheckRun(check),
      async () => (await find(client, check))?.id,
    );
    return { check, id };
  } catch (error) {
    return { check, error };
  }
}

/** Completes a check run with a verdict. Who may not write is not asked again. */
export async function finish(client: CheckClient, opened: Opened, done: Done): Promise<Delivery> {
  const { check, id, error } = opened;
  const what = `the check run "${check.name}"`;
  try {
    if (id === undefined && apiFailure(error).kind === "refused") throw error;
    const written =
      id === undefined ? createCompleted(client, check, done) : complete(client, check, id, done);
    const sent = await annotate(client, await written, done.output, done.annotations);
    return {
      arrived: true,
      problems: [...refusedNote(sent.refused), ...unsentNote(sent.unsent, sent.error)],
    };
  } catch (error) {
    return { arrived: false, problems: [notPublished(what, error, "checks")] };
  }
}

/** Completes a check run whose run ends without a verdict. One that bears a verdict already keeps it. */
export async function close(client: CheckClient, { check, id, error }: Opened, why: Ending): Promise<void> {
  if (id === undefined && apiFailure(error).kind === "refused") return;
  const seen = id === undefined ? await find(client, check) : await client.getCheckRun(id);
  if (seen && !seen.completed) await complete(client, check, seen.id, endings[why]);
}

/** Where a check run cannot be completed, a completed one of the same name takes its place; the next run closes the other. */
async function complete(client: CheckClient, check: CheckRun, id: number, done: Done): Promise<number> {
  try {
    await client.completeCheckRun(id, done.conclusion, done.output);
    return id;
  } catch (error) {
    if (apiFailure(error).kind === "down") throw error;
    return createCompleted(client, check, done);
  }
}

function createCompleted(client: CheckClient, check: CheckRun, done: Done): Promise<number> {
  const { conclusion, output } = done;
  return once(
    () => client.createCheckRun(check, { conclusion, output }),
    async () => (await find(client, check, true))?.id,
  );
}

async function find(client: CheckClient, { sha, name, key }: CheckRun, completed = false) {
  const runs = await client.listCheckRuns(sha, name);
  return runs.find((run) => run.key === key && (run.completed || !completed));
}

const endings: Readonly<Record<Ending, Done>> = {
  cancelled: {
    conclusion: "cancelled",
    output: { title: "Cancelled before a verdict", summary: "The job was cancelled. Nothing was judged." },
    annotations: [],
  },
  failed: {
    conclusion: "failure",
    output: { title: "Could not judge: an error of Phase Gate", summary: "The log of the job says which." },
    annotations: [],
  },
};

function refusedNote(refused: number): readonly Problem[] {
  if (refused === 0) return [];
  const message = `GitHub refused ${plural(refused, "annotation")} of the check run; all others are there`;
  return [{ code: "not-published", severity: "note", message }];
}

function unsentNote(unsent: number, error: unknown): readonly Problem[] {
  if (unsent === 0) return [];
  return [notPublished(`${plural(unsent, "annotation")} of the check run`, error, "checks")];
}
