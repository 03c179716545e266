import type { Problem } from "../core/model/problem.ts";
import { git, isCheckout } from "./git.ts";
import type { Workspace } from "./workspace.ts";

/** Files that git tracks, from the root of the workspace, with `/`; the problem says why they could not be known. */
export interface TrackedFiles {
  readonly paths: readonly string[];
  readonly problems: readonly Problem[];
}

/** Asks git, where the workspace is a checkout. */
export function trackedFiles({ root }: Workspace): TrackedFiles {
  if (!isCheckout(root)) return { paths: [], problems: [] };
  const list = git(root, ["ls-files", "-z"]);
  if (list !== undefined) return { paths: list.split("\0").filter((path) => path !== ""), problems: [] };
  const message = "git could not say which files it tracks, so committed report files were not left out";
  const hint = "Name the report files under `sources`, or make git work in this job.";
  return { paths: [], problems: [{ code: "git-unavailable", severity: "warning", message, hint }] };
}
