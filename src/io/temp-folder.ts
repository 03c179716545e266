import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Where files of a run may lie: the runner's own place for them, else the system's. */
export function tempTop(env: Readonly<Record<string, string | undefined>>): string {
  const own = env["RUNNER_TEMP"] ?? "";
  return existsSync(own) ? own : tmpdir();
}

/** Does some work with a new folder at hand, which is gone afterwards. */
export async function withTempFolder<T>(top: string, work: (folder: string) => T | Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(top, "phase-gate-"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
