import type { Ancestry, Past, RunRecord } from "../model/history.ts";
import type { ReportedPast, Trend } from "../model/report.ts";
import type { Run } from "../model/run.ts";
import { newestAttempts } from "./order.ts";

/**
 * What the history says to a run. Its own earlier attempts are no past of it; without an id those are all runs of its
 * commit. The baseline is the nearest recorded commit among those that the run stands on; of several runs of one commit
 * the newest. Where commits are not known, as outside of a repository, it is the newest run.
 */
export function pastOf(
  records: readonly RunRecord[],
  { at, id, sha }: Pick<Run, "at" | "id" | "sha">,
  ancestry: Ancestry | undefined,
): Past {
  const own = (record: RunRecord) => (id === undefined ? record.sha === sha : record.id === id);
  const others = newestAttempts(records).filter((record) => !own(record));
  const baseline = others.length === 0 && records.length > 0 ? onlyOwn : choose(others, ancestry);
  return { at, records: others, baseline };
}

const onlyOwn = {
  none: "only this commit has recorded runs, and a run is not compared with its own attempts",
};

function choose(records: readonly RunRecord[], ancestry: Ancestry | undefined): Past["baseline"] {
  const newest = records.at(-1);
  if (newest === undefined) return { none: "no recorded run yet" };
  if (ancestry === undefined) return { record: newest };
  // Later runs come later in the list, so of one commit the newest stays.
  const bySha = new Map(records.map((record) => [record.sha, record]));
  for (const [distance, sha] of ancestry.commits.entries()) {
    const record = bySha.get(sha);
    if (record) return { record, distance };
  }
  const start = ancestry.commits[0]?.slice(0, 7);
  if (start === undefined) return { none: "this run and the target branch have no commit in common" };
  return {
    none:
      records.length === 1
        ? `the only recorded run is not of a commit before ${start}`
        : `none of the ${records.length} recorded runs is of a commit before ${start}`,
  };
}

/** The past as the report shows it. */
export function reportedPast({ records, baseline }: Past, trends: readonly Trend[]): ReportedPast {
  if ("none" in baseline) return { runs: records.length, baseline, trends };
  const { sha, number, outcome } = baseline.record;
  const { distance } = baseline;
  return {
    runs: records.length,
    baseline: { sha, number, outcome, ...(distance === undefined ? {} : { distance }) },
    trends,
  };
}
