import type { CheckClient, CommentClient } from "../core/model/clients.ts";
import type { Problem } from "../core/model/problem.ts";
import type { Report } from "../core/model/report.ts";
import type { Run } from "../core/model/run.ts";

/** Where a report will go. What the run lacks does not exist for it, such as a pull request on a push. */
export interface Destination {
  readonly client: CommentClient & CheckClient;
  /** Tells several gates of one repository apart. */
  readonly name: string;
  /** Title of the gate. */
  readonly title: string;
  readonly run: Run;
}

/** What became of a report at one place. */
export interface Delivery {
  readonly arrived: boolean;
  /** Why there is nothing to deliver, where that is no problem. */
  readonly why?: string;
  readonly problems: readonly Problem[];
}

/** A place that has been made ready before the verdict. Its functions return problems and never throw. */
export interface Publication {
  /** Whether other runs of this gate are busy with the same commit. */
  readonly crowded: boolean;
  /** Brings the report there. `crowded`: what any place has seen of other runs. */
  finish(report: Report, crowded: boolean): Promise<Delivery>;
  /** Leaves nothing open behind a job that is cancelled. */
  cancel(): Promise<void>;
}

/** Makes a place ready. */
export type Publisher = (to: Destination) => Promise<Publication>;
