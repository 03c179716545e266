import type { Problem } from "../model/problem.ts";
import type { Report } from "../model/report.ts";
import { annotationCount } from "./annotations.ts";
import { fitText } from "./fit.ts";
import {
  blocking,
  failingTests,
  footer,
  headline,
  loosened,
  notPublished,
  phases,
  phaseTable,
  problems,
  uncoveredLines,
} from "./markdown-blocks.ts";
import { completionReport, requireNext } from "./markdown-completion.ts";
import { findingsList } from "./markdown-findings.ts";
import { trends } from "./markdown-trends.ts";

/** Most characters of a comment: https://docs.github.com/rest/issues/comments answers 422 beyond 65,536. */
export const commentLimit = 65_536;

/** Most characters of the summary and of the text of a check run. https://docs.github.com/rest/checks/runs */
export const checkLimit = 65_535;

/** Bytes of a job summary beyond which the whole upload fails: 1 MiB. Characters take up to four of them. */
const summaryLimit = (1 << 20) >> 2;

/** How much detail a text shows. */
export interface Detail {
  /** Rows of a table of rules. */
  readonly rows: number;
  /** Whether phases show their rules. */
  readonly rules: boolean;
  readonly tests: number;
  readonly foldedTests: number;
  readonly problems: number;
}

export const levels: readonly Detail[] = [
  { rows: 200, rules: true, tests: 10, foldedTests: 90, problems: 20 },
  { rows: 100, rules: true, tests: 10, foldedTests: 15, problems: 20 },
  { rows: 50, rules: true, tests: 10, foldedTests: 0, problems: 10 },
  { rows: 20, rules: true, tests: 3, foldedTests: 0, problems: 3 },
  { rows: 10, rules: false, tests: 3, foldedTests: 0, problems: 3 },
  { rows: 10, rules: false, tests: 0, foldedTests: 0, problems: 0 },
];

/** Rules that block are shown up to this number, those of the nearest phase first: the phases below show all of theirs. */
const mostBlocking = 12;

/** The report as the comment on a pull request, without the marker that makes it findable. */
export function renderMarkdown(report: Report, limit = commentLimit): string {
  return fitText(levels, (detail) => whole(report, detail), limit);
}

/** The report as a job summary, which also says what could not be published. */
export function renderSummary(report: Report, unpublished: readonly Problem[] = [], leftOut = ""): string {
  return fitText(
    levels,
    (detail) =>
      join([whole(report, detail, completionReport(report)).trimEnd(), notPublished(unpublished, leftOut)]),
    summaryLimit,
  );
}

/** The report as the body of a check run: the verdict, what blocks, and a table of the phases. */
export function renderCheckSummary(report: Report): string {
  return fitText(
    levels,
    (detail) =>
      join([
        headline(report),
        blocking(report, detail),
        loosened(report, detail),
        phaseTable(report),
        annotationCount(report),
        uncoveredLines(report, detail),
        problems(report, detail),
        footer(report),
      ]),
    checkLimit,
  );
}

function whole(report: Report, detail: Detail, completion = ""): string {
  return join([
    headline(report),
    blocking(report, { ...detail, rows: Math.min(detail.rows, mostBlocking) }),
    loosened(report, detail),
    requireNext(report),
    phases(report, detail),
    trends(report, detail),
    completion,
    failingTests(report, detail),
    findingsList(report, detail),
    uncoveredLines(report, detail),
    problems(report, detail),
    footer(report),
  ]);
}

function join(blocks: readonly string[]): string {
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}
