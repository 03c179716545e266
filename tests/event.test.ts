import { expect, test } from "vitest";
import { type EventFacts, type EventPlan, planFor } from "../src/core/model/event.ts";

const head = "a".repeat(40);
const base = "b".repeat(40);
const merge = "c".repeat(40);
const repository = { full_name: "acme/shop", default_branch: "main", private: false };
const own = { full_name: "acme/shop" };
const theirs = { full_name: "octocat/shop" };
const readOnly = "the token of a pull request from a fork may only read; docs/forks.md shows how to publish";
const onlyDefault = "only runs of the default branch are recorded";
const noPullRequest = "this event belongs to no pull request";

function pull(repo: object | null, more: object = {}) {
  const from = { sha: head, ref: "change", repo };
  return { repository, pull_request: { number: 7, head: from, base: { sha: base, ref: "main" }, ...more } };
}

function push(more: object = {}) {
  return { repository, before: base, after: merge, created: false, forced: false, ...more };
}

function workflowRun(event: string, repo: object, more: object = {}) {
  const numbers = { id: 91, run_number: 12, run_attempt: 2 };
  const run = {
    ...numbers,
    event,
    head_sha: head,
    head_branch: "change",
    head_repository: repo,
    pull_requests: [],
  };
  return { repository, workflow_run: { ...run, ...more } };
}

const judgedHead = { sha: head, pullRequest: 7, base, without: { history: onlyDefault } };
const triggering = { id: 91, number: 12, attempt: 2 };

