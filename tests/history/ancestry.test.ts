import { describe, expect, test } from "vitest";
import { ancestryFinder } from "../../src/io/github-ancestry.ts";
import { openTransport } from "../../src/io/github-transport.ts";
import type { FakeCode } from "../github/git-store.ts";
import { createInProcess } from "../github/in-process.ts";
import { virtualClock } from "../runner/virtual-clock.ts";
import { commit } from "./records.ts";

/** Commits `from` to `to`, each on top of the one before. */
const line = (from: number, to: number, before?: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => {
    const parent = i === 0 ? before : from + i - 1;
    return { sha: commit(from + i), parents: parent === undefined ? [] : [commit(parent)] };
  });

const merge = (number: number, ...parents: readonly number[]) => ({
  sha: commit(number),
  parents: parents.map(commit),
});

/** What GitHub says that a commit stands on, by the numbers of the commits, and how many calls it took. */
async function ancestry(code: FakeCode, head: number, wanted: readonly number[] = []) {
  const clock = virtualClock();
  const github = createInProcess({ code }, clock);
  const access = { apiUrl: github.url, token: "t", repository: "acme/shop" };
  const find = ancestryFinder(openTransport(access, { fetch: github.fetch, clock }));
  const recorded = new Set(wanted.map(commit));
  const { commits } = await clock.run(() => find("main", commit(head), (sha) => recorded.has(sha)));
  return { commits: commits.map((sha) => Number.parseInt(sha, 16)), calls: github.requests.length };
}

const at = (main: number, more: Readonly<Record<string, number>> = {}) =>
  Object.fromEntries(Object.entries({ main, ...more }).map(([name, number]) => [name, commit(number)]));

describe("the commits that a run stands on, as GitHub tells them,", () => {
  const cases: readonly (readonly [string, FakeCode, number, readonly number[]])[] = [
    [
      "begin on the default branch with its own, although the branch has moved on",
      { commits: line(1, 5), branches: at(5) },
      3,
      [3, 2, 1],
    ],
    [
      "begin where the branch left the default branch",
      { commits: [...line(1, 4), ...line(10, 12, 2)], branches: at(4) },
      12,
      [2, 1],
    ],
    [
      "move with a rebase",
      { commits: [...line(1, 4), ...line(20, 22, 4)], branches: at(4) },
      22,
      [4, 3, 2, 1],
    ],
    [
      "are those of the default branch for a trial merge",
      { commits: [...line(1, 4), ...line(10, 12, 2), merge(30, 4, 12)], branches: at(4) },
      30,
      [4, 3, 2, 1],
    ],
    [
      "follow the branch and not what was merged into it",
      { commits: [...line(1, 2), ...line(10, 12, 1), merge(3, 2, 12)], branches: at(3) },
      3,
      [3, 2, 1],
    ],
    [
      "after a squash are the squashed commit and those before",
      { commits: [...line(1, 2), ...line(10, 12, 1), ...line(3, 3, 2)], branches: at(3) },
      3,
      [3, 2, 1],
    ],
    [
      "after a force push are what is left",
      { commits: [...line(1, 5), ...line(20, 21, 2)], branches: at(21) },
      21,
      [21, 20, 2, 1],
    ],
    [
      "begin for another target where that one left the default branch",
      { commits: [...line(1, 4), ...line(10, 12, 2), ...line(20, 21, 12)], branches: at(4, { release: 12 }) },
      21,
      [2, 1],
    ],
    [
      "are none where there is no commit in common",
      { commits: [...line(1, 3), ...line(10, 11)], branches: at(3) },
      11,
      [],
    ],
  ];

  test.each(cases)("%s", async (_, code, head, numbers) => {
    expect((await ancestry(code, head)).commits).toEqual(numbers);
  });

  test("end at the first that is recorded, page by page", async () => {
    const code = { commits: line(1, 450), branches: at(450) };
    const { commits, calls } = await ancestry(code, 450, [240, 100]);
    expect([commits.length, commits.at(-1), calls]).toEqual([211, 240, 4]);
  });

  test("end after 2,000", async () => {
    const { commits, calls } = await ancestry({ commits: line(1, 2_100), branches: at(2_100) }, 2_100, [1]);
    expect([commits.length, calls]).toEqual([2_000, 21]);
  });
});
