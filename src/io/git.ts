import { existsSync } from "node:fs";
import { join } from "node:path";
import { onDemand } from "./on-demand.ts";

/** Whether a folder is the top of a checkout. */
export function isCheckout(root: string): boolean {
  return existsSync(join(root, ".git"));
}

/** What git prints; undefined where it fails. No hook and no monitor of the repository is run. */
export function git(root: string, args: readonly string[]): string | undefined {
  const options = ["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-C", root];
  const { execFileSync } = onDemand("node:child_process");
  try {
    return execFileSync("git", [...options, ...args], {
      encoding: "utf8",
      timeout: 30_000,
      maxBuffer: 1 << 28,
      stdio: ["ignore", "pipe", "ignore"],
    });
  } catch {
    return undefined;
  }
}

/** What git prints, without blanks at its end; undefined where it fails. */
export function askGit(root: string, ...args: readonly string[]): string | undefined {
  return git(root, args)?.trimEnd();
}
