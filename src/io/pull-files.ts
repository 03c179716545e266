import { join } from "node:path";
import { readPatch } from "../core/changes/unified-diff.ts";
import type { ChangedFile } from "../core/model/changes.ts";
import type { PullFile } from "../core/model/clients.ts";
import { InputError } from "../core/model/problem.ts";
import { type FoundChanges, unknown } from "./changes.ts";
import { readPieces } from "./report-files.ts";
import { isInside } from "./workspace.ts";

/** Most files that GitHub lists of a pull request. https://docs.github.com/rest/pulls/pulls#list-pull-requests-files */
const mostFiles = 3_000;

/**
 * Changed lines as GitHub tells them, held against the files of the checkout: GitHub compares the head of the pull
 * request, but what was tested is mostly its merge with the base branch, in which lines may stand elsewhere. Of a file
 * whose lines are not told, or are not where they should be, it is not known which ones changed.
 */
export function changesOfPull(files: readonly PullFile[], root: string): FoundChanges {
  if (files.length >= mostFiles) {
    const reason = `GitHub lists at most ${mostFiles} files of a pull request`;
    return unknown(reason, "Check out with `fetch-depth: 0`, so that git can tell the lines.");
  }
  const changed = files.filter(({ removed }) => !removed).flatMap((file) => changedFile(file, root) ?? []);
  return { changes: { kind: "known", since: "the base branch", files: changed }, problems: [] };
}

/** Undefined where no line was added or changed. */
function changedFile({ path, patch, additions, renamed }: PullFile, root: string): ChangedFile | undefined {
  if (patch === undefined && additions === 0 && renamed) return undefined;
  const text = textOf(path, root);
  if (text === "") return undefined;
  const notKnown: ChangedFile = { path, lines: null, written: Math.max(1, additions) };
  if (patch === undefined || text === undefined) return notKnown;
  const now = text.split("\n").map(withoutReturn);
  const lines: number[] = [];
  let written = 0;
  let moved = false;
  try {
    readPatch(patch, (line, added) => {
      lines.push(line);
      if (added.trim() !== "") written++;
      moved ||= now[line - 1] !== withoutReturn(added);
    });
  } catch (error) {
    if (error instanceof InputError) return notKnown;
    throw error;
  }
  if (moved || lines.length !== additions) return notKnown;
  return lines.length === 0 ? undefined : { path, lines, written };
}

/** Text of a file of the checkout; undefined where it cannot be read. */
function textOf(path: string, root: string): string | undefined {
  const whole = join(root, path);
  if (!isInside(whole, root)) return undefined;
  const decoder = new TextDecoder();
  let text = "";
  try {
    for (const piece of readPieces(whole, path)) text += decoder.decode(piece, { stream: true });
    return text + decoder.decode();
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

function withoutReturn(line: string): string {
  return line.endsWith("\r") ? line.slice(0, -1) : line;
}
