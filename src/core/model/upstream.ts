/** How a job ended, in the words of GitHub. https://docs.github.com/actions/reference/contexts-reference#needs-context */
export type JobResult = "success" | "failure" | "cancelled" | "skipped";

/** A job that had to end before the one of the gate began. A job with a matrix is one, with one result for all. */
export interface UpstreamJob {
  readonly name: string;
  readonly result: JobResult;
}
