import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Problem } from "../core/model/problem.ts";
import type { Workspace } from "./workspace.ts";

/** Files that git tracks; the problem says why they could not be known. */
export interface TrackedFiles {
  /** From the root of the workspace, with `/`. */
  readonly paths: readonly string[];
  readonly absolute: ReadonlySet<string>;
  readonly problems: readonly Problem[];
}

/** Asks git, where the workspace is a checkout. No hook and no monitor of the repository is run. */
export function trackedFiles({ root }: Workspace): TrackedFiles {
  if (!existsSync(join(root, ".git"))) return { paths: [], absolute: new Set(), problems: [] };
  const options = ["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-C", root];
  try {
    const list = execFileSync("git", [...options, "ls-files", "-z"], {
      encoding: "utf8",
      timeout: 30_000,
      maxBuffer: 1 << 28,
      stdio: ["ignore", "pipe", "ignore"],
    });
    const paths = list.split("\0").filter((path) => path !== "");
    return { paths, absolute: new Set(paths.map((path) => resolve(root, path))), problems: [] };
  } catch {
    const message = "git could not say which files it tracks, so committed report files were not left out";
    const hint = "Name the report files under `sources`, or make git work in this job.";
    const problem: Problem = { code: "git-unavailable", severity: "warning", message, hint };
    return { paths: [], absolute: new Set(), problems: [problem] };
  }
}
