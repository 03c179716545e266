import { setTimeout as timeout } from "node:timers/promises";

/** Time and chance, so that whoever waits can be tested without waiting. */
export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** True after so many milliseconds; false as soon as `signal` fires before. */
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<boolean>;
  /** From 0 up to 1. */
  readonly random: () => number;
}

export const systemClock: Clock = {
  now: Date.now,
  sleep: (milliseconds, signal) => timeout(milliseconds, true, signal ? { signal } : {}).catch(() => false),
  random: Math.random,
};
