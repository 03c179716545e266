import type { Facts, Family } from "./facts.ts";
import type { Problem } from "./problem.ts";

/** A report file as it was read: its facts, or the problems that say why there are none. */
export interface ReadFile {
  readonly path: string;
  readonly format: string | null;
  readonly facts?: Facts;
  readonly problems: readonly Problem[];
}

/** What one entry of `sources` led to. */
export interface SourceEvidence {
  readonly family: Family;
  readonly glob: string;
  /** All tests of its files belong to this group. */
  readonly group?: string;
  readonly files: readonly ReadFile[];
  /** The KPI that these files are read for, and for no other. */
  readonly kpi?: string;
  /** How many more files its glob matched, which an earlier glob had matched before. */
  readonly also?: number;
  /** Problems of finding files; those of reading one are with it. */
  readonly problems: readonly Problem[];
}

/** What `phase-gate collect` found on one runner. */
export interface Collected {
  /** Different for every call of collect, so that a copy is known as one. */
  readonly id: string;
  /** When it was written, ISO 8601 in UTC. */
  readonly written: string;
  /** Id of the workflow run that wrote it; absent outside of GitHub Actions. */
  readonly run?: number;
  /** Globs of the groups of tests that were counted, by name of the group. */
  readonly groups: ReadonlyMap<string, readonly string[]>;
  /** What was taken for attempts of a test, as in the configuration. */
  readonly retries: "elements" | "same-name-in-suite";
  /** Never of the family `facts` itself. */
  readonly sources: readonly SourceEvidence[];
}

/** The report files found for one run, with their problems. */
export interface Evidence {
  readonly sources: readonly SourceEvidence[];
  /** Problems that belong to no source. */
  readonly problems: readonly Problem[];
  /** Absolute path of the workspace, with `/`; paths of source files below it are made relative to it. */
  readonly root: string;
  /** Files of the repository from its root, where git knows them: what paths of source files are looked up in. */
  readonly tracked?: readonly string[];
}
