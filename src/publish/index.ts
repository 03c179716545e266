import { publishCheckRun, publishPhaseChecks } from "./checks.ts";
import { publishComment } from "./comment.ts";
import type { Publisher } from "./publisher.ts";

/**
 * The registry of publishers: names are the values of the input `publish`, beside `summary` and `none`. They finish in
 * this order: a run shows by its open check run that it is about to write the comment.
 */
export const publishers = {
  comment: publishComment,
  check: publishCheckRun,
  "checks-per-phase": publishPhaseChecks,
} as const satisfies Record<string, Publisher>;

export type PublisherName = keyof typeof publishers;
