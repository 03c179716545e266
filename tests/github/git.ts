import { nodeId } from "./accounts.ts";
import { type Answer, failure } from "./answer.ts";
import type { Call, Handlers } from "./call.ts";
import { addCommit, addTree, type FakeCommit, standsOn } from "./git-store.ts";

/** Trees, commits and branches, as they are written and moved. */
export const gitHandlers: Handlers = {
  "git/list-matching-refs": matchingRefs,
  "git/create-tree": createTree,
  "git/create-commit": createCommit,
  "git/create-ref": createRef,
  "git/update-ref": updateRef,
  "git/get-commit": ({ state, params, repository }) => ({
    status: 200,
    body: shownCommit(
      `${state.api}/repos/${repository}`,
      state.git.commits.get(params.commit_sha ?? "") ?? unwritten(params.commit_sha ?? ""),
    ),
  }),
  "repos/download-zipball-archive": zipball,
};

interface TreeEntry {
  readonly path?: string;
  readonly sha?: string | null;
  readonly content?: string;
}

function matchingRefs({ state, params, repository }: Call): Answer {
  const found = [...state.git.refs].filter(([name]) => name.startsWith(`refs/${params.ref}`));
  return { status: 200, body: found.map(([name, sha]) => shownRef(state.api, repository, name, sha)) };
}

/** Bodies beyond 40 MB and trees beyond 100,000 entries are more than GitHub takes; no test comes near them. */
function createTree({ state, body, repository, docs }: Call): Answer {
  const { git, api } = state;
  const { base_tree: base, tree } = body as { base_tree?: string; tree: readonly TreeEntry[] };
  const before = base === undefined ? new Map<string, string>() : git.trees.get(base);
  if (before === undefined) return failure(404, "Not Found", docs);
  const files = new Map(before);
  for (const { path = "", sha, content } of tree) {
    if (path === "" || path.startsWith("/")) return failure(422, "tree.path cannot start with a slash", docs);
    if (sha !== undefined && content !== undefined)
      return failure(422, "Must supply either tree.sha or tree.content.", docs);
    if (content !== undefined) files.set(path, content);
    else if (sha === null && files.delete(path)) continue;
    // What is to go and is not there.
    else return failure(422, "GitRPC::BadObjectState", docs);
  }
  if (files.size === 0) return failure(422, "Invalid tree info", docs);
  const made = addTree(git, files);
  const url = `${api}/repos/${repository}/git/trees/${made}`;
  return { status: 201, body: { sha: made, url, tree: [], truncated: false } };
}

function createCommit({ state, body, repository, docs }: Call): Answer {
  const { git, api } = state;
  const { tree, parents = [], message } = body as { tree: string; parents?: string[]; message: string };
  if (!git.trees.has(tree)) return failure(422, "Tree SHA does not exist", docs);
  if (!parents.every((parent) => git.commits.has(parent)))
    return failure(422, "Parent SHA does not exist or is not a commit object", docs);
  const made = git.commits.get(addCommit(git, tree, parents, message))!;
  return { status: 201, body: shownCommit(`${api}/repos/${repository}`, made) };
}

function createRef({ state, body, repository, docs }: Call): Answer {
  const { ref, sha } = body as { ref: string; sha: string };
  if (!/^refs\/[^/]+\/./.test(ref))
    return failure(422, `Reference name must contain at least three slashes.`, docs);
  if (!state.git.commits.has(sha)) return failure(422, "Object does not exist", docs);
  if (state.git.refs.has(ref)) return failure(422, "Reference already exists", docs);
  state.git.refs.set(ref, sha);
  return { status: 201, body: shownRef(state.api, repository, ref, sha) };
}

/** Compare and swap: without force only a commit that stands on what is there takes its place. */
function updateRef({ state, params, body, repository, docs }: Call): Answer {
  const { git, api } = state;
  const ref = `refs/${params.ref}`;
  const { sha, force = false } = body as { sha: string; force?: boolean };
  const before = git.refs.get(ref);
  if (before === undefined) return failure(422, "Reference does not exist", docs);
  if (!git.commits.has(sha)) return failure(422, "Object does not exist", docs);
  if (!force && !standsOn(git, sha, before)) return failure(422, "Update is not a fast forward", docs);
  git.refs.set(ref, sha);
  return { status: 200, body: shownRef(api, repository, ref, sha) };
}

/** The archive itself comes from another host, which the API calls with a token of its own. */
function zipball({ state, params, repository }: Call): Answer {
  const location = `${state.store}/${repository}/legacy.zip/${params.ref}?token=signed`;
  return { status: 302, headers: { location } };
}

function shownRef(api: string, repository: string, ref: string, sha: string): object {
  const git = `${api}/repos/${repository}/git`;
  const object = { type: "commit", sha, url: `${git}/commits/${sha}` };
  return { ref, node_id: nodeId("REF", 1), url: `${git}/${ref}`, object };
}

/** A commit of which nothing is known but its name; the fake takes any for one of the code. */
function unwritten(sha: string): FakeCommit {
  return { sha, tree: "e".repeat(40), parents: [], message: "Change" };
}

function shownCommit(repository: string, { sha, tree, parents, message }: FakeCommit): object {
  const author = { name: "someone", email: "someone@localhost", date: "2026-01-01T00:00:00Z" };
  const html = (commit: string) => `https://github.com/acme/shop/commit/${commit}`;
  const url = (commit: string) => `${repository}/git/commits/${commit}`;
  return {
    sha,
    node_id: nodeId("C", 1),
    url: url(sha),
    html_url: html(sha),
    author,
    committer: author,
    message,
    tree: { sha: tree, url: `${repository}/git/trees/${tree}` },
    parents: parents.map((parent) => ({ sha: parent, url: url(parent), html_url: html(parent) })),
    verification: { verified: false, reason: "unsigned", signature: null, payload: null, verified_at: null },
  };
}
