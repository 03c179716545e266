import { nodeId } from "./accounts.ts";
import { type Answer, failure } from "./answer.ts";
import type { Call, Handlers } from "./call.ts";
import { type FakeCommit, type GitStore, reachable } from "./git-store.ts";
import { pageOf } from "./page.ts";

/** What commits stand on. */
export const commitHandlers: Handlers = {
  "repos/compare-commits-with-basehead": compare,
  "repos/list-commits": list,
};

function compare({ state, params, repository, url, docs }: Call): Answer {
  const [base, head] = (params.basehead ?? "").split("...").map((name) => resolved(state.git, name));
  if (base === undefined || head === undefined) return failure(404, "Not Found", docs);
  const [behind, ahead] = [reachable(state.git, base.sha), reachable(state.git, head.sha)];
  const common = ahead.find((commit) => behind.includes(commit));
  if (common === undefined)
    return failure(404, `No common ancestor between ${params.basehead?.replace("...", " and ")}.`, docs);
  const before = reachable(state.git, common.sha);
  const own = ahead.filter((commit) => !before.includes(commit)).reverse();
  const behindBy = behind.length - before.length;
  const name = `${state.api}/repos/${repository}/compare/${params.basehead}`;
  const page = pageOf(own, url);
  const shown = (commit: FakeCommit) => shownCommit(state.api, repository, commit);
  return {
    status: 200,
    headers: page.headers,
    body: {
      url: name,
      html_url: name,
      permalink_url: name,
      diff_url: `${name}.diff`,
      patch_url: `${name}.patch`,
      base_commit: shown(base),
      merge_base_commit: shown(common),
      status:
        own.length === 0 ? (behindBy === 0 ? "identical" : "behind") : behindBy === 0 ? "ahead" : "diverged",
      ahead_by: own.length,
      behind_by: behindBy,
      total_commits: own.length,
      commits: page.items.map(shown),
      ...(url.searchParams.get("page") === null ? { files: [] } : {}),
    },
  };
}

function list({ state, repository, url, docs }: Call): Answer {
  const start = resolved(state.git, url.searchParams.get("sha") ?? "main");
  if (start === undefined) return failure(404, "Not Found", docs);
  const page = pageOf(reachable(state.git, start.sha), url);
  const body = page.items.map((commit) => shownCommit(state.api, repository, commit));
  return { status: 200, headers: page.headers, body };
}

/** By the name of a branch or by its own. */
function resolved({ refs, commits }: GitStore, name: string): FakeCommit | undefined {
  return commits.get(refs.get(`refs/heads/${name}`) ?? name);
}

function shownCommit(api: string, repository: string, { sha, tree, parents, message }: FakeCommit): object {
  const url = (commit: string) => `${api}/repos/${repository}/commits/${commit}`;
  const html = (commit: string) => `https://github.com/${repository}/commit/${commit}`;
  const author = { name: "someone", email: "someone@localhost", date: "2026-01-01T00:00:00Z" };
  const git = `${api}/repos/${repository}/git`;
  return {
    url: url(sha),
    sha,
    node_id: nodeId("C", 1),
    html_url: html(sha),
    comments_url: `${url(sha)}/comments`,
    commit: {
      url: `${git}/commits/${sha}`,
      author,
      committer: author,
      message,
      tree: { sha: tree, url: `${git}/trees/${tree}` },
      comment_count: 0,
    },
    author: null,
    committer: null,
    parents: parents.map((parent) => ({ sha: parent, url: url(parent), html_url: html(parent) })),
  };
}
