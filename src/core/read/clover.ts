import type { Tally } from "../model/line-set.ts";
import { type Problem, refuse } from "../model/problem.ts";
import {
  type CloverFile,
  type Found,
  type Metrics,
  openCloverFile,
  readMetrics,
  totalsOf,
} from "./clover-file.ts";
import { createCoverage } from "./coverage-tally.ts";
import type { Reader } from "./reader.ts";
import { scanXml, type Tag } from "./text/xml.ts";
import { totalsDiffer } from "./totals-differ.ts";

/** Clover XML. https://openclover.org/doc/manual/latest/general--xml-report-schema.html */
export const clover: Reader = {
  label: "Clover XML",
  families: ["coverage"],
  writtenBy: "OpenClover, PHPUnit, Istanbul, vitest, Jest",
  roots: ["coverage"],
  claims: ({ text }) => /<(?:[^\s<>:]+:)?project[\s>]|\sclover=/.test(text.slice(0, 4096)),
  read(source, file) {
    const reading = projectReader(file);
    const notes = scanXml(source, file, reading.events);
    return reading.finish(notes);
  },
};

function projectReader(file: string) {
  const coverage = createCoverage("clover");
  const path: string[] = [];
  let open: CloverFile | undefined;
  /** The sum of the source files. */
  let found: Found = { lines: nothing, branches: nothing, hidden: 0 };
  let project: Metrics | undefined;
  /** The first totals that are not what was found. */
  let differs: Problem | undefined;
  /** How many `testproject` elements are open: tests are not what is measured. */
  let inTests = 0;

  const events = {
    open(name: string, tag: Tag) {
      const parent = path.at(-1);
      path.push(name);
      if (name === "testproject") inTests++;
      if (inTests > 0) return;
      if (name === "file") openFile(tag);
      else if (name === "line") open?.line(tag);
      else if (name === "metrics" && parent === "file") open?.metrics(readMetrics(tag));
      else if (name === "metrics" && parent === "project") project = bothOf(project, readMetrics(tag));
    },
    close(name: string) {
      path.pop();
      if (name === "testproject") inTests--;
      else if (name === "file" && open) closeFile(open);
    },
    wantsText: () => false,
    text() {},
  };

  function openFile(tag: Tag): void {
    const name = tag.attribute("path") ?? tag.attribute("name");
    if (!name)
      refuse({ code: "bad-value", message: "a <file> without a name", at: { file, line: tag.line() } });
    open = openCloverFile(coverage, coverage.source(name), name, file);
  }

  function closeFile(closing: CloverFile): void {
    const { lines, branches, hidden, differs: other } = closing.close();
    found = {
      lines: sum(found.lines, lines),
      branches: sum(found.branches, branches),
      hidden: found.hidden + hidden,
    };
    differs ??= other;
    open = undefined;
  }

  /** Compares the metrics of the project with what was found, or takes them where nothing was. */
  function closeProject(metrics: Metrics): void {
    const { lines, branches, at: line } = metrics;
    const at = { file, line };
    const totals = found.lines.total === 0 && !coverage.hasLines() ? totalsOf(metrics, file) : undefined;
    if (totals !== undefined) {
      coverage.declareWhole(file, totals);
      return;
    }
    const who = (covered: string, all: string) => `${covered} and ${all} of the project say`;
    differs ??=
      lines && totalsDiffer(who("coveredstatements", "statements"), lines, found.lines, at, found.hidden);
    differs ??=
      branches && totalsDiffer(who("coveredconditionals", "conditionals"), branches, found.branches, at);
  }

  return {
    events,
    finish(notes: readonly Problem[]) {
      if (project !== undefined) closeProject(project);
      return coverage.finish(file, differs === undefined ? notes : [...notes, differs]);
    },
  };
}

const nothing: Tally = { covered: 0, total: 0 };

function sum(a: Tally, b: Tally): Tally {
  return { covered: a.covered + b.covered, total: a.total + b.total };
}

/** The metrics of two projects in one report; what one of them does not tell is not told. */
function bothOf(a: Metrics | undefined, b: Metrics): Metrics {
  if (a === undefined) return b;
  const both = (name: "lines" | "branches" | "functions") => a[name] && b[name] && sum(a[name], b[name]);
  return { lines: both("lines"), branches: both("branches"), functions: both("functions"), at: a.at };
}
