import type { CheckClient, CheckOutput, CheckRun, Conclusion } from "../core/model/clients.ts";
import { exitCode } from "../core/model/exit-code.ts";
import type { Problem } from "../core/model/problem.ts";
import type { Report } from "../core/model/report.ts";
import { annotationsOf } from "../core/report/annotations.ts";
import { cut, plain } from "../core/report/escape.ts";
import { renderCheckSummary } from "../core/report/markdown.ts";
import { headSentence } from "../core/report/sentence.ts";
import { plural } from "../core/report/words.ts";
import { annotate } from "./annotate.ts";
import { heal, keyOf } from "./check-key.ts";
import { apiFailure, notPublished, once } from "./failure.ts";
import { type Delivery, leftOut, type Publisher } from "./publisher.ts";

/** A check run that was begun; without an id, why it could not be. */
interface Opened {
  readonly id?: number;
  readonly error?: unknown;
}

interface Done {
  readonly conclusion: Conclusion;
  readonly output: CheckOutput;
}

/** One check run on the head commit: in progress from before the verdict on, and completed whatever happens. */
export const publishCheckRun: Publisher = async ({ client, name, title, run, without }) => {
  const { sha, url } = run;
  if (sha === undefined) return leftOut(without.check ?? "no commit is known");
  if (without.check !== undefined) return leftOut(without.check);
  const label = name === "phase-gate" ? title : `${title} (${name})`;
  const check: CheckRun = { name: label, sha, key: keyOf(name, run), url };
  const opened = await open(client, check);
  const others = opened.id === undefined ? "unknown" : await heal(client, check, opened.id);
  return {
    others,
    finish: (report) => finish(client, check, opened, report),
    cancel: (patient) => cancel(patient, check, opened),
  };
};

async function open(client: CheckClient, check: CheckRun): Promise<Opened> {
  try {
    const id = await once(
      () => client.createCheckRun(check),
      async () => (await find(client, check))?.id,
    );
    return { id };
  } catch (error) {
    return { error };
  }
}

async function finish(
  client: CheckClient,
  check: CheckRun,
  opened: Opened,
  report: Report,
): Promise<Delivery> {
  const done: Done = {
    conclusion: exitCode(report) === 0 ? "success" : "failure",
    output: { title: cut(plain(headSentence(report)), 255), summary: renderCheckSummary(report) },
  };
  try {
    const id = await bring(client, check, opened, done);
    const { refused, unsent, error } = await annotate(client, id, done.output, annotationsOf(report));
    return { arrived: true, problems: [...refusedNote(refused), ...unsentNote(unsent, error)] };
  } catch (error) {
    return { arrived: false, problems: [notPublished("the check run", error, "checks")] };
  }
}

/** One that bears a verdict already keeps it. */
async function cancel(client: CheckClient, check: CheckRun, { id, error }: Opened): Promise<void> {
  if (id === undefined && apiFailure(error).kind === "refused") return;
  const open = id === undefined ? await find(client, check) : await client.getCheckRun(id);
  if (open && !open.completed) await complete(client, check, open.id, cancelled);
}

/** Completes what was begun, or what could not be begun before. Who may not write is not asked again. */
async function bring(
  client: CheckClient,
  check: CheckRun,
  { id, error }: Opened,
  done: Done,
): Promise<number> {
  if (id !== undefined) return complete(client, check, id, done);
  if (apiFailure(error).kind === "refused") throw error;
  return createCompleted(client, check, done);
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
  return once(
    () => client.createCheckRun(check, done),
    async () => (await find(client, check, true))?.id,
  );
}

async function find(client: CheckClient, { sha, name, key }: CheckRun, completed = false) {
  const runs = await client.listCheckRuns(sha, name);
  return runs.find((run) => run.key === key && (run.completed || !completed));
}

const cancelled: Done = {
  conclusion: "cancelled",
  output: { title: "Cancelled before a verdict", summary: "The job was cancelled. Nothing was judged." },
};

function refusedNote(refused: number): readonly Problem[] {
  if (refused === 0) return [];
  const message = `GitHub refused ${plural(refused, "annotation")} of the check run; all others are there`;
  return [{ code: "not-published", severity: "note", message }];
}

function unsentNote(unsent: number, error: unknown): readonly Problem[] {
  return unsent === 0
    ? []
    : [notPublished(`${plural(unsent, "annotation")} of the check run`, error, "checks")];
}
