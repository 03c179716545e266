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
  const note = (message: string): Problem => ({ code: "odd-time", severity: "note", message, at: { file } });
  const isNo = (count: number) => (count === 1 ? "1 time is no" : `${count} times are no`);
  return [
    ...(read > 0 ? [note(`${isNo(read)} plain number of seconds, read by separators or unit`)] : []),
    ...(unread > 0 ? [note(`${isNo(unread)} number of seconds, left out`)] : []),
  ];
}
