import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pastOf } from "../../src/core/history/baseline.ts";
import type { Ancestry, RunRecord } from "../../src/core/model/history.ts";
import { commit, day, record } from "./records.ts";

const at = day(100);
const from = (...numbers: readonly number[]): Ancestry => ({ commits: numbers.map(commit), shallow: false });

interface Case {
  readonly records: readonly RunRecord[];
  readonly ancestry?: Ancestry;
  readonly id?: number;
  readonly sha?: string;
}

const cases: readonly (readonly [string, Case, string])[] = [
  ["the merge base itself", { records: [record(1), record(2)], ancestry: from(2, 1) }, "run 2, 0 back"],
  [
    "the nearest ancestor of it",
    { records: [record(1), record(2)], ancestry: from(5, 4, 3, 2, 1) },
    "run 2, 3 back",
  ],
  [
    "a squashed merge has a commit of its own, so the one before it counts",
    { records: [record(1), record(7)], ancestry: from(3, 2, 1) },
    "run 1, 2 back",
  ],
  [
    "a newer run that is no ancestor is left out, however late it finished",
    { records: [record(1), { ...record(2), at: day(0) }, record(9)], ancestry: from(2, 1) },
    "run 2, 0 back",
  ],
  [
    "after a force push the nearest commit that is still there counts",
    { records: [record(1), record(2), record(3)], ancestry: from(21, 20, 1) },
    "run 1, 2 back",
  ],
  [
    "a branch that left the default branch long ago is compared with where it left",
    { records: [record(1), record(2), record(3)], ancestry: from(1) },
    "run 1, 0 back",
  ],
  [
    "of two runs of one commit the newer one counts",
    { records: [{ ...record(8), sha: commit(2) }, record(2)], ancestry: from(2) },
    "run 8, 0 back",
  ],
  [
    "of two attempts of one run the later one counts",
    { records: [record(2, { attempt: 2, outcome: "fail" }), record(2)], ancestry: from(2) },
    "run 2, 0 back, fail",
  ],
  [
    "a red run is a baseline, too",
    { records: [record(1, { outcome: "fail" })], ancestry: from(1) },
    "run 1, 0 back, fail",
  ],
  [
    "a run is never compared with its own earlier attempt",
    { records: [record(1), record(2)], ancestry: from(2, 1), id: 1_002 },
    "run 1, 1 back",
  ],
  [
    "without an id, not with an earlier run of its commit either",
    { records: [record(1), record(2)], ancestry: from(2, 1), sha: commit(2) },
    "run 1, 1 back",
  ],
  ["without any commits the newest run counts", { records: [record(2), record(1)] }, "run 2"],
  ["the first run", { records: [], ancestry: from(1) }, "no recorded run yet"],
  [
    "no recorded run is an ancestor",
    { records: [record(8), record(9)], ancestry: from(2, 1) },
    "none of the 2 recorded runs is of a commit before 0000000",
  ],
  [
    "nothing in common",
    { records: [record(8)], ancestry: from() },
    "this run and the target branch have no commit in common",
  ],
];

const shown = ({ baseline }: ReturnType<typeof pastOf>) => {
  if ("none" in baseline) return baseline.none;
  const { record: one, distance } = baseline;
  const parts = [
    `run ${one.number}`,
    distance === undefined ? "" : `${distance} back`,
    one.outcome === "pass" ? "" : one.outcome,
  ];
  return parts.filter((part) => part !== "").join(", ");
};

describe("the baseline", () => {
  test.each(cases)("%s", (_, { records, ancestry, ...run }, expected) => {
    expect(shown(pastOf(records, { at, ...run }, ancestry))).toBe(expected);
  });
});

describe("the order of runs", () => {
  test("runs that finish in any order leave the same past: an older one never replaces a newer one", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.uniqueArray(
          fc.record({ number: fc.integer({ min: 1, max: 9 }), attempt: fc.integer({ min: 1, max: 3 }) }),
          {
            selector: ({ number, attempt }) => `${number}-${attempt}`,
            minLength: 2,
            maxLength: 8,
          },
        ),
        async (scheduler, runs) => {
          const stored: RunRecord[] = [];
          // Each run reads what is there, works for a while, and then adds its record; clocks say nothing.
          const finish = scheduler.scheduleFunction(async (one: RunRecord) => void stored.push(one));
          const all = runs.map(({ number, attempt }) => record(number, { attempt, at: day(9 - number) }));
          const finished = all.map((one) => finish(one));
          await scheduler.waitAll();
          await Promise.all(finished);
          const { records, baseline } = pastOf(stored, { at }, undefined);
          const newest = Math.max(...runs.map(({ number }) => number));
          const attempt = Math.max(...runs.filter((run) => run.number === newest).map((run) => run.attempt));
          expect(baseline).toMatchObject({ record: { number: newest, attempt } });
          expect(records.map(({ number }) => number)).toEqual(
            [...new Set(runs.map(({ number }) => number))].sort((a, b) => a - b),
          );
        },
      ),
      { numRuns: Number(process.env["SOAK_ROUNDS"] ?? 300) },
    );
  });
});
