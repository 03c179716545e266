import type { Problem } from "../model/problem.ts";
import type { Time } from "./text/numbers.ts";

/** How many times of a report file were understood by their separators or unit, and how many could not be. */
export interface OddTimes {
  read: number;
  unread: number;
}

/** The seconds of a time, if any; counts it where it is odd. */
export function secondsOf(time: Time | undefined, odd: OddTimes): number | undefined {
  if (time?.odd) {
    if (time.seconds === undefined) odd.unread++;
    else odd.read++;
  }
  return time?.seconds;
}

/** Tells of them. */
export function oddTimes({ read, unread }: OddTimes, file: string): readonly Problem[] {
  return [
    ...noteOn(read, "plain number of seconds, read by separators or unit", file),
    ...timesLeftOut(unread, "number of seconds", file),
  ];
}

/** Tells how many times could not be read; `what` is what they should have been. */
export function timesLeftOut(count: number, what: string, file: string): readonly Problem[] {
  return noteOn(count, `${what}, left out`, file);
}

function noteOn(count: number, what: string, file: string): readonly Problem[] {
  if (count === 0) return [];
  const message = `${count === 1 ? "1 time is" : `${count} times are`} no ${what}`;
  return [{ code: "odd-time", severity: "note", message, at: { file } }];
}
