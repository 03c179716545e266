import type { Collected } from "./evidence.ts";
import type { Measured } from "./kpi.ts";
import type { LineSet, Tally } from "./line-set.ts";
import type { Parts } from "./parts.ts";
import type { Place } from "./problem.ts";

/** What report files say, free of their format. */
export type Facts =
  | { readonly kind: "tests"; readonly tests: TestFacts }
  | { readonly kind: "coverage"; readonly coverage: CoverageFacts }
  | { readonly kind: "load"; readonly load: LoadFacts }
  | { readonly kind: "metrics"; readonly metrics: readonly Sample[] }
  | { readonly kind: "findings"; readonly findings: FindingFacts }
  | { readonly kind: "facts"; readonly collected: Collected };

/** Families of report files, in the order in which they are read; each is a key of `sources` in the configuration. */
export const families = ["tests", "coverage", "load", "security", "debt", "metrics", "facts"] as const;

export type Family = (typeof families)[number];

/** Facts that one report file may hold; a facts file holds those of many. */
export type ReportFacts = Exclude<Facts, { kind: "facts" }>;

/** Counts of test cases. `total` = passed + failed + errored + skipped; `flaky` is a part of `passed`. */
export interface TestCounts {
  readonly total: number;
  readonly passed: number;
  readonly failed: number;
  readonly errored: number;
  readonly skipped: number;
  readonly flaky: number;
}

/** A test case as its report file names it. */
export interface TestName {
  /** Names of the suites around it, outermost first. */
  readonly suite: readonly string[];
  readonly className: string;
  readonly name: string;
  /** Where the test stands in the source, as far as the report file says. */
  readonly at?: Place;
}

export interface FailingTest extends TestName {
  readonly how: "failed" | "errored";
  /** First line of what the tool said; may be empty. Cut at a stated length. */
  readonly message: string;
  /** Beginning of the rest, such as a stack trace; may be empty. Cut at a stated length. */
  readonly details: string;
  /** Its place in the repository, where that file exists there. */
  readonly source?: Place;
  /** The report file and line that says so. */
  readonly from: Place;
}

export interface TimedTest extends TestName {
  readonly seconds: number;
}

export interface TestFacts {
  readonly counts: TestCounts;
  /** Sum of the times of all cases; unknown times count 0. */
  readonly seconds: number;
  /** Failing tests in the order of the file, at most a stated number; the counts go on. */
  readonly failing: readonly FailingTest[];
  readonly flaky: readonly TestName[];
  /** The slowest cases, slowest first; at most ten, whatever there is. */
  readonly slowest: readonly TimedTest[];
  /**
   * Suites that say when they began, each as what tells one run of it from any other, its name first; at most a stated
   * number. Absent where none does.
   */
  readonly suiteRuns?: readonly string[];
  /** The same of the tests of each group, by its name; only groups that were asked for and have a test. */
  readonly groups?: ReadonlyMap<string, TestFacts>;
}

/** The groups that a test belongs to. Pure; readers make the name of a test only to ask this. */
export type GroupsOf = (test: TestName) => readonly string[];

/** How the tests of report files are counted, where it is not the plain way: one by one, and every case a test. */
export interface Counting {
  /** Tests are counted for each of their groups, too. */
  readonly groupsOf?: GroupsOf;
  /** A failure and a later pass of one name in one suite are attempts of one flaky test. */
  readonly retriesByName?: boolean;
  /**
   * In seconds. Tests that took less are not among the slowest of all files that are read together, so that they need
   * no name.
   */
  readonly slowestFrom?: number;
}

/** What one kind of tool says of a source file besides its lines. A kind of part the tool does not record is absent. */
export interface CoverageDetail {
  /** Says what identities mean, and is the format: details of two formats are never mixed. */
  readonly scheme: string;
  readonly branches?: Parts;
  readonly functions?: Parts;
  readonly statements?: Parts;
}

/** Totals of a source file whose lines are not in the report file. */
export interface CoverageTotals {
  readonly lines: Tally;
  readonly branches?: Tally;
  readonly functions?: Tally;
  readonly statements?: Tally;
}

