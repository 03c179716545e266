import type { Tally } from "../model/line-set.ts";

/**
 * The arms of a line of the type cond, in one of two meanings that no attribute tells apart. `hits`, of OpenClover: how often
 * each of two arms ran. `shares`, of Istanbul: how many arms ran and how many did not.
 */
export interface Cond {
  readonly line: number;
  readonly yes: number;
  readonly no: number;
  /** Whether the line has hits of its own besides, as Istanbul writes it. OpenClover has another line for these. */
  readonly counted: boolean;
}

export type Meaning = "hits" | "shares";

/** Most arms of one line; a larger number counts how often one ran. */
const maxArms = 10_000;

/**
 * What the counts of a source file mean, given how many arms its metrics declare. These need not all be on a line: Istanbul
 * lists those alone on whose line a statement begins. Where neither meaning fits, the one that covers less.
 */
export function meaningOf(conds: readonly Cond[], declared: Tally | undefined): Meaning {
  const usual: Meaning = conds.every(mayBeShare) ? "shares" : "hits";
  const other: Meaning = usual === "hits" ? "shares" : "hits";
  if (declared === undefined || isWithin(armTally(conds, usual), declared)) return usual;
  if (isWithin(armTally(conds, other), declared)) return other;
  const [hits, shares] = [armTally(conds, "hits"), armTally(conds, "shares")];
  return usual === "hits" || hits.covered * shares.total < shares.covered * hits.total ? "hits" : "shares";
}

/** Whether a declared tally has room for what was found, both covered and not. */
export function isWithin(found: Tally, declared: Tally): boolean {
  return (
    found.covered <= declared.covered && found.total - found.covered <= declared.total - declared.covered
  );
}

export function armTally(conds: readonly Cond[], meaning: Meaning): Tally {
  let [covered, total] = [0, 0];
  for (const cond of conds) {
    for (const [arms, ran] of armRuns(cond, meaning)) {
      total += arms;
      if (ran) covered += arms;
    }
  }
  return { covered, total };
}

/** The arms of a line in their order, each as how many there are side by side, and whether they ran. */
export function armRuns({ yes, no }: Cond, meaning: Meaning): readonly (readonly [number, boolean])[] {
  return meaning === "shares"
    ? [
        [yes, true],
        [no, false],
      ]
    : [
        [1, yes > 0],
        [1, no > 0],
      ];
}

function mayBeShare({ yes, no, counted }: Cond): boolean {
  return counted && yes + no > 0 && yes + no <= maxArms;
}
