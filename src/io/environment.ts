import { statSync } from "node:fs";
import type { Problem } from "../core/model/problem.ts";
import type { Run } from "../core/model/run.ts";

/** What the runner says of this run. */
export interface Environment {
  readonly run: Run;
  readonly apiUrl: string;
  /** When the job began, in milliseconds since 1970: the event file is written before the first step. */
  readonly startedAt?: number;
  readonly problems: readonly Problem[];
}

/** Reads the environment and the event file through the toolkit's context. */
export async function readEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  at: string,
): Promise<Environment> {
  try {
    // Loaded here and not above, because the toolkit reads the event file as it is loaded, and throws if it is damaged.
    const { context } = await import("@actions/github");
    const { payload, sha, runId, runNumber, runAttempt, serverUrl, apiUrl, eventName } = context;
    const pull = payload.pull_request as { number?: unknown; head?: { sha?: unknown } } | undefined;
    const repository = env["GITHUB_REPOSITORY"];
    const head = typeof pull?.head?.sha === "string" ? pull.head.sha : sha;
    const run: Run = {
      at,
      ...(eventName ? { event: eventName } : {}),
      ...(repository ? { repository } : {}),
      ...(head ? { sha: head } : {}),
      ...(typeof pull?.number === "number" ? { pullRequest: pull.number } : {}),
      ...(runId > 0 ? { id: runId } : {}),
      ...(runNumber > 0 ? { number: runNumber } : {}),
      ...(runAttempt > 0 ? { attempt: runAttempt } : {}),
      ...(repository && runId > 0 ? { url: `${serverUrl}/${repository}/actions/runs/${runId}` } : {}),
    };
    return { run, apiUrl, problems: [], ...startOf(env["GITHUB_EVENT_PATH"]) };
  } catch {
    const problem: Problem = {
      code: "event",
      severity: "warning",
      message: "the event file of the workflow could not be read, so no pull request is known",
      hint: "Look at GITHUB_EVENT_PATH in this job.",
    };
    return { run: { at }, apiUrl: env["GITHUB_API_URL"] ?? "", problems: [problem] };
  }
}

function startOf(eventFile: string | undefined): { readonly startedAt?: number } {
  if (!eventFile) return {};
  try {
    return { startedAt: statSync(eventFile).mtimeMs };
  } catch {
    return {};
  }
}