export function sameTotals(a: CoverageTotals, b: CoverageTotals): boolean {
  return (["lines", "branches", "functions", "statements"] as const).every(
    (kind) => a[kind]?.covered === b[kind]?.covered && a[kind]?.total === b[kind]?.total,
  );
}

export interface FileCoverage {
  /** Path of the source file as the report file gives it, with `/` and without `.` and `a/..`. */
  readonly path: string;
  readonly lines: LineSet;
  /** At most one of each scheme. */
  readonly details: readonly CoverageDetail[];
  /** Present only where the report file has totals and no lines. */
  readonly totals?: CoverageTotals;
  /** What counts in place of lines, in formats that do not know which lines a part lies on. */
  readonly countedBy?: "statements";
  /** Report files gave different totals and no lines: an error, unless another report file has lines. */
  readonly disputed?: true;
  /** Files of the repository that the path could mean, where there are several; some of them, where there are many. */
  readonly several?: readonly string[];
  /** The report file that names it, where `several` could be meant: another one may mean another of them. */
  readonly reportFile?: string;
}

/** What makes two source files of a report, or of all of them, the same one. */
export function keyOf({ path, reportFile }: Pick<FileCoverage, "path" | "reportFile">): string {
  return reportFile === undefined ? path : `${path} (in ${reportFile})`;
}

export interface CoverageFacts {
  /** By path; where that is not enough by path and report file. */
  readonly files: ReadonlyMap<string, FileCoverage>;
  /** The paths were found in the repository where the facts were collected, and are final. */
  readonly located?: true;
}

/** Response times in milliseconds, as a load test reports them. */
export const responseTimes = ["p50", "p90", "p95", "p99", "avg", "max"] as const;

/** What a load test measured. What its report file does not hold is absent, never worked out from something else. */
export interface LoadFacts {
  /** Requests that were made; with 0 of them nothing else means anything. */
  readonly requests: number;
  readonly times: { readonly [time in (typeof responseTimes)[number]]?: number };
  /** Failed requests of all requests. */
  readonly errorRate?: Measured;
  /** Most users, virtual or real, that were at work at the same time. */
  readonly users?: number;
  /** Requests per second. */
  readonly throughput?: number;
  /** Set where a load test has two files: true in the one that only adds to the other, false in that other one. */
  readonly complements?: boolean;
}

/** One number of a metrics file. */
export interface Sample {
  /** As the file writes it; which KPI it belongs to is decided by name when KPIs are measured. */
  readonly name: string;
  /** Its labels with their values, in the order of their names; empty where it has none. */
  readonly labels: string;
  /** Finite; null where the file gives NaN or an infinity, of which no KPI can be measured. */
  readonly value: number | null;
  /** Symbol or word of its unit, as far as the file tells. */
  readonly unit?: string;
  readonly from: Place;
}

/** How bad a finding is, worst first. */
export const severities = ["critical", "high", "medium", "low"] as const;

export type FindingSeverity = (typeof severities)[number];

/** Something at a place in the code, or in what it depends on, that a tool reported. */
export interface Finding {
  readonly tool: string;
  /** The rule or vulnerability, as the tool calls it. */
  readonly rule: string;
  /** First line of what the tool said. Cut at a stated length. */
  readonly message: string;
  /** Absent where the tool tells none. */
  readonly severity?: FindingSeverity;
  /** Identifiers of the vulnerability in public lists, such as CVE and GHSA; findings that share one are the same. */
  readonly ids: readonly string[];
  /** Whether it is about security; absent where nothing in the file tells. */
  readonly security?: boolean;
  readonly at?: Place;
  /** Its place in the repository, where that file exists there. */
  readonly source?: Place;
  /** It stands on a line that this change adds or changes. */
  readonly touched?: true;
}

export interface FindingFacts {
  readonly findings: readonly Finding[];
  /** False where the file tells that nothing was looked at; that nothing was found means nothing then. */
  readonly looked: boolean;
}
