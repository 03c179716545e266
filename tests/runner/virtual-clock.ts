import type { Clock } from "../../src/io/clock.ts";

export interface VirtualClock extends Clock {
  /** Runs `work` to its end: whenever all that is under way waits, time jumps to the next waking. */
  run<T>(work: () => Promise<T>): Promise<T>;
}

interface Waiting {
  readonly at: number;
  readonly wake: (passed: boolean) => void;
}

/** A clock on which nobody waits in real time. */
export function virtualClock(random: () => number = () => 0.5): VirtualClock {
  let now = Date.UTC(2026, 0, 1);
  const waiting = new Set<Waiting>();
  return {
    now: () => now,
    random,
    sleep(milliseconds, signal) {
      if (signal?.aborted) return Promise.resolve(false);
      return new Promise((resolve) => {
        const entry = {
          at: now + Math.max(0, milliseconds),
          wake: (passed: boolean) => {
            waiting.delete(entry);
            resolve(passed);
          },
        };
        waiting.add(entry);
        signal?.addEventListener("abort", () => entry.wake(false), { once: true });
      });
    },
    async run(work) {
      let running = true;
      const result = work().finally(() => {
        running = false;
      });
      // Told below, by awaiting it; without this a failure would count as unhandled until then.
      result.catch(() => {});
      while (running) {
        // Everything that needs no time has happened when the event loop turns.
        await new Promise((resolve) => setImmediate(resolve));
        const next = [...waiting].sort((a, b) => a.at - b.at)[0];
        if (!running || next === undefined) continue;
        now = Math.max(now, next.at);
        next.wake(true);
      }
      return result;
    },
  };
}
