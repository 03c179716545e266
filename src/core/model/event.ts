import type { Run } from "./run.ts";

/** What the runner says of the event that started the workflow. */
export interface EventFacts {
  readonly name: string;
  readonly payload: unknown;
  /** GITHUB_SHA: the commit of the workflow, on a pull request that of the trial merge. */
  readonly sha?: string;
  /** GITHUB_REF. */
  readonly ref?: string;
  /** GITHUB_REPOSITORY. */
  readonly repository?: string;
}

/** A place that a run may have nothing for. */
export type EventPlace = "comment" | "check" | "history";

/** The part of an event that is about code: whose, and where the answer belongs. */
export interface EventPlan {
  /** The commit that is judged. */
  readonly sha?: string;
  /** The branch that the code is on; absent for pull requests, merge queues and tags, and where it is of a fork. */
  readonly branch?: string;
  readonly pullRequest?: number;
  /** The pull request that a merge queue adds to those before it; its labels say what is accepted. */
  readonly queued?: number;
  /** The commit that it is to be compared with: base of the pull request or of the merge queue, or what was there before the push. */
  readonly base?: string;
  /** The run that brought the evidence, where it is not this one. */
  readonly run?: Pick<Run, "id" | "number" | "attempt">;
  /** Where the code comes from, if from a fork: nothing of it may be trusted. */
  readonly fork?: { readonly repository: string; readonly branch: string };
  /** Places that get nothing, and why. */
  readonly without: Readonly<Partial<Record<EventPlace, string>>>;
}

const onlyDefault = "only runs of the default branch are recorded";
const readOnly = "the token of a pull request from a fork may only read; docs/forks.md shows how to publish";
const noPullRequest = "this event belongs to no pull request";

/** What to do for an event. The same facts give the same plan; anything missing in a payload leaves its part out. */
export function planFor(facts: EventFacts): EventPlan {
  const payload = part(facts.payload);
  switch (facts.name) {
    case "pull_request":
    case "pull_request_target":
    case "pull_request_review":
    case "pull_request_review_comment":
      return planForPullRequest(facts, part(payload["pull_request"]), payload);
    case "merge_group": {
      const group = part(payload["merge_group"]);
      return {
        ...sha(text(group["head_sha"]) ?? facts.sha),
        ...base(group["base_sha"]),
        ...queued(text(group["head_ref"])),
        without: { comment: noPullRequest, history: "a merge queue tries what may never be merged" },
      };
    }
    case "workflow_run":
      return planForWorkflowRun(payload);
    default:
      return {
        ...sha(facts.sha),
        ...branch(facts.name, facts.ref),
        ...(facts.name === "push" && payload["forced"] !== true ? base(payload["before"]) : {}),
        without: { comment: noPullRequest, ...history(facts.name, facts.ref, payload) },
      };
  }
}

function planForPullRequest(facts: EventFacts, pull: Part, payload: Part): EventPlan {
  const head = part(pull["head"]);
  const from = fork(head, facts.repository);
  // Of a private repository the owner may allow write tokens for forks; then only trying tells.
  const mayWrite =
    from === undefined ||
    facts.name === "pull_request_target" ||
    part(payload["repository"])["private"] === true;
  const number = positive(pull["number"]);
  return {
    ...sha(text(head["sha"]) ?? facts.sha),
    ...(number === undefined ? {} : { pullRequest: number }),
    ...base(part(pull["base"])["sha"]),
    ...(from === undefined ? {} : { fork: from }),
    without: {
      ...(number === undefined ? { comment: noPullRequest } : {}),
      ...(mayWrite ? {} : { comment: readOnly, check: readOnly }),
      history: onlyDefault,
    },
  };
}

/** The workflow that ran before has the evidence; its token could not write, ours can. */
function planForWorkflowRun(payload: Part): EventPlan {
  const run = part(payload["workflow_run"]);
  const repository = text(part(payload["repository"])["full_name"]);
  const of = text(run["head_branch"]) ?? "";
  const from = fork({ ref: of, repo: run["head_repository"] }, repository);
  const head = text(run["head_sha"]);
  const pulls = Array.isArray(run["pull_requests"]) ? run["pull_requests"].map(part) : [];
  // Branches can have several pull requests; that of another head was not judged.
  const pull = pulls.find((one) => text(part(one["head"])["sha"]) === head);
  const number = pull && positive(pull["number"]);
  const event = text(run["event"]) ?? "";
  const ref = from === undefined ? `refs/heads/${of}` : undefined;
  return {
    ...sha(head),
    ...(number === undefined ? {} : { pullRequest: number }),
    ...base(part(pull?.["base"])["sha"]),
    run: {
      ...numbered("id", run["id"]),
      ...numbered("number", run["run_number"]),
      ...numbered("attempt", run["run_attempt"]),
    },
    ...branch(event, ref),
    ...(from === undefined ? {} : { fork: from }),
    without: {
      ...(number === undefined ? { comment: noPullRequest } : {}),
      ...history(event, ref, payload),
    },
  };
}

/** Events that run the code of a branch as it is. Others name one too, such as the target of a pull request. */
const ofBranches = ["push", "schedule", "workflow_dispatch", "repository_dispatch"];

function branch(event: string, ref: string | undefined): Pick<EventPlan, "branch"> {
  const name = ofBranches.includes(event) ? /^refs\/heads\/(.+)$/.exec(ref ?? "")?.[1] : undefined;
  return name === undefined ? {} : { branch: name };
}

function history(event: string, ref: string | undefined, payload: Part): EventPlan["without"] {
  if (!ofBranches.includes(event)) return { history: onlyDefault };
  const main = defaultBranchOf(payload);
  if (main === undefined) return { history: "the event does not name the default branch" };
  return ref === `refs/heads/${main}` ? {} : { history: onlyDefault };
}

/** The branch that others start from, where the payload of an event names it. */
export function defaultBranchOf(payload: unknown): string | undefined {
  return text(part(part(payload)["repository"])["default_branch"]);
}

/** A repository that is gone counts as a fork: whose code it was is not known any more. */
function fork(head: Part, repository: string | undefined): EventPlan["fork"] {
  const from = text(part(head["repo"])["full_name"]);
  if (head["repo"] === undefined || from?.toLowerCase() === repository?.toLowerCase()) return undefined;
  return { repository: from ?? "", branch: text(head["ref"]) ?? "" };
}

type Part = Readonly<Record<string, unknown>>;

function part(value: unknown): Part {
  return typeof value === "object" && value !== null ? (value as Part) : {};
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function positive(value: unknown): number | undefined {
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0 ? value : undefined;
}

function sha(value: string | undefined): Pick<EventPlan, "sha"> {
  return value === undefined ? {} : { sha: value };
}

/** Nothing was there before a first push: 40 zeros. */
/** The branches of a merge queue are called gh-readonly-queue/BRANCH/pr-NUMBER-COMMIT. */
function queued(ref: string | undefined): Pick<EventPlan, "queued"> {
  const number = positive(
    Number(/^refs\/heads\/gh-readonly-queue\/.+\/pr-(\d+)-[0-9a-f]+$/.exec(ref ?? "")?.[1]),
  );
  return number === undefined ? {} : { queued: number };
}

function base(value: unknown): Pick<EventPlan, "base"> {
  const commit = text(value);
  return commit === undefined || /^0+$/.test(commit) ? {} : { base: commit };
}

function numbered<Name extends string>(name: Name, value: unknown): Partial<Record<Name, number>> {
  const number = positive(value);
  return number === undefined ? {} : ({ [name]: number } as Record<Name, number>);
}
