import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Problem } from "../core/model/problem.ts";
import { systemCode } from "../io/report-files.ts";

/** Writes a file that an option of the command line asks for; without a path nothing was asked for, and nothing is rendered. */
export function writeFile(
  path: string | boolean | undefined,
  render: () => string,
  cwd: string,
): readonly Problem[] {
  if (typeof path !== "string") return [];
  const text = render();
  try {
    writeFileSync(resolve(cwd, path), text);
    return [];
  } catch (error) {
    const code = systemCode(error);
    const message = `could not be written: ${reasons[code] ?? code}`;
    return [{ code: "not-written", severity: "error", message, at: { file: path } }];
  }
}

/** What the system's names mean here. */
const reasons: Readonly<Record<string, string>> = {
  ENOENT: "its folder does not exist",
  ENOTDIR: "a part of its path is no folder",
  EISDIR: "it is a folder",
  EACCES: "this user may not write there",
  EPERM: "this user may not write there",
  EROFS: "nothing can be written there",
  ENOSPC: "the disk is full",
};
