import type { Clock } from "./clock.ts";
import { apiError } from "./github-answer.ts";
import { stopped } from "./github-request.ts";

/** So many failures in a row, or failures for so long, and GitHub counts as down: nothing is asked for a while. */
const failuresToClose = 6;
const failingToClose = 20_000;
const closedFor = 30_000;

/** The first pause after a failure; each further one is twice as long, up to the longest. */
const firstPause = 1_000;
const longestPause = 8_000;

/**
 * GitHub asks for a second between writes where there are many. The first few of a burst may follow each other at once.
 * https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api
 */
const betweenWrites = 1_000;
const burst = 5;

/** Decides when the next request may be sent, from how the ones before it went. All times in milliseconds since 1970. */
export interface Pace {
  /** Whether a request would have its turn before `deadline`. */
  open(deadline: number): boolean;
  /** Waits for the turn of a request. Throws an ApiFailure where it would not come before `deadline`. */
  turn(write: boolean, deadline: number, stop?: AbortSignal): Promise<void>;
  /** GitHub answered, whatever it said. */
  answered(): void;
  /** GitHub did not answer as it should: waits longer each time, or for `wait` milliseconds where that is longer. */
  failed(startedAt: number, wait: number): void;
  /** GitHub will take nothing before `until`. */
  limited(until: number): void;
  /** Another request, but not before so many milliseconds. */
  pause(milliseconds: number): void;
}

export function createPace(clock: Clock): Pace {
  let [failures, failingSince, closedUntil] = [0, 0, 0];
  let [resumeAt, limitedTo, limits, nextWrite] = [0, 0, 0, 0];
  const pause = (milliseconds: number) => {
    resumeAt = Math.max(resumeAt, clock.now() + milliseconds);
  };
  return {
    open: (deadline) => closedUntil <= clock.now() && Math.max(clock.now(), resumeAt, limitedTo) < deadline,
    async turn(write, deadline, stop) {
      const now = clock.now();
      if (closedUntil > now)
        throw apiError({ kind: "down", status: 0, message: "GitHub did not answer several times before" });
      const paced = write ? nextWrite - burst * betweenWrites : 0;
      const at = Math.max(now, resumeAt, limitedTo, paced);
      if (at >= deadline) throw apiError(limitedTo >= deadline ? limit(limitedTo) : late);
      if (write) nextWrite = Math.max(nextWrite, at) + betweenWrites;
      if (at > now && !(await clock.sleep(at - now, stop))) throw apiError(stopped);
    },
    answered() {
      [failures, limits] = [0, 0];
    },
    failed(startedAt, wait) {
      if (failures === 0) failingSince = startedAt;
      failures += 1;
      const now = clock.now();
      if (failures >= failuresToClose || now - failingSince >= failingToClose) closedUntil = now + closedFor;
      const usual = Math.min(longestPause, firstPause * 2 ** (failures - 1));
      pause(Math.max(wait, usual * (0.5 + clock.random() / 2)));
    },
    limited(until) {
      // Whoever is limited again right after a limit has passed waits twice as long.
      const wait = Math.max(0, until - clock.now()) * 2 ** limits;
      limitedTo = Math.max(limitedTo, clock.now() + wait);
      limits += 1;
    },
    pause,
  };
}

const late = {
  kind: "down",
  status: 0,
  message: "GitHub could not be reached within the time that is spent on it",
} as const;

function limit(until: number) {
  const message = `the rate limit of the token is used up until ${new Date(until).toISOString().slice(11, 19)} UTC`;
  return { kind: "limited", status: 0, message } as const;
}
