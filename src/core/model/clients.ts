/** A failing test as GitHub shows it beside the code. */
export interface Annotation {
  /** Path in the repository. */
  readonly path: string;
  readonly line: number;
  readonly title: string;
  readonly message: string;
}

/** What a check run shows. */
export interface CheckOutput {
  readonly title: string;
  readonly summary: string;
  readonly annotations: readonly Annotation[];
}

/** A completed check run. Never neutral or skipped: both count as success where a check is required. */
export interface CheckRun {
  readonly name: string;
  readonly sha: string;
  /** Our own key, by which a check run is found again. */
  readonly key: string;
  readonly url: string | undefined;
  readonly conclusion: "success" | "failure";
  readonly output: CheckOutput;
}

/** The calls that a check run needs. All throw an ApiFailure. */
export interface CheckClient {
  /** Id of the check run with this key on a commit. */
  findCheckRun(sha: string, name: string, key: string): Promise<number | undefined>;
  createCheckRun(check: CheckRun): Promise<number>;
  /** Replaces title and summary and adds annotations. */
  addToCheckRun(id: number, output: CheckOutput): Promise<void>;
}

/** A comment on a pull request, as far as we look at it. */
export interface Comment {
  readonly id: number;
  readonly author: string;
  readonly body: string;
}

/** The calls that a sticky comment needs. All throw an ApiFailure. */
export interface CommentClient {
  /** Login that the token acts as. */
  viewer(): Promise<string>;
  /** All comments, of all pages, oldest first. */
  listComments(pullRequest: number): Promise<readonly Comment[]>;
  createComment(pullRequest: number, body: string): Promise<void>;
  updateComment(id: number, body: string): Promise<void>;
  deleteComment(id: number): Promise<void>;
}
