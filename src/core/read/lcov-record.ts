import type { SourceTally } from "./coverage-tally.ts";
import type { LcovFunctions } from "./lcov-functions.ts";

/** A source file's record in an lcov tracefile while it is open. */
export interface OpenRecord {
  readonly path: string;
  readonly line: number;
  /** Where lines and parts go; absent until the first one comes. */
  source: SourceTally | undefined;
  lines: number;
  covered: number;
  found: number | undefined;
  hit: number | undefined;
  /** Absent until a line tells of one that the kernel does not take. */
  functions: LcovFunctions | undefined;
  /** Whether the kernel has handed it over. */
  handed: boolean;
}

/** A record that begins in a line. */
export function openRecord(path: string, line: number): OpenRecord {
  return {
    path,
    line,
    source: undefined,
    lines: 0,
    covered: 0,
    found: undefined,
    hit: undefined,
    functions: undefined,
    handed: false,
  };
}
