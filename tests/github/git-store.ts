/** Texts by path. */
export type FakeTree = ReadonlyMap<string, string>;

export interface FakeCommit {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
}

/** A repository's objects and branches. Objects are added and never changed. */
export interface GitStore {
  readonly trees: Map<string, FakeTree>;
  readonly commits: Map<string, FakeCommit>;
  /** The commit of each reference, by its whole name. */
  readonly refs: Map<string, string>;
  /** A name for a new object. */
  name(): string;
}

/** A store with branches of one commit each, by their names. */
export function createGitStore(
  branches: Readonly<Record<string, Readonly<Record<string, string>>>>,
): GitStore {
  let made = 0;
  const store: GitStore = {
    trees: new Map(),
    commits: new Map(),
    refs: new Map(),
    // Not as commits of the code are called in tests.
    name: () => `f${(++made).toString(16).padStart(39, "0")}`,
  };
  for (const [branch, files] of Object.entries(branches)) {
    const tree = addTree(store, new Map(Object.entries(files)));
    store.refs.set(`refs/heads/${branch}`, addCommit(store, tree, [], "Begin"));
  }
  return store;
}

/** Commits of the code, oldest first, and the branches that are at them. */
export interface FakeCode {
  readonly commits: readonly Pick<FakeCommit, "sha" | "parents">[];
  readonly branches: Readonly<Record<string, string>>;
}

export function addCode(store: GitStore, { commits, branches }: FakeCode): void {
  for (const { sha, parents } of commits)
    store.commits.set(sha, { sha, tree: "e".repeat(40), parents, message: "Change" });
  for (const [name, sha] of Object.entries(branches)) store.refs.set(`refs/heads/${name}`, sha);
}

/** A commit and all that it stands on, newest first. */
export function reachable(store: GitStore, commit: string): readonly FakeCommit[] {
  const below = walk(store, commit);
  return [...store.commits.values()].filter(({ sha }) => below.has(sha)).reverse();
}

export function addTree(store: GitStore, tree: FakeTree): string {
  const sha = store.name();
  store.trees.set(sha, tree);
  return sha;
}

export function addCommit(
  store: GitStore,
  tree: string,
  parents: readonly string[],
  message: string,
): string {
  const sha = store.name();
  store.commits.set(sha, { sha, tree, parents, message });
  return sha;
}

/** The files of a commit; undefined where there is no such commit. */
export function filesAt(store: GitStore, commit: string): FakeTree | undefined {
  const tree = store.commits.get(commit)?.tree;
  return tree === undefined ? undefined : store.trees.get(tree);
}

/** Whether a commit is another one, or stands on it. */
export function standsOn(store: GitStore, commit: string, other: string): boolean {
  return walk(store, commit, other).has(other);
}

/** The commits below one, as far as another one. */
function walk(store: GitStore, commit: string, last?: string): ReadonlySet<string> {
  const waiting = [commit];
  const seen = new Set<string>();
  for (let sha = waiting.pop(); sha !== undefined; sha = waiting.pop()) {
    if (seen.has(sha)) continue;
    seen.add(sha);
    if (sha === last) break;
    waiting.push(...(store.commits.get(sha)?.parents ?? []));
  }
  return seen;
}
