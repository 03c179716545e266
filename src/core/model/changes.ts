/** A file that was added or changed, as it is now. Deleted files are none. */
export interface ChangedFile {
  /** From the root of the repository. */
  readonly path: string;
  /** The lines that were added or changed, in order; null where it is not known which ones. */
  readonly lines: readonly number[] | null;
  /** How many of them hold more than blanks; of a file with unknown lines at least 1. */
  readonly written: number;
}

/**
 * What a change adds to the code. `none`: this run is about no change, such as a push to the default branch. `unknown`:
 * it is about one, but which lines changed could not be told.
 */
export type Changes =
  | { readonly kind: "none" | "unknown"; readonly reason: string }
  | {
      readonly kind: "known";
      /** What it was compared with, in words: a commit, a branch. */
      readonly since: string;
      readonly files: readonly ChangedFile[];
    };

/** Lines of a file that follow each other. */
export interface LineRange {
  readonly file: string;
  readonly from: number;
  readonly to: number;
}

/** How much of the changed lines is covered. */
export interface ChangedCoverage {
  readonly kind: "changed";
  readonly since: string;
  /** Executable lines among the changed ones, and how many of them ran. */
  readonly covered: number;
  readonly total: number;
  /** Changed lines that did not run, neighbours joined, in the order of files and lines. */
  readonly uncovered: readonly LineRange[];
}
