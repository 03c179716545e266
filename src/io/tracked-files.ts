import { execFileSync } from "node:child_process";
import { resolve } from "node:path";

/**
 * Absolute paths of the files that git tracks below a folder; undefined where there is no git checkout or no git.
 * No hook and no monitor of the repository is run.
 */
export function trackedFiles(folder: string): ReadonlySet<string> | undefined {
  try {
    const options = ["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"];
    const list = execFileSync("git", [...options, "-C", folder, "ls-files", "-z"], {
      encoding: "utf8",
      timeout: 30_000,
      maxBuffer: 1 << 28,
      stdio: ["ignore", "pipe", "ignore"],
    });
    return new Set(list.split("\0").flatMap((path) => (path === "" ? [] : [resolve(folder, path)])));
  } catch {
    return undefined;
  }
}
