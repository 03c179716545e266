import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { refuse } from "../core/model/problem.ts";

/** Largest report file that is opened. 4 GiB. */
const maxFileBytes = 4 * 2 ** 30;

/** One piece; the readers turn it into text at once, and small texts are cheap for V8. */
const pieceBytes = 1 << 16;

/**
 * Opens a regular file for reading and hands it out in pieces of one reused buffer. Links are not followed, pipes and
 * devices never opened for long, so nothing can hang. Throws InputError.
 */
export function* readPieces(path: string, shown: string): Generator<Uint8Array> {
  const file = open(path, shown);
  try {
    const stats = fstatSync(file);
    if (!stats.isFile()) {
      refuse({
        code: "not-a-file",
        message: "is not a regular file",
        at: { file: shown },
        hint: "Name the report file itself.",
      });
    }
    if (stats.size > maxFileBytes) {
      const message = `is larger than the limit (${maxFileBytes / 2 ** 30} GiB)`;
      refuse({
        code: "limit-size",
        message,
        at: { file: shown },
        hint: "Let every shard write a file of its own.",
      });
    }
    const buffer = new Uint8Array(pieceBytes);
    for (let size = readSync(file, buffer); size > 0; size = readSync(file, buffer)) {
      yield size === pieceBytes ? buffer : buffer.subarray(0, size);
    }
  } finally {
    closeSync(file);
  }
}

function open(path: string, shown: string): number {
  try {
    return openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    const code = systemCode(error);
    if (code === "ELOOP") {
      refuse({ code: "not-a-file", message: "is a link, which is not followed", at: { file: shown } });
    }
    const message = code === "ENOENT" ? "does not exist" : `could not be read (${code})`;
    refuse({
      code: "file-unreadable",
      message,
      at: { file: shown },
      hint: "Check the path and its permissions.",
    });
  }
}

/** The system's name for what went wrong, such as ENOENT. */
export function systemCode(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown error";
}
