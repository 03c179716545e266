import { nodeId } from "./accounts.ts";
import { type Answer, notFound } from "./answer.ts";
import type { Call, Handlers } from "./call.ts";
import { filesAt } from "./git-store.ts";
import { pageOf } from "./page.ts";

/** What a pull request changes: its files, its labels, and files at commits. */
export const changeHandlers: Handlers = {
  "repos/get-content": content,
  "issues/list-labels-on-issue": labels,
  "pulls/list-files": files,
};

function content({ state, params, url, repository, docs }: Call): Answer {
  const path = params.path ?? "";
  const ref = url.searchParams.get("ref") ?? "main";
  const text = state.files[`${ref}:${path}`] ?? filesAt(state.git, ref)?.get(path);
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
