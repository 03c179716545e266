import type { GateResult, Phase } from "../model/gate.ts";
import type { Past } from "../model/history.ts";
import type { Problem } from "../model/problem.ts";

/** How many phases the default branch ever reached, as far as they are still in the plan; and the first run that did. */
export interface Kept {
  readonly phases: number;
  readonly sha: string;
}

/** What may not be lost. Phases are known by their names; one that was renamed is another. */
export function keptPhases(phases: readonly Phase[], past: Past | undefined): Kept | undefined {
  const order = new Map(phases.map(({ name }, i) => [name, i + 1]));
  let kept: Kept | undefined;
  for (const { reached, sha } of past?.records ?? []) {
    const most = Math.max(0, ...reached.map((name) => order.get(name) ?? 0));
    if (most > (kept?.phases ?? 0)) kept = { phases: most, sha };
  }
  return kept;
}

/**
 * Whether it is known what may not be lost. Without a history, or with one that cannot be read, it is not, and nothing can
 * pass; before the first run was recorded there is nothing to lose yet, which is said until there is.
 */
export function keepProblems(past: Past | undefined): readonly Problem[] {
  const code = "keep-without-history";
  if (past === undefined || past.unread)
    return [
      {
        code,
        severity: "error",
        message: `keep: which phases were reached is not known, because ${past ? "the history cannot be read" : "no history was given"}`,
        hint: past
          ? "Mend what the other problem names."
          : "Name the history with `baseline: { store: branch }` or `--history FOLDER`.",
      },
    ];
  if (past.records.length > 0) return [];
  const why = "none" in past.baseline ? past.baseline.none : "no recorded run yet";
  return [
    {
      code,
      severity: "warning",
      message: `keep: there is no phase to keep (${why})`,
      hint: "It goes away with the first run of the default branch that is recorded. If there were runs before, find out where they are.",
    },
  ];
}

/** The gate with what it keeps: a phase that was reached before and is not any more makes it fail. */
export function withKept(gate: GateResult, kept: Kept | undefined): GateResult {
  if (!kept || gate.reached >= kept.phases) return { ...gate, keeps: true };
  const outcome = gate.outcome === "error" ? "error" : "fail";
  return { ...gate, outcome, keeps: true, lost: kept };
}
