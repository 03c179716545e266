import type { FakeArtifact } from "./artifacts.ts";
import type { Description } from "./contract.ts";
import type { GitStore } from "./git-store.ts";

export interface FakeComment {
  readonly id: number;
  readonly login: string;
  readonly body: string;
  /** Number of the issue or pull request that it stands on. */
  readonly issue: number;
  /** How often it was changed after it was written. */
  readonly edits: number;
}

export interface FakeAnnotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly start_column?: number;
  readonly end_column?: number;
  readonly annotation_level: "notice" | "warning" | "failure";
  readonly message: string;
  readonly title?: string;
  readonly raw_details?: string;
}

export interface FakeCheckRun {
  readonly id: number;
  readonly name: string;
  readonly headSha: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly externalId: string;
  readonly title: string | null;
  readonly summary: string | null;
  readonly text: string | null;
  /** Of all requests together, in the order of their arrival. */
  readonly annotations: readonly FakeAnnotation[];
}

export interface FakePull {
  readonly headSha: string;
  readonly baseSha: string;
  /** Default "change". */
  readonly headRef?: string;
  /** Default "main". */
  readonly baseRef?: string;
  /** "owner/name" of the fork that it comes from; left out: the same repository. */
  readonly headRepository?: string;
  readonly labels?: readonly string[];
  readonly files?: readonly FakePullFile[];
}

export interface FakePullFile {
  readonly path: string;
  /** Default "modified". */
  readonly status?: string;
  readonly additions: number;
  readonly patch?: string;
}

/** What the state begins with. */
export interface Beginning {
  /** An Enterprise server of that version; absent: GitHub itself. */
  readonly server?: Exclude<Description, "openapi">;
  /** Paths that the server does not have. */
  readonly lacks?: RegExp;
  readonly login: string;
  readonly repository: string | undefined;
  readonly issues: "write" | "read";
  readonly checks: "write" | "read";
  readonly contents: "write" | "read" | "none";
  readonly git: GitStore;
  readonly pulls: Readonly<Record<number, FakePull>>;
  readonly actions: "read" | "none";
  readonly artifacts: readonly FakeArtifact[];
  /** Where contents lie: of artifacts, and archives of commits. */
  readonly store: string;
  /** Texts by "commit:path". */
  readonly files: Readonly<Record<string, string>>;
}

/** All that the fake remembers. Records are replaced, never changed, so that a test may keep one to compare. */
export interface State extends Beginning {
  /** Where the fake listens; API addresses in its answers begin so. */
  readonly api: string;
  readonly comments: FakeComment[];
  readonly checkRuns: FakeCheckRun[];
  /** What answers carry of a record beyond what tests look at, by id of the record. */
  readonly commentTimes: Map<number, { readonly created: string; readonly updated: string }>;
  readonly checkTimes: Map<number, CheckTimes>;
  nextId(): number;
  /** One second later at every call: answers are the same in every run, and their order shows. */
  now(): string;
}

export interface CheckTimes {
  readonly started: string;
  readonly completed: string | null;
  readonly detailsUrl: string;
}

export function createState(beginning: Beginning, api: string): State {
  // Beyond 32 bits, as GitHub's ids have been for years.
  let id = 4_300_000_000;
  let time = Date.UTC(2026, 0, 1);
  return {
    ...beginning,
    api,
    comments: [],
    checkRuns: [],
    commentTimes: new Map(),
    checkTimes: new Map(),
    nextId: () => ++id,
    now: () => {
      time += 1000;
      return new Date(time).toISOString().replace(".000Z", "Z");
    },
  };
}

/** Puts `record` in the place of the one with its id. */
export function replace<T extends { readonly id: number }>(records: T[], record: T): T {
  const index = records.findIndex(({ id }) => id === record.id);
  if (index < 0) throw new Error(`no record ${record.id}`);
  records[index] = record;
  return record;
}
