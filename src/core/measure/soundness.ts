import type { Evidence, SourceEvidence } from "../model/evidence.ts";
import type { Family } from "../model/facts.ts";
import { isError } from "../model/problem.ts";
import { textOrder } from "../model/text-order.ts";

/** Why a family with an error has no number. */
export const incomplete = "incomplete evidence, see the problems";

/** Whether no file of a family has an error: part of the evidence would give a number that looks like the whole. */
export function isSound(family: Family, { sources }: Pick<Evidence, "sources">): boolean {
  return !sources.some((source) => isOf(source, family) && isUnsound(source));
}

/** One sentence that says why nothing of a family was measured. */
export function whyMissing(family: Family, evidence: Pick<Evidence, "sources">): string {
  if (!isSound(family, evidence)) return incomplete;
  const sources = evidence.sources.filter((source) => source.family === family);
  const files = sources.flatMap((source) => source.files);
  const globs = sources.map(({ glob }) => glob).join(", ");
  if (sources.length === 0) {
    return evidence.sources.some((source) => source.family === "facts")
      ? `the facts files hold no ${family} files`
      : `no ${family} files are named under sources`;
  }
  if (files.length === 0) return `no file matched ${globs}`;
  const [idle] = files
    .filter(({ facts }) => facts?.kind === "load" && facts.load.requests === 0)
    .sort((a, b) => textOrder(a.path, b.path));
  if (idle) return `0 requests in ${idle.path}`;
  if (family === "load" && files.length > 1) return `not every file of ${globs} holds it`;
  return `the files of ${globs} do not hold it`;
}

/** What a facts file that cannot be read would have held nobody knows, so it belongs to every family. */
function isOf(source: SourceEvidence, family: Family): boolean {
  return source.family === family || source.family === "facts";
}

function isUnsound({ problems, files }: SourceEvidence): boolean {
  return problems.some(isError) || files.some((file) => file.problems.some(isError));
}
