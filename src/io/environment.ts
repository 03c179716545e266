import { readFileSync, statSync } from "node:fs";
import { defaultBranchOf, type EventPlan, planFor } from "../core/model/event.ts";
import type { Problem } from "../core/model/problem.ts";
import type { Run } from "../core/model/run.ts";

/** What the runner says of this run. */
export interface Environment {
  readonly run: Run;
  /** What to do for the event that started it. */
  readonly plan: EventPlan;
  readonly apiUrl: string;
  /** As the event names it. */
  readonly defaultBranch?: string;
  /** When the job began, in milliseconds since 1970: the event file is written before the first step. */
  readonly startedAt?: number;
  readonly problems: readonly Problem[];
}

type Variables = Readonly<Record<string, string | undefined>>;

/** Reads the environment and the event file. https://docs.github.com/actions/reference/variables-reference */
export function readEnvironment(env: Variables, at: string): Environment {
  const event = readEvent(env["GITHUB_EVENT_PATH"]);
  const plan = planFor({
    name: env["GITHUB_EVENT_NAME"] ?? "",
    payload: event.payload,
    ...given("sha", env["GITHUB_SHA"]),
    ...given("ref", env["GITHUB_REF"]),
    ...given("repository", env["GITHUB_REPOSITORY"]),
  });
  const { pullRequest, sha } = plan;
  const numbers = {
    ...counted("id", env["GITHUB_RUN_ID"]),
    ...counted("number", env["GITHUB_RUN_NUMBER"]),
    ...counted("attempt", env["GITHUB_RUN_ATTEMPT"]),
    ...plan.run,
  };
  const repository = env["GITHUB_REPOSITORY"];
  const server = env["GITHUB_SERVER_URL"] || "https://github.com";
  const run: Run = {
    at,
    ...given("event", env["GITHUB_EVENT_NAME"]),
    ...given("branch", plan.branch),
    ...given("repository", repository),
    ...given("sha", sha),
    ...(pullRequest === undefined ? {} : { pullRequest }),
    ...numbers,
    ...(repository && numbers.id ? { url: `${server}/${repository}/actions/runs/${numbers.id}` } : {}),
  };
  const { startedAt, problems } = event;
  const apiUrl = (env["GITHUB_API_URL"] || "https://api.github.com").replace(/\/+$/, "");
  return {
    run,
    plan,
    apiUrl,
    problems,
    ...given("defaultBranch", defaultBranchOf(event.payload)),
    ...(startedAt === undefined ? {} : { startedAt }),
  };
}

interface EventFile {
  readonly payload?: unknown;
  readonly startedAt?: number;
  readonly problems: readonly Problem[];
}

function readEvent(path: string | undefined): EventFile {
  if (!path) return { problems: [] };
  try {
    const startedAt = statSync(path).mtimeMs;
    return { payload: JSON.parse(readFileSync(path, "utf8")) as unknown, startedAt, problems: [] };
  } catch {
    const problem: Problem = {
      code: "event",
      severity: "warning",
      message: "the event file of the workflow could not be read, so no pull request is known",
      hint: "Look at GITHUB_EVENT_PATH in this job.",
    };
    return { problems: [problem] };
  }
}

function given<Name extends string>(name: Name, value: string | undefined): Partial<Record<Name, string>> {
  return value ? ({ [name]: value } as Record<Name, string>) : {};
}

function counted<Name extends string>(name: Name, value: string | undefined): Partial<Record<Name, number>> {
  return value && /^[1-9]\d{0,14}$/.test(value) ? ({ [name]: Number(value) } as Record<Name, number>) : {};
}
