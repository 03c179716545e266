import type { Block } from "./tap-block.ts";
import type { PointLine } from "./tap-point.ts";
import { maxDetails, maxMessage, type TestTally } from "./test-tally.ts";

/** What a document or subtests declare. */
export interface Plan {
  /** The N of `1..N`. */
  readonly count: number;
  readonly line: number;
  /** `1..0 # SKIP`. */
  readonly skipped: boolean;
}

/** A test point with its block and the subtests that belong to it. */
export interface Test {
  readonly point: PointLine;
  readonly line: number;
  /** Whether a brace was opened for its subtests, in its own line or in one below. */
  brace: "inline" | "below" | undefined;
  block: Block | undefined;
  name: string;
  skipped: boolean;
  subtests: Level | undefined;
}

/** Points that stand equally far in: those of a document, or the subtests of one point. */
export interface Level {
  plan: Plan | undefined;
  points: number;
  /** The last point, to which a block or subtests may still come. */
  last: Test | undefined;
  /** The points before it; those of a document are counted at once and not held. */
  readonly done: Test[];
  /** Failing tests in it and below. */
  bad: number;
  /** The first point whose number is not that of its place. */
  astray: { readonly line: number; readonly number: number; readonly place: number } | undefined;
}

export const fails = ({ point, skipped }: Test): boolean => !point.ok && !skipped;

/** Failing tests among a test and those below it. A suite that fails although none of its tests does is one itself. */
export function badOf(test: Test): number {
  return test.subtests?.bad || (fails(test) ? 1 : 0);
}

/** Counts a test, or those below it, which stand in the given suites. */
export function countTest(test: Test, tally: TestTally, file: string, suite: readonly string[] = []): void {
  const { point, block, subtests, name, line } = test;
  const named = { suite, className: "", name };
  if (subtests) {
    for (const one of subtests.done) countTest(one, tally, file, [...suite, name]);
    tally.suiteEnds?.();
    if (subtests.bad > 0 || !fails(test)) return;
  } else if (block?.suite && point.ok) return;
  tally.about?.(named);
  const seconds = block?.seconds ?? point.seconds;
  if (seconds !== undefined && !subtests) tally.time(seconds, () => named);
  if (test.skipped) tally.skipped();
  else if (point.ok) tally.passed();
  else {
    const message = block?.message.slice(0, maxMessage) ?? "";
    const details = block?.details.slice(0, maxDetails).trimEnd() ?? "";
    tally.failing("failed", () => ({ ...named, how: "failed", message, details, from: { file, line } }));
  }
}
