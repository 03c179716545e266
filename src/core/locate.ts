import type { Finding } from "./model/facts.ts";
import type { Place } from "./model/problem.ts";
import type { ReportedFailure } from "./model/report.ts";

/** What is known of the repository: its files, and what this change touches. */
export interface Repository {
  /** Path of a file that a report file names; undefined where there is no such file. */
  readonly locate: (file: string) => string | undefined;
  readonly touched: (place: Place | undefined) => boolean;
}

/** A failing test with its place in the repository, as far as it has one. */
export function locatedTest(test: ReportedFailure, { locate, touched }: Repository): ReportedFailure {
  const file = test.at && locate(test.at.file);
  if (test.at === undefined || file === undefined) return test;
  const line = test.at.line ?? lineOf(test.at.file, `${test.message}\n${test.details}`);
  const at = { ...test.at, ...(line === undefined ? {} : { line }) };
  const source = { ...at, file };
  return { ...test, at, source, ...(touched(source) ? { touched: true } : {}) };
}

/** A finding with its place in the repository, as far as it has one. */
export function locatedFinding(finding: Finding, { locate, touched }: Repository): Finding {
  const file = finding.at && locate(finding.at.file);
  if (finding.at === undefined || file === undefined) return finding;
  const source = { ...finding.at, file };
  return { ...finding, source, ...(touched(source) ? { touched: true } : {}) };
}

/** What stands on lines that this change touches comes first; the order is kept otherwise. */
export function touchedFirst<T extends { readonly touched?: true }>(all: readonly T[]): readonly T[] {
  return [...all.filter(({ touched }) => touched), ...all.filter(({ touched }) => !touched)];
}

/** Line at which a stack trace names a file: tools that give no line of a test tell it there. */
function lineOf(file: string, trace: string): number | undefined {
  for (let at = trace.indexOf(`${file}:`); at !== -1; at = trace.indexOf(`${file}:`, at + 1)) {
    const line = /^\d{1,7}/.exec(trace.slice(at + file.length + 1, at + file.length + 9))?.[0];
    if (line !== undefined && !/[\w.-]/.test(trace[at - 1] ?? "")) return Number(line);
  }
  return undefined;
}
