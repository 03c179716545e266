import { account, nodeId } from "./accounts.ts";
import { type Answer, notFound } from "./answer.ts";
import type { Call, Handlers } from "./call.ts";
import { pageOf } from "./page.ts";
import { repositoryOf, shortRepositoryOf } from "./repository.ts";
import type { FakePull, State } from "./state.ts";

export const pullHandlers: Handlers = { "pulls/get": get, "pulls/list": list };

/** Pull requests of a commit as a check run lists them: those within the repository, none from forks. */
export function shownInCheckRun(state: State, repository: string, sha: string): readonly object[] {
  const own = Object.entries(state.pulls).filter(
    ([, pull]) => pull.headSha === sha && (pull.headRepository ?? repository) === repository,
  );
  const repo = shortRepositoryOf(repository, state.api);
  return own.map(([number, { headSha, headRef = "change", baseSha, baseRef = "main" }]) => ({
    id: idOfPull(Number(number)),
    number: Number(number),
    url: `${state.api}/repos/${repository}/pulls/${number}`,
    head: { ref: headRef, sha: headSha, repo },
    base: { ref: baseRef, sha: baseSha, repo },
  }));
}

/** Open ones, newest first; all of ours are open. `head` is "owner:branch". */
function list({ state, repository, url }: Call): Answer {
  const wanted = url.searchParams.get("head");
  const all = Object.entries(state.pulls)
    .map(([number, pull]) => ({ number: Number(number), pull }))
    .filter(
      ({ pull: { headRef = "change", headRepository = repository } }) =>
        wanted === null || wanted === `${ownerOf(headRepository)}:${headRef}`,
    )
    .toSorted((a, b) => b.number - a.number);
  const { items, headers } = pageOf(all, url);
  return {
    status: 200,
    headers,
    body: items.map(({ number, pull }) => listed(shown(state, repository, number, pull))),
  };
}

/** What a list tells of a pull request (`pull-request-simple`): less than its own page does. */
function listed(pull: object): object {
  const only = ["merged", "merged_by", "mergeable", "rebaseable", "mergeable_state", "maintainer_can_modify"];
  const counts = ["comments", "review_comments", "commits", "additions", "deletions", "changed_files"];
  return Object.fromEntries(Object.entries(pull).filter(([key]) => ![...only, ...counts].includes(key)));
}

function get({ state, params, repository, docs }: Call): Answer {
  const number = Number(params.pull_number);
  const pull = state.pulls[number];
  return pull === undefined ? notFound(docs) : { status: 200, body: shown(state, repository, number, pull) };
}

/** The pull request as answers carry it (`pull-request`): open, its conversation counted, no reviews. */
function shown(state: State, repository: string, number: number, pull: FakePull): object {
  const { headSha, baseSha, headRef = "change", baseRef = "main", headRepository = repository } = pull;
  const [api, html] = [`${state.api}/repos/${repository}`, `https://github.com/${repository}/pull/${number}`];
  const addresses = addressesOf(api, html, number, headSha);
  const id = idOfPull(number);
  const author = account(ownerOf(headRepository), state.api);
  const none = { milestone: null, auto_merge: null, assignee: null, closed_at: null, merged_at: null };
  return {
    id,
    node_id: nodeId("PR", id),
    number,
    state: "open",
    locked: false,
    title: `Change ${number}`,
    body: null,
    user: author,
    labels: [],
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    ...none,
    active_lock_reason: null,
    created_at: "2026-01-01T00:00:00Z",
    updated_at: "2026-01-01T00:00:00Z",
    merge_commit_sha: null,
    ...addresses.urls,
    _links: addresses.links,
    head: side(state, headRepository, repository, headRef, headSha),
    base: side(state, repository, repository, baseRef, baseSha),
    author_association: "CONTRIBUTOR",
    draft: false,
    merged: false,
    merged_by: null,
    mergeable: true,
    rebaseable: true,
    mergeable_state: "clean",
    maintainer_can_modify: false,
    comments: state.comments.filter(({ issue }) => issue === number).length,
    review_comments: 0,
    commits: 1,
    additions: 1,
    deletions: 0,
    changed_files: 1,
  };
}

function side(state: State, repository: string, target: string, ref: string, sha: string): object {
  const owner = ownerOf(repository);
  const repo = repositoryOf(repository, state.api, repository !== target);
  return { label: `${owner}:${ref}`, ref, sha, user: account(owner, state.api), repo };
}

function addressesOf(api: string, html: string, number: number, sha: string) {
  const [url, issue] = [`${api}/pulls/${number}`, `${api}/issues/${number}`];
  const urls = {
    url,
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    issue_url: issue,
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    review_comment_url: `${api}/pulls/comments{/number}`,
    comments_url: `${issue}/comments`,
    statuses_url: `${api}/statuses/${sha}`,
  };
  const links = {
    self: { href: url },
    html: { href: html },
    issue: { href: issue },
    comments: { href: urls.comments_url },
    review_comments: { href: urls.review_comments_url },
    review_comment: { href: urls.review_comment_url },
    commits: { href: urls.commits_url },
    statuses: { href: urls.statuses_url },
  };
  return { urls, links };
}

function ownerOf(repository: string): string {
  return repository.split("/")[0] ?? "";
}

function idOfPull(number: number): number {
  return 1_900_000_000 + number;
}
