import type { Problem } from "../model/problem.ts";

/** Keeps the first problems of each code and counts the rest, so that one odd file does not bury the others. */
export function summarise(problems: readonly Problem[]): readonly Problem[] {
  if (problems.length === 0) return problems;
  const shown = 3;
  const kept: Problem[] = [];
  const seen = new Map<string, number>();
  for (const problem of problems) {
    const count = (seen.get(problem.code) ?? 0) + 1;
    seen.set(problem.code, count);
    if (count <= shown) kept.push(problem);
  }
  return kept.map((problem) => {
    const more = (seen.get(problem.code) ?? 0) - shown;
    const last = kept.findLast((other) => other.code === problem.code) === problem;
    return more > 0 && last
      ? { ...problem, message: `${problem.message} (and ${more} more of this kind)` }
      : problem;
  });
}
