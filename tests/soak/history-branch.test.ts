import { tmpdir } from "node:os";
import { describe, expect, test } from "vitest";
import { branchClient } from "../../src/io/github-branch.ts";
import { openTransport } from "../../src/io/github-transport.ts";
import { branchStore } from "../../src/io/history-branch.ts";
import { createInProcess, type InProcess } from "../github/in-process.ts";
import { record } from "../history/records.ts";
import { type VirtualClock, virtualClock } from "../runner/virtual-clock.ts";
import { random } from "./random.ts";
import { seed } from "./share.ts";

/** In full, or the share of `npm test`. */
const full = process.env["SOAK_ROUNDS"] !== undefined;
const [writers, rounds, kills] = full ? [64, 20, 100] : [8, 3, 8];

/** Milliseconds that each request and each answer takes, at the most. */
const travel = 100;

/** The store as one run has it, and how often that run tried to move the branch. */
function openStore(github: InProcess, clock: VirtualClock, stop?: AbortSignal) {
  let tries = 0;
  const access = { apiUrl: github.url, token: "t", repository: "acme/shop" };
  const counting: typeof fetch = (address, init) => {
    if (init?.method !== "GET" && new Request(address).url.includes("/git/refs")) tries += 1;
    return github.fetch(address, init);
  };
  const world = { fetch: counting, clock, ...(stop ? { stop } : {}) };
  const client = branchClient(openTransport(access, world), access, world);
  const place = { branch: "history", gate: "phase-gate", temp: tmpdir() };
  return { store: branchStore(place, client, clock), tries: () => tries };
}

async function recorded(github: InProcess, clock: VirtualClock) {
  const { records, problems } = await clock.run(() => openStore(github, clock).store.read());
  expect(problems).toEqual([]);
  return records.map(({ number }) => number).sort((a, b) => a - b);
}

describe(`the branch of a history (seed ${seed})`, () => {
  test(`${writers} runs that end at once, ${rounds} times, lose none of ${writers * rounds} records and double none`, {
    timeout: 900_000,
  }, async () => {
    const next = random(seed);
    const clock = virtualClock(next);
    const github = createInProcess({ latency: () => next() * travel }, clock);
    const attempts: number[] = [];
    let [kept, longest] = [0, 0];
    for (let round = 0; round < rounds; round++) {
      const begun = clock.now();
      await clock.run(() =>
        Promise.all(
          Array.from({ length: writers }, async (_, i) => {
            const { store, tries } = openStore(github, clock);
            const own = record(1 + round * writers + i, { at: "2026-01-01T00:00:00.000Z" });
            const { records } = await store.read();
            // The step is there twice in one of eight jobs: the second finds the record of the first.
            const again = i % 8 === 0 ? [openStore(github, clock).store] : [];
            for (const done of await Promise.all([store, ...again].map((one) => one.keep(own, records))))
              if (done) kept += 1;
            attempts.push(tries());
            longest = Math.max(longest, clock.now() - begun);
          }),
        ),
      );
    }
    const all = Array.from({ length: writers * rounds }, (_, i) => i + 1);
    expect(await recorded(github, clock)).toEqual(all);
    expect(kept).toBeGreaterThanOrEqual(all.length);
    attempts.sort((a, b) => a - b);
    expect(attempts[Math.floor(attempts.length * 0.99)]).toBeLessThanOrEqual(40);
    expect(longest).toBeLessThanOrEqual(120_000);
  });

  test(`${kills} runs stopped while they record leave a whole history`, async () => {
    const next = random(seed);
    const clock = virtualClock(next);
    const github = createInProcess({ latency: () => next() * travel }, clock);
    const said: number[] = [];
    for (let kill = 1; kill <= kills; kill++) {
      const stop = new AbortController();
      await clock.run(async () => {
        const { store } = openStore(github, clock, stop.signal);
        const other = openStore(github, clock).store;
        const work = store.keep(record(2 * kill), []).then(
          (kept) => kept && said.push(2 * kill),
          () => {},
        );
        void clock.sleep(next() * 1_200).then(() => stop.abort());
        if (await other.keep(record(2 * kill + 1), [])) said.push(2 * kill + 1);
        await work;
      });
    }
    const numbers = new Set(await recorded(github, clock));
    // What was said to be kept is there; a stopped run may have been kept without saying it.
    expect(said.filter((number) => !numbers.has(number))).toEqual([]);
    expect(numbers.size - said.length).toBeLessThanOrEqual(kills);
  });
});
