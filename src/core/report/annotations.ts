import type { LineRange } from "../model/changes.ts";
import type { Annotation } from "../model/clients.ts";
import type { FailingTest, Finding } from "../model/facts.ts";
import type { Place } from "../model/problem.ts";
import type { Report } from "../model/report.ts";
import { cut, lines, plain } from "./escape.ts";
import { testName } from "./test-name.ts";
import { grouped, plural } from "./words.ts";

/** Most annotations of one report; the check run says how many tests there are beyond. */
export const maxAnnotations = 500;

/** Most characters of title and message that the platform takes. https://docs.github.com/rest/checks/runs */
const maxTitle = 255;
const maxMessage = 8_000;

/**
 * Annotations, as far as places in the repository are known: failing tests and findings on lines that this change
 * touches, then the other failing tests, changed lines that did not run, and the other findings.
 */
export function annotationsOf({ tests, changes, findings }: Report): readonly Annotation[] {
  const failing = tests?.failing ?? [];
  const at = (touched: boolean) => (one: { readonly touched?: true }) => (one.touched === true) === touched;
  return [
    ...failing.filter(at(true)).flatMap(ofTest),
    ...findings.kept.filter(at(true)).flatMap(ofFinding),
    ...failing.filter(at(false)).flatMap(ofTest),
    ...(changes?.uncovered ?? []).map(ofRange),
    ...findings.kept.filter(at(false)).flatMap(ofFinding),
  ].slice(0, maxAnnotations);
}

function ofRange({ file, from, to }: LineRange): Annotation {
  const what =
    from === to ? "This changed line is not covered" : `These ${to - from + 1} changed lines are not covered`;
  return {
    path: file,
    line: from,
    endLine: to,
    level: "warning",
    title: "Not covered",
    message: `${what} by any test that was measured.`,
  };
}

/** Says how much stands beside the code, where it is more than fits there; empty where it is not. */
export function annotationCount(report: Report): string {
  const shown = annotationsOf(report).length;
  const { failed, errored } = report.tests?.counts ?? { failed: 0, errored: 0 };
  if (shown < maxAnnotations) return "";
  const { total } = report.findings;
  const all = plural(failed + errored, "failing test");
  const what = total === 0 ? all : `${all} and ${plural(total, "finding")}`;
  return `${grouped(shown)} of ${what} stand beside the code.`;
}

function ofTest(test: FailingTest): readonly Annotation[] {
  const message = [test.message, test.details].filter((part) => part !== "").join("\n\n") || test.how;
  return annotation(test.source, "failure", testName(test), message);
}

function ofFinding({ source, severity, tool, rule, message }: Finding): readonly Annotation[] {
  const level = severity === "critical" || severity === "high" ? "failure" : "warning";
  return annotation(source, level, `${tool}: ${rule}`, message || rule);
}

function annotation(
  place: Place | undefined,
  level: Annotation["level"],
  title: string,
  message: string,
): readonly Annotation[] {
  if (place?.line === undefined || place.line < 1) return [];
  const text = { title: cut(plain(title), maxTitle), message: cut(lines(message), maxMessage) };
  return [{ path: place.file, line: place.line, level, ...text }];
}
