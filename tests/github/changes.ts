import { nodeId } from "./accounts.ts";
import { type Answer, notFound } from "./answer.ts";
import type { Call, Handlers } from "./call.ts";
import { pageOf } from "./page.ts";

/** What a pull request changes: its files, its labels, and files at commits. */
export const changeHandlers: Handlers = {
  "repos/get-content": content,
  "git/get-commit": commit,
  "issues/list-labels-on-issue": labels,
  "pulls/list-files": files,
};

function content({ state, params, url, repository, docs }: Call): Answer {
  const path = params.path ?? "";
  const ref = url.searchParams.get("ref") ?? "main";
  const text = state.files[`${ref}:${path}`];
  if (text === undefined) return notFound(docs);
  const bytes = Buffer.from(text);
  const api = `${state.api}/repos/${repository}/contents/${path}?ref=${ref}`;
  const html = `https://github.com/${repository}/blob/${ref}/${path}`;
  const sha = "f".repeat(40);
  const git = `${state.api}/repos/${repository}/git/blobs/${sha}`;
  return {
    status: 200,
    body: {
      type: "file",
      encoding: "base64",
      size: bytes.length,
      name: path.split("/").at(-1),
      path,
      // GitHub breaks the text after 60 characters.
      content: bytes.toString("base64").replaceAll(/(.{60})/g, "$1\n"),
      sha,
      url: api,
      git_url: git,
      html_url: html,
      download_url: null,
      _links: { self: api, git, html },
    },
  };
}

function commit({ state, params, repository }: Call): Answer {
  const sha = params.commit_sha ?? "";
  const url = `${state.api}/repos/${repository}/git/commits/${sha}`;
  const author = { name: "someone", email: "someone@localhost", date: "2026-01-01T00:00:00Z" };
  const tree = { sha: "e".repeat(40), url: `${state.api}/repos/${repository}/git/trees/${"e".repeat(40)}` };
  return {
    status: 200,
    body: {
      sha,
      node_id: nodeId("C", 1),
      url,
      html_url: `https://github.com/${repository}/commit/${sha}`,
      author,
      committer: author,
      message: "Change",
      tree,
      parents: [],
      verification: {
        verified: false,
        reason: "unsigned",
        signature: null,
        payload: null,
        verified_at: null,
      },
    },
  };
}

function labels({ state, params, repository, url, docs }: Call): Answer {
  const pull = state.pulls[Number(params.issue_number)];
  if (pull === undefined) return notFound(docs);
  const all = (pull.labels ?? []).map((name, i) => ({
    id: 208_045_946 + i,
    node_id: nodeId("LA", 208_045_946 + i),
    url: `${state.api}/repos/${repository}/labels/${encodeURIComponent(name)}`,
    name,
    description: null,
    color: "ededed",
    default: false,
  }));
  const page = pageOf(all, url);
  return { status: 200, body: page.items, headers: page.headers };
}

function files({ state, params, repository, url, docs }: Call): Answer {
  const pull = state.pulls[Number(params.pull_number)];
  if (pull === undefined) return notFound(docs);
  const all = (pull.files ?? []).map(({ path, status = "modified", additions, patch }) => ({
    sha: "d".repeat(40),
    filename: path,
    status,
    additions,
    deletions: 0,
    changes: additions,
    blob_url: `https://github.com/${repository}/blob/${pull.headSha}/${path}`,
    raw_url: `https://github.com/${repository}/raw/${pull.headSha}/${path}`,
    contents_url: `${state.api}/repos/${repository}/contents/${path}?ref=${pull.headSha}`,
    ...(patch === undefined ? {} : { patch }),
  }));
  const page = pageOf(all, url);
  return { status: 200, body: page.items, headers: page.headers };
}
