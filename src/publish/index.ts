import { publishCheckRun } from "./check-run.ts";
import { publishComment } from "./comment.ts";
import type { Publisher } from "./publisher.ts";

/** The registry of publishers: names are the values of the input `publish`, beside `summary` and `none`. */
export const publishers = {
  comment: publishComment,
  check: publishCheckRun,
} as const satisfies Record<string, Publisher>;

export type PublisherName = keyof typeof publishers;
