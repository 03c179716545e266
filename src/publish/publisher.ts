import type { CheckClient, CommentClient } from "../core/model/clients.ts";
import type { Problem } from "../core/model/problem.ts";
import type { Report } from "../core/model/report.ts";

/** Where a report goes. What is absent does not exist for this run, such as a pull request on a push. */
export interface Destination {
  readonly client: CommentClient & CheckClient;
  readonly pullRequest?: number;
  /** The commit that a check run is attached to. */
  readonly sha?: string;
}

/** Brings a report to one place. Problems are returned, never thrown: the verdict was given before. */
export type Publisher = (report: Report, to: Destination) => Promise<readonly Problem[]>;
