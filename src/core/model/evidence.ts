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
  /** Problems of finding files; those of reading one are with it. */
  readonly problems: readonly Problem[];
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
