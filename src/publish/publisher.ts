import type { PublishingClient } from "../core/model/clients.ts";
import type { CommentWhen } from "../core/model/config.ts";
import type { Problem } from "../core/model/problem.ts";
import type { Report } from "../core/model/report.ts";
import type { Run } from "../core/model/run.ts";

/** Where a report will go. What the run lacks does not exist for it, such as a pull request on a push. */
export interface Destination {
  readonly client: PublishingClient;
  /** Tells several gates of one repository apart. */
  readonly name: string;
  /** Title of the gate. */
  readonly title: string;
  /** Names of the phases; none where the configuration could not be read. */
  readonly phases: readonly string[];
  /** When there is a comment. */
  readonly commentWhen: CommentWhen;
  readonly run: Run;
  /** Places that get nothing for the event of this run, and why. */
  readonly without: Readonly<Partial<Record<"comment" | "check", string>>>;
}

/** What became of a report at one place. */
export interface Delivery {
  readonly arrived: boolean;
  /** Why there is nothing to deliver, where that is no problem. */
  readonly why?: string;
  readonly problems: readonly Problem[];
}

/** Whether other runs of this gate are busy with the same commit. */
export type Others = "none" | "some" | "unknown";

/** A place that has been made ready before the verdict. */
export interface Publication {
  /** What was seen there of other runs. */
  readonly others: Others;
  /** Brings the report there. `others`: what all places have seen. Problems are returned, never thrown. */
  finish(report: Report, others: Others): Promise<Delivery>;
  /** Leaves nothing open behind a run that ends without a verdict. `client` has a patience of its own. Throws an ApiFailure. */
  close(client: PublishingClient, why: Ending): Promise<void>;
}

/** Why a run ends without a verdict: its job was cancelled, or we have made a mistake. */
export type Ending = "cancelled" | "failed";

/** Makes a place ready. */
export type Publisher = (to: Destination) => Promise<Publication>;

/** A place that gets nothing, and why. */
export function leftOut(why: string): Publication {
  return {
    others: "unknown",
    finish: async () => ({ arrived: false, why, problems: [] }),
    close: async () => {},
  };
}
