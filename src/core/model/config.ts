import type { Decimal } from "./exact.ts";
import type { Family } from "./facts.ts";
import type { Phase, Waiver } from "./gate.ts";
import type { KpiInfo } from "./kpi.ts";

/** Report files of one family, by one glob. */
export interface Source {
  readonly glob: string;
  /** Exactly so many files, or artifacts where it names several, or it is an error. */
  readonly expect?: number;
  /** The glob may match nothing. */
  readonly optional: boolean;
  /** Files older than the job are taken. */
  readonly allowStale: boolean;
  /** All tests of its files belong to this group. */
  readonly group?: string;
}

/** A named group of tests, which rules can be about: `tests.pass_rate@critical`. */
export interface Group {
  /** Globs on class and name and on the file of a test; empty where sources alone make the group. */
  readonly tests: readonly string[];
  readonly owner?: string;
}

/** How sources begin that name artifacts: `artifact:NAMES`, or `artifact:NAMES/FILES` for some of the files in them. */
export const artifactPrefix = "artifact:";

export function isArtifactSource({ glob }: Pick<Source, "glob">): boolean {
  return glob.startsWith(artifactPrefix);
}

/** Which source files count, by globs on their paths in the repository. */
export interface Selection {
  /** Empty: all. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

/** A KPI whose value stands somewhere in JSON files of any form. */
export interface Pointed {
  readonly kpi: string;
  readonly source: Source;
  /** Where the number stands, as RFC 6901 says. */
  readonly pointer: string;
  /** Unit of that number; absent where it has none. */
  readonly unit?: string;
}

/** A Prometheus server that is asked while the gate runs. */
export interface PrometheusServer {
  /** Without a slash at its end. */
  readonly url: string;
  /** Name of the environment variable that holds the bearer token; absent: none is sent. */
  readonly token?: string;
  /** Milliseconds that one answer may take. */
  readonly timeout: number;
  /** Milliseconds that a value may be old. */
  readonly maxAge: number;
}

/** A KPI whose value the Prometheus server knows. */
export interface Queried {
  readonly kpi: string;
  /** In PromQL; gives one series. */
  readonly query: string;
  /** Unit of what it gives; absent where it has none. */
  readonly unit?: string;
  /** Asked for a stretch of time until now; absent: for now alone. */
  readonly range?: QueriedRange;
}

/** How the answer to a query is called among report files: `prometheus/service.uptime`. */
export function placeOfQuery({ kpi }: Pick<Queried, "kpi">): string {
  return `${queryPrefix}${kpi}`;
}

export function isQuery({ glob }: Pick<Source, "glob">): boolean {
  return glob.startsWith(queryPrefix);
}

const queryPrefix = "prometheus/";

export interface QueriedRange {
  /** How long the stretch is, and how far its points lie apart, in milliseconds. */
  readonly over: number;
  readonly every: number;
  readonly take: "worst" | "mean";
}

/** Who may accept that a change loosens the gate. */
export interface Policy {
  /** The label on a pull request that accepts it; absent: nothing does. */
  readonly acceptLabel?: string;
}

/** The configuration after validation, with every default in place. */
export interface Config {
  /** Path as shown to the user; absent when the built-in configuration is used. */
  readonly file?: string;
  readonly mode: "enforce" | "report";
  readonly integrity: "normal" | "strict";
  /** What makes a failure an attempt of a test that passed: what its report file says, or also a pass of its name. */
  readonly retries: "elements" | "same-name-in-suite";
  /** Absent: well-known file names are looked for. */
  readonly sources?: Readonly<Record<Family, readonly Source[]>>;
  readonly coverage: Selection;
  /** By name, in the order of the configuration. */
  readonly groups: ReadonlyMap<string, Group>;
  readonly phases: readonly Phase[];
  /** KPIs of the user's own, by name: those that are declared, and those that only rules name. */
  readonly own: ReadonlyMap<string, KpiInfo>;
  readonly pointed: readonly Pointed[];
  /** Absent: no query is asked. */
  readonly prometheus?: PrometheusServer;
  readonly queried: readonly Queried[];
  /** How many phases must be reached, 1 to the number of phases. */
  readonly require: number;
  readonly baseline: BaselineConfig;
  /** Evidence smaller than the baseline by more than so many percent is an error. */
  readonly shrink: Decimal;
  /** A phase that the default branch reached may not be lost. */
  readonly keep: boolean;
  readonly waivers: readonly Waiver[];
  readonly title: string;
  readonly commentWhen: CommentWhen;
  /** How a weakening of all this is accepted; read from the base branch only. */
  readonly policy: Policy;
}

/** `changes`: what the comment says first has changed. `failures`: the gate does not pass, or there is a comment already. */
export type CommentWhen = "always" | "changes" | "failures";

/** Where the runs are recorded that this one is compared with. */
export interface BaselineConfig {
  /** The branch whose runs are recorded. Absent: the default branch. */
  readonly branch?: string;
  /** Absent: none, unless a shell names a folder. */
  readonly store?: HistoryPlace;
}

/** Where the history lies: in a folder, relative as globs are; on a branch of the repository; in an artifact of its runs. */
export type HistoryPlace =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "branch" | "artifact"; readonly name: string };
