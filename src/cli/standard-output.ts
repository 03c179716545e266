import { fstatSync, writeSync } from "node:fs";
import { systemCode } from "../io/report-files.ts";

/** Where the page or the report goes. */
export interface StandardOutput {
  readonly terminal: boolean;
  readonly write: (text: string) => void;
}

/**
 * Standard output, which can be read to its end once the process is over. Files and pipes are written to at once: to load
 * Node's streams takes as long as to judge a small report, so they are for terminals and whatever else there is.
 */
export function standardOutput(): StandardOutput {
  if (isFileOrPipe(1)) return { terminal: false, write: (text) => writeWhole(1, Buffer.from(text)) };
  const { stdout } = process;
  return { terminal: stdout.isTTY === true, write: (text) => void stdout.write(text) };
}

function isFileOrPipe(file: number): boolean {
  try {
    const stats = fstatSync(file);
    return stats.isFile() || stats.isFIFO() || stats.isSocket();
  } catch {
    // Windows has processes without any output.
    return false;
  }
}

function writeWhole(file: number, bytes: Uint8Array): void {
  for (let rest = bytes; rest.length > 0; ) {
    try {
      rest = rest.subarray(writeSync(file, rest));
    } catch (error) {
      const code = systemCode(error);
      // Whoever read it has gone, such as `head`. What was judged stays judged.
      if (code === "EPIPE") return;
      if (code !== "EAGAIN") throw error;
      pause();
    }
  }
}

/** A pipe that somebody set to never wait is full; its reader needs a moment. */
function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
}
