/** What is known about the run that is judged. Everything but the time is absent on a laptop. */
export interface Run {
  /** When the gate ran, ISO 8601 in UTC. */
  readonly at: string;
  /** `owner/name`. */
  readonly repository?: string;
  /** The commit that is judged: the head of the pull request, not its merge commit. */
  readonly sha?: string;
  readonly event?: string;
  /** The branch that was pushed or chosen; absent for pull requests and tags. */
  readonly branch?: string;
  readonly pullRequest?: number;
  readonly id?: number;
  readonly number?: number;
  readonly attempt?: number;
  /** Page of the run. */
  readonly url?: string;
}
