import type { Tally } from "../model/line-set.ts";
import type { Place, Problem } from "../model/problem.ts";

/**
 * The problem that totals of a coverage report are not what was found in it. `hidden`: how many parts the tool may have
 * counted without listing them. `said` names the totals, such as "lines-covered and lines-valid say"; `deciding` what they
 * are held against.
 */
export function totalsDiffer(
  said: string,
  declared: Tally,
  found: Tally,
  at: Place,
  hidden = 0,
  deciding = "the lines",
): Problem | undefined {
  const [more, moreCovered] = [declared.total - found.total, declared.covered - found.covered];
  if (moreCovered >= 0 && moreCovered <= more && more <= hidden) return undefined;
  const shown = `${said} ${declared.covered} of ${declared.total}`;
  const message = `${shown}, found ${found.covered} of ${found.total}; ${deciding} decide`;
  return { code: "totals-differ", severity: "warning", message, at };
}
