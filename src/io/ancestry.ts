import type { Ancestry } from "../core/model/history.ts";
import { git } from "./git.ts";

/** How many commits back a baseline is looked for. */
const furthest = 2_000;

/** The commit of a checkout. */
export interface Head {
  readonly sha: string;
  readonly parents: readonly string[];
  /** Whether it is on the default branch, as far as git knows. */
  readonly onBranch: boolean;
}

/** The commit that is checked out; undefined where git knows none. */
export function headOf(root: string, branch: string): Head | undefined {
  const sha = git(root, ["rev-parse", "-q", "--verify", "HEAD"])?.trim();
  if (!sha) return undefined;
  return { sha, parents: parentsOf(root, sha), onBranch: isOnBranch(root, branch) };
}

/** The parents of a commit, also where the checkout holds none of them; none where it does not hold the commit. */
export function parentsOf(root: string, sha: string): readonly string[] {
  const [head = ""] = git(root, ["cat-file", "commit", sha])?.split("\n\n", 1) ?? [];
  return [...head.matchAll(/^parent ([0-9a-f]+)$/gm)].map(([, parent = ""]) => parent);
}

/** On the branch itself, or at a commit that its remote counterpart has already. */
function isOnBranch(root: string, branch: string): boolean {
  if (isCheckedOut(root, branch)) return true;
  const remote = `refs/remotes/origin/${branch}`;
  return git(root, ["merge-base", "--is-ancestor", "HEAD", remote]) !== undefined;
}

function isCheckedOut(root: string, branch: string): boolean {
  return git(root, ["symbolic-ref", "--short", "-q", "HEAD"])?.trim() === branch;
}

/**
 * The commits that one of a checkout stands on, from where it left the target branch; on the branch itself from its head.
 * `commit` is left out for the one that is checked out.
 */
export function ancestryOf(root: string, branch: string, commit = "HEAD"): Ancestry {
  const shallow = git(root, ["rev-parse", "--is-shallow-repository"])?.trim() === "true";
  const target = [`refs/remotes/origin/${branch}`, `refs/heads/${branch}`].find(
    (ref) => git(root, ["rev-parse", "-q", "--verify", ref]) !== undefined,
  );
  const start =
    commit === "HEAD" && isCheckedOut(root, branch)
      ? commit
      : target && git(root, ["merge-base", commit, target])?.trim();
  if (!start) return { commits: [], shallow };
  const list = git(root, ["rev-list", "--first-parent", "-n", String(furthest), start]) ?? "";
  return { commits: list.split("\n").filter((sha) => sha !== ""), shallow };
}

/** The branch that others start from: as the remote says, else `main` or `master`, whichever is there. */
export function defaultBranch(root: string): string {
  const remote = git(root, ["symbolic-ref", "--short", "-q", "refs/remotes/origin/HEAD"])?.trim();
  if (remote) return remote.replace(/^origin\//, "");
  const local = ["main", "master"].find((name) =>
    git(root, ["rev-parse", "-q", "--verify", `refs/heads/${name}`]),
  );
  return local ?? "main";
}
