import type { Problem } from "../model/problem.ts";
import type { JobResult, UpstreamJob } from "../model/upstream.ts";
import { isObject, type Json, member } from "./text/json.ts";

/** Upstream jobs as the workflow names them, or the problem that says why they could not be read. */
export interface UpstreamJobs {
  readonly jobs: readonly UpstreamJob[];
  readonly problems: readonly Problem[];
}

const results: readonly string[] = ["success", "failure", "cancelled", "skipped"];

/**
 * Reads the context `needs` as JSON: an object with one entry for each job, and its `result` in it. Outputs of jobs are
 * not looked at. https://docs.github.com/actions/reference/contexts-reference#needs-context
 */
export function readUpstreamJobs(text: string): UpstreamJobs {
  const value = parse(text);
  if (!isObject(value)) return wrong("is not the JSON of the context needs");
  const entries = Object.entries(value);
  if (entries.length === 0) return wrong("names no job", "Add `needs:` to the job, or leave the input out.");
  const jobs: UpstreamJob[] = [];
  for (const [name, job] of entries) {
    const result = member(job, "result");
    if (!isResult(result)) return wrong(`the job "${name}" has no result that is known`);
    jobs.push({ name, result });
  }
  return { jobs, problems: [] };
}

function isResult(value: Json | undefined): value is JobResult {
  return typeof value === "string" && results.includes(value);
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function wrong(what: string, hint = "Write toJSON(needs) in the expression."): UpstreamJobs {
  return {
    jobs: [],
    problems: [{ code: "input", severity: "error", message: `input needs: ${what}`, hint }],
  };
}
