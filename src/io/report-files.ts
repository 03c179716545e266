import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { refuse } from "../core/model/problem.ts";
import { expectFile } from "./engine.ts";

/** Largest report file that is opened. 4 GiB. */
const maxFileBytes = 4 * 2 ** 30;

/** One piece; the readers turn it into text at once, and small texts are cheap for V8. */
const pieceBytes = 1 << 16;

/**
 * A regular file, handed out in pieces of one reused buffer. Links are not followed, pipes and devices never opened
 * for long, so nothing can hang. Going through it throws InputError.
 */
export function readPieces(path: string, shown: string) {
  return { [Symbol.iterator]: () => pieces(path, shown), latin1 };
}

/** The bytes that were asked for last, and the same as Node wants them. */
let asked: Uint8Array | undefined;
let askedBuffer: Buffer = Buffer.alloc(0);

/** What a reader needs of the platform besides the bytes: see `Pieces` in core/read/text/window.ts. */
function latin1(bytes: Uint8Array, start: number, end: number): string {
  if (asked !== bytes) askedBuffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  asked = bytes;
  return askedBuffer.toString("latin1", start, end);
}

/** The buffer of a file that is over, for the next one. */
let spare: Uint8Array | undefined;

function* pieces(path: string, shown: string): Generator<Uint8Array, undefined, Uint8Array | undefined> {
  const file = open(path, shown);
  const buffer = spare ?? new Uint8Array(pieceBytes);
  spare = undefined;
  try {
    const stats = fstatSync(file);
    if (stats.isDirectory()) notAFile("is a folder", shown, `Name the files in it, such as ${shown}/**.`);
    if (!stats.isFile()) notAFile("is not a regular file", shown);
    if (stats.size > maxFileBytes) {
      const message = `is larger than the limit (${maxFileBytes / 2 ** 30} GiB)`;
      refuse({
        code: "limit-size",
        message,
        at: { file: shown },
        hint: "Let every shard write a file of its own.",
      });
    }
    expectFile(stats.size);
    let left = stats.size;
    let into = buffer;
    for (let size = readSync(file, into); size > 0; size = readSync(file, into)) {
      const offered = yield size === into.length ? into : into.subarray(0, size);
      left -= size;
      // Files of the system say that they are empty; all others are over at their size.
      if (left === 0) return;
      into = offered !== undefined && offered.length >= pieceBytes ? offered.subarray(0, pieceBytes) : buffer;
    }
  } finally {
    spare = buffer;
    closeSync(file);
  }
}

function open(path: string, shown: string): number {
  try {
    return openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    const code = systemCode(error);
    if (code === "ELOOP") notAFile("is a link, which is not followed", shown);
    // A socket, or a terminal where there is none.
    if (code === "ENXIO") notAFile("is not a regular file", shown);
    const message = code === "ENOENT" ? "does not exist" : `could not be read (${code})`;
    refuse({
      code: "file-unreadable",
      message,
      at: { file: shown },
      hint: "Check the path and its permissions.",
    });
  }
}

function notAFile(message: string, file: string, hint = "Name the report file itself."): never {
  refuse({ code: "not-a-file", message, at: { file }, hint });
}

/** The system's name for what went wrong, such as ENOENT. */
export function systemCode(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown error";
}
