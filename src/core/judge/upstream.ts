import type { Config } from "../model/config.ts";
import type { Evidence } from "../model/evidence.ts";
import type { Problem } from "../model/problem.ts";
import type { UpstreamJob } from "../model/upstream.ts";

/**
 * What jobs before the gate cost. One that was cancelled or skipped wrote no report files, or not all. One that failed is
 * normal, because its tests may have failed; it is an error only where a family that has a rule has no report file.
 */
export function upstreamProblems(
  jobs: readonly UpstreamJob[],
  config: Pick<Config, "phases"> | null,
  { sources }: Pick<Evidence, "sources">,
): readonly Problem[] {
  const rules = (config?.phases ?? []).flatMap((phase) => phase.rules);
  const empty = [...new Set(rules.map(({ kpi }) => kpi.split(".")[0] ?? ""))].filter(
    (family) => !sources.some((source) => source.family === family && source.files.length > 0),
  );
  return jobs.flatMap(({ name, result }): readonly Problem[] => {
    if (result === "success") return [];
    if (result !== "failure") {
      const message = `the upstream job "${name}" was ${result}, so its report files may be missing`;
      const hint =
        result === "cancelled"
          ? "Run the workflow again."
          : "Let it run always, with conditions on its steps, or take it out of the `needs` of this job.";
      return [{ code: "upstream-not-run", severity: "error", message, hint }];
    }
    if (empty.length === 0)
      return [{ code: "upstream-failed", severity: "note", message: `the upstream job "${name}" failed` }];
    const message = `the upstream job "${name}" failed, and there is no report file of ${empty.join(" and ")}`;
    const hint = "Let the job bring its report files here also when its tests fail, with `if: !cancelled()`.";
    return [{ code: "upstream-failed", severity: "error", message, hint }];
  });
}
