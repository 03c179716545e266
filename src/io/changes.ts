import { readDiff } from "../core/changes/unified-diff.ts";
import type { Changes } from "../core/model/changes.ts";
import { InputError, type Problem } from "../core/model/problem.ts";
import { askGit, git, isCheckout } from "./git.ts";

/** The changed lines, and problems of telling them. */
export interface FoundChanges {
  readonly changes: Changes;
  readonly problems: readonly Problem[];
}

/**
 * Lines that the working tree has and the merge base of `base` and HEAD has not: what GitHub compares with three dots,
 * as far as it is committed. `shown` is how the base is called before users.
 */
export function changesSince(base: string, root: string, shown = base): FoundChanges {
  if (!isCheckout(root)) return unknown("this is not the top of a git checkout", "Run it in the checkout.");
  const commit = askGit(root, "rev-parse", "--verify", "--quiet", "--end-of-options", `${base}^{commit}`);
  if (commit === undefined) {
    return unknown(
      `git knows no commit "${shown}"`,
      `Fetch it first: \`git fetch origin ${shown.replace(/^origin\//, "")}\`.`,
    );
  }
  const since = askGit(root, "merge-base", commit, "HEAD");
  if (since === undefined) {
    return askGit(root, "rev-parse", "--is-shallow-repository") === "true"
      ? unknown(
          `this checkout is shallow and holds no common commit with ${shown}`,
          "Check out with `fetch-depth: 0`, or run `git fetch --unshallow`.",
        )
      : unknown(`HEAD and ${shown} have no common commit`, "Compare with a branch of the same history.");
  }
  return diffFrom(since, root, shown === since ? since.slice(0, 7) : `${shown} (${since.slice(0, 7)})`);
}

/** No setting and no attribute of the repository may change what a difference is: all text, no colours, fixed prefixes. */
const diff =
  "diff --no-color --no-ext-diff --no-textconv --text --unified=0 --inter-hunk-context=0 --find-renames --submodule=short --src-prefix=a/ --dst-prefix=b/ --no-relative --no-indent-heuristic --diff-algorithm=myers".split(
    " ",
  );

function diffFrom(commit: string, root: string, since: string): FoundChanges {
  const text = git(root, ["-c", "core.quotePath=false", ...diff, commit, "--"]);
  if (text === undefined)
    return unknown("git could not tell the difference", "Run `git diff` by hand to see why.");
  try {
    return { changes: { kind: "known", since, files: readDiff(text) }, problems: [] };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return unknown(error.problem.message, error.problem.hint ?? "");
  }
}

/** The rules decide what it costs that the changed lines are unknown. */
export function unknown(reason: string, hint: string): FoundChanges {
  const message = `the changed lines are not known: ${reason}`;
  return {
    changes: { kind: "unknown", reason },
    problems: [{ code: "changes-unknown", severity: "warning", message, hint }],
  };
}

/**
 * The same for a pull request, where the checkout knows enough: its trial merge, or its head, with the history that is
 * needed. Undefined where only GitHub can tell.
 */
export function changesOfCheckout(root: string, head: string, base: string): FoundChanges | undefined {
  if (!isCheckout(root)) return undefined;
  const commit = (name: string) => askGit(root, "rev-parse", "--verify", "--quiet", `${name}^{commit}`);
  const shown = "the base branch";
  const from =
    commit("HEAD^2") === head ? commit("HEAD^1") : commit("HEAD") === head ? commit(base) : undefined;
  if (from === undefined) return undefined;
  const found = changesSince(from, root, shown);
  return found.changes.kind === "known" ? found : undefined;
}
