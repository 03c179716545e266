/**
 * What a client throws when GitHub does not do what was asked.
 * `refused`: it said no, and nothing happened. `limited`: the rate limit will not pass in time. `down`: nothing was sent,
 * because GitHub cannot be reached or time is up. `unclear`: no answer, or one that is not what the API promises, so the
 * request may have taken effect.
 */
export interface ApiFailure {
  readonly kind: "refused" | "limited" | "down" | "unclear";
  /** Status of the answer; 0 where there was none. */
  readonly status: number;
  readonly message: string;
}

/** A failing test or a finding as GitHub shows it beside the code. */
export interface Annotation {
  /** Path in the repository. */
  readonly path: string;
  readonly line: number;
  /** The last line, where there are several. */
  readonly endLine?: number;
  readonly level: "failure" | "warning";
  readonly title: string;
  readonly message: string;
}

/** What a check run says. */
export interface CheckOutput {
  readonly title: string;
  readonly summary: string;
}

/** Never neutral or skipped: both count as success where a check is required. */
export type Conclusion = "success" | "failure" | "cancelled";

/** A check run as it begins. */
export interface CheckRun {
  readonly name: string;
  readonly sha: string;
  /** Our own key, by which a check run is found again. */
  readonly key: string;
  readonly url: string | undefined;
}

/** A check run as GitHub has it. */
export interface SeenCheckRun {
  readonly id: number;
  readonly name: string;
  readonly key: string;
  readonly completed: boolean;
  readonly annotations: number;
}

/** The calls that a check run needs. All throw an ApiFailure; creating and adding is not repeated where its effect is unclear. */
export interface CheckClient {
  /** All check runs on a commit, of all pages; with that name only, where one is given. */
  listCheckRuns(sha: string, name?: string): Promise<readonly SeenCheckRun[]>;
  getCheckRun(id: number): Promise<SeenCheckRun>;
  /** In progress, or completed at once where a conclusion is given. */
  createCheckRun(check: CheckRun, done?: { conclusion: Conclusion; output: CheckOutput }): Promise<number>;
  completeCheckRun(id: number, conclusion: Conclusion, output: CheckOutput): Promise<void>;
  addAnnotations(id: number, output: CheckOutput, annotations: readonly Annotation[]): Promise<void>;
}

/** A comment on a pull request, as far as we look at it. */
export interface Comment {
  readonly id: number;
  readonly author: string;
  readonly body: string;
}

/** The calls that a sticky comment needs. All throw an ApiFailure; what writes is not repeated where its effect is unclear. */
export interface CommentClient {
  /** Login that the token acts as. */
  viewer(): Promise<string>;
  /** All comments, of all pages, oldest first. */
  listComments(pullRequest: number): Promise<readonly Comment[]>;
  createComment(pullRequest: number, body: string): Promise<void>;
  updateComment(id: number, body: string): Promise<void>;
  deleteComment(id: number): Promise<void>;
  /** The commit that a pull request is at now. */
  headOf(pullRequest: number): Promise<string>;
  wait(milliseconds: number): Promise<void>;
}

/** A file of a pull request, as GitHub compares it with the base branch. */
export interface PullFile {
  readonly path: string;
  readonly removed: boolean;
  readonly renamed: boolean;
  readonly additions: number;
  /** Its hunks; GitHub leaves them out of large and binary files. */
  readonly patch?: string;
}

/** The calls that tell what a pull request changes. All throw an ApiFailure. */
export interface ChangeClient {
  /** Text of a file at a commit; null where that commit has none. */
  textAt(path: string, commit: string): Promise<string | null>;
  labels(pullRequest: number): Promise<readonly string[]>;
  changedFiles(pullRequest: number): Promise<readonly PullFile[]>;
}

/** What publishers call: all their clients in one. */
export type PublishingClient = CommentClient & CheckClient;
