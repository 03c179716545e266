/** A trap that takes more than one run of the gate to fall into, or GitHub, and the test that goes there. */
export type Elsewhere = readonly [number: number, name: string, file: string, test: string];

export const elsewhere: readonly Elsewhere[] = [
  [
    17,
    'a run of the default branch that is partial is never a baseline; a red one is, so that "not worse" can be asked of it',
    "history/check.test.ts",
    "a run whose evidence is damaged is not recorded",
  ],
  [
    18,
    "of two runs that store at the same time none is lost: who was slower builds on the other",
    "history/branch.test.ts",
    "two runs that both make the branch end with both records",
  ],
  [
    21,
    "a fork's token may write nothing, and the verdict is the same",
    "forks.test.ts",
    "judge with a token that may only read, and write nothing",
  ],
  [
    34,
    "two files of one name are not guessed at",
    "source-paths.test.ts",
    "where several files could be meant, none is guessed and all are told",
  ],
  [
    45,
    "a comment that is too long loses rows, and never the verdict",
    "markdown.test.ts",
    "a report with thousands of failing tests fits a comment, with the verdict first and a count of the rest",
  ],
  [
    46,
    "a re-run is recorded beside the run, and replaces no record",
    "history/action.test.ts",
    "records the first run of the default branch, and its re-run beside it",
  ],
];