test.each<[string, Partial<EventFacts> & Pick<EventFacts, "name" | "payload">, EventPlan]>([
  ["a pull request of the repository itself", { name: "pull_request", payload: pull(own) }, judgedHead],
  [
    "a pull request of a fork: its token may only read",
    { name: "pull_request", payload: pull(theirs) },
    {
      ...judgedHead,
      fork: { repository: "octocat/shop", branch: "change" },
      without: { comment: readOnly, check: readOnly, history: onlyDefault },
    },
  ],
  [
    "a pull request of a fork of a private repository: perhaps its token may write",
    { name: "pull_request", payload: { ...pull(theirs), repository: { ...repository, private: true } } },
    { ...judgedHead, fork: { repository: "octocat/shop", branch: "change" } },
  ],
  [
    "a pull request of a fork that was deleted",
    { name: "pull_request", payload: pull(null) },
    {
      ...judgedHead,
      fork: { repository: "", branch: "change" },
      without: { comment: readOnly, check: readOnly, history: onlyDefault },
    },
  ],
  [
    "a pull request of a fork under pull_request_target: the token may write",
    { name: "pull_request_target", payload: pull(theirs) },
    { ...judgedHead, fork: { repository: "octocat/shop", branch: "change" } },
  ],
  [
    "a pull request of Dependabot: the permissions of the job decide",
    { name: "pull_request", payload: { ...pull(own), sender: { login: "dependabot[bot]" } } },
    judgedHead,
  ],
  ["a draft", { name: "pull_request", payload: pull(own, { draft: true }) }, judgedHead],
  [
    "a pull request that was closed",
    { name: "pull_request", payload: { ...pull(own, { state: "closed", merged: true }), action: "closed" } },
    judgedHead,
  ],
  [
    "a push to the default branch",
    { name: "push", payload: push(), ref: "refs/heads/main" },
    { sha: merge, branch: "main", base, without: { comment: noPullRequest } },
  ],
  [
    "a push to another branch",
    { name: "push", payload: push(), ref: "refs/heads/change" },
    { sha: merge, branch: "change", base, without: { comment: noPullRequest, history: onlyDefault } },
  ],
  [
    "a push of a tag",
    { name: "push", payload: push({ before: "0".repeat(40), created: true }), ref: "refs/tags/main" },
    { sha: merge, without: { comment: noPullRequest, history: onlyDefault } },
  ],
  [
    "the first push of the default branch",
    { name: "push", payload: push({ before: "0".repeat(40), created: true }), ref: "refs/heads/main" },
    { sha: merge, branch: "main", without: { comment: noPullRequest } },
  ],
  [
    "a force push to the default branch: what was there before is no ancestor",
    { name: "push", payload: push({ forced: true }), ref: "refs/heads/main" },
    { sha: merge, branch: "main", without: { comment: noPullRequest } },
  ],
  [
    "a merge queue: the head of the group against its base",
    { name: "merge_group", payload: { repository, merge_group: { head_sha: head, base_sha: base } } },
    {
      sha: head,
      base,
      without: { comment: noPullRequest, history: "a merge queue tries what may never be merged" },
    },
  ],
  [
    "a merge queue that names the pull request that it adds",
    {
      name: "merge_group",
      payload: {
        repository,
        merge_group: {
          head_sha: head,
          base_sha: base,
          head_ref: `refs/heads/gh-readonly-queue/release/1.x/pr-412-${base}`,
        },
      },
    },
    {
      sha: head,
      base,
      queued: 412,
      without: { comment: noPullRequest, history: "a merge queue tries what may never be merged" },
    },
  ],
  [
    "a schedule",
    { name: "schedule", payload: { repository, schedule: "0 3 * * *" }, ref: "refs/heads/main" },
    { sha: merge, branch: "main", without: { comment: noPullRequest } },
  ],
  [
    "a start by hand on the default branch",
    { name: "workflow_dispatch", payload: { repository, inputs: {} }, ref: "refs/heads/main" },
    { sha: merge, branch: "main", without: { comment: noPullRequest } },
  ],
  [
    "a start by hand on another branch",
    { name: "workflow_dispatch", payload: { repository, inputs: {} }, ref: "refs/heads/change" },
    { sha: merge, branch: "change", without: { comment: noPullRequest, history: onlyDefault } },
  ],
  [
    "a start from outside, which always runs the default branch",
    { name: "repository_dispatch", payload: { repository, action: "nightly" }, ref: "refs/heads/main" },
    { sha: merge, branch: "main", without: { comment: noPullRequest } },
  ],
  [
    "after a schedule of the repository itself",
    { name: "workflow_run", payload: workflowRun("schedule", own, { head_branch: "main" }) },
    { sha: head, branch: "main", run: triggering, without: { comment: noPullRequest } },
  ],
  [
    "after a push to another branch",
    { name: "workflow_run", payload: workflowRun("push", own) },
    {
      sha: head,
      branch: "change",
      run: triggering,
      without: { comment: noPullRequest, history: onlyDefault },
    },
  ],
  [
    "after a merge queue: what it tries is not recorded",
    {
      name: "workflow_run",
      payload: workflowRun("merge_group", own, { head_branch: "gh-readonly-queue/main/pr-7" }),
    },
    { sha: head, run: triggering, without: { comment: noPullRequest, history: onlyDefault } },
  ],
  [
    "after a workflow of an own pull request",
    {
      name: "workflow_run",
      payload: workflowRun("pull_request", own, {
        pull_requests: [
          { number: 6, head: { sha: "d".repeat(40) }, base: { sha: base } },
          { number: 7, head: { sha: head }, base: { sha: base } },
        ],
      }),
      ref: "refs/heads/main",
    },
    { ...judgedHead, run: triggering },
  ],
  [
    "after a workflow of a fork: the pull request has to be looked up",
    { name: "workflow_run", payload: workflowRun("pull_request", theirs), ref: "refs/heads/main" },
    {
      sha: head,
      run: triggering,
      fork: { repository: "octocat/shop", branch: "change" },
      without: { comment: noPullRequest, history: onlyDefault },
    },
  ],
  [
    "after a workflow of a fork whose branch is called as the default one",
    {
      name: "workflow_run",
      payload: workflowRun("push", theirs, { head_branch: "main" }),
      ref: "refs/heads/main",
    },
    {
      sha: head,
      run: triggering,
      fork: { repository: "octocat/shop", branch: "main" },
      without: { comment: noPullRequest, history: onlyDefault },
    },
  ],
  [
    "after a workflow of a push to the default branch",
    { name: "workflow_run", payload: workflowRun("push", own, { head_branch: "main" }) },
    { sha: head, branch: "main", run: triggering, without: { comment: noPullRequest } },
  ],
  // Attempts are told by the environment: a re-run brings the same event.
  ["a re-run of all or of failed jobs", { name: "pull_request", payload: pull(own) }, judgedHead],
  [
    "a comment on an issue, as any other event",
    { name: "issue_comment", payload: { repository, issue: { number: 7 } }, ref: "refs/heads/main" },
    { sha: merge, without: { comment: noPullRequest, history: onlyDefault } },
  ],
  [
    "an event without a payload",
    { name: "push", payload: undefined, ref: "refs/heads/main" },
    {
      sha: merge,
      branch: "main",
      without: { comment: noPullRequest, history: "the event does not name the default branch" },
    },
  ],
  [
    "a pull request whose payload is of another shape",
    { name: "pull_request", payload: { pull_request: { number: "7", head: [], base: "main" } } },
    { sha: merge, without: { comment: noPullRequest, history: onlyDefault } },
  ],
])("%s", (_, facts, plan) => {
  expect(planFor({ sha: merge, repository: "acme/shop", ...facts })).toEqual(plan);
});
