import { onDemand } from "./on-demand.ts";

/** From this size on it pays to think of the processor's cache. 4 MiB. */
const largeFile = 1 << 22;

/** From so many files on it pays to think of what compiles while they are read. */
const manyFiles = 500;

/**
 * Tells the engine of a file of some bytes. A scanner of a large one makes short texts and forgets them at once. The engine
 * answers with more and more room for young objects, until each text lies outside of the cache; as small as it begins is
 * faster and saves 60 MB. To clear so small a room takes less than to wake other threads for it.
 */
export function expectFile(size: number): void {
  if (size > largeFile) setFlags(smallRoom);
}

/**
 * Tells the engine of the files of a source. The same holds for many small ones. What they leave behind makes it mark what
 * lives on another thread, in case this goes on; it never does. And after 3,000 calls it compiles a function for the second
 * time: with a few calls for each of thousands of files, all is read before that pays.
 */
export function expectFiles(count: number): void {
  if (count < manyFiles) return;
  setFlags(`${smallRoom} --no-incremental-marking`);
  // Others than this V8 may not know the flag, and would say so on standard error.
  if (process.versions.v8.startsWith("13.")) setFlags("--invocation-count-for-turbofan=30000");
}

const smallRoom = "--semi-space-growth-factor=1 --no-parallel-scavenge";

function setFlags(flags: string): void {
  onDemand("node:v8").setFlagsFromString(flags);
}
