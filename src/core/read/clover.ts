import type { Tally } from "../model/line-set.ts";
import { type Problem, refuse } from "../model/problem.ts";
import { checkTally, createCoverage, type SourceTally, wholeReport } from "./coverage-tally.ts";
import type { Reader } from "./reader.ts";
import { readCount } from "./text/numbers.ts";
import { scanXml, type Tag } from "./text/xml.ts";

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
  let source: SourceTally | undefined;
  /** Totals count only in a report without any line; some tools list files that they have no lines of. */
  const totals: [SourceTally, Tally][] = [];
  let whole: Tally | undefined;
  /** How many `testproject` elements are open: tests are not what is measured. */
  let inTests = 0;

  const events = {
    open(name: string, tag: Tag) {
      const parent = path.at(-1);
      path.push(name);
      if (name === "testproject") inTests++;
      if (inTests > 0) return;
      if (name === "file") openFile(tag);
      else if (name === "line" && source) line(tag, source);
      else if (name === "metrics" && parent === "file" && source) totals.push([source, statements(tag)]);
      else if (name === "metrics" && parent === "project") whole = statements(tag);
    },
    close(name: string) {
      path.pop();
      if (name === "testproject") inTests--;
      else if (name === "file") source = undefined;
    },
    wantsText: () => false,
    text() {},
  };

  function openFile(tag: Tag): void {
    const name = tag.attribute("path") ?? tag.attribute("name");
    if (!name)
      refuse({ code: "bad-value", message: "a <file> without a name", at: { file, line: tag.line() } });
    source = coverage.source(name);
  }

  function line(tag: Tag, into: SourceTally): void {
    const type = tag.attribute("type");
    const number = readCount(tag.attribute("num"));
    if (number === undefined) return;
    const ran = Number(tag.attribute("count") ?? 0) > 0;
    if (type === "method") {
      coverage.records("functions");
      into.part("functions", `${number}:${tag.attribute("name") ?? tag.attribute("signature") ?? ""}`, ran);
    } else if (type === "stmt" || type === "cond") {
      const [yes, no] = [readCount(tag.attribute("truecount")), readCount(tag.attribute("falsecount"))];
      if (tag.attribute("count") === undefined && yes === undefined) uncounted(tag);
      into.line(number, ran || (tag.attribute("count") === undefined && (yes ?? 0) + (no ?? 0) > 0), {
        file,
      });
      if (yes === undefined || no === undefined) return;
      coverage.records("branches");
      into.part("branches", `${number}:true`, yes > 0);
      into.part("branches", `${number}:false`, no > 0);
    }
  }

  function uncounted(tag: Tag): never {
    refuse({ code: "bad-value", message: "a <line> without a count", at: { file, line: tag.line() } });
  }

  function statements(tag: Tag): Tally {
    const total = readCount(tag.attribute("statements")) ?? 0;
    const covered = readCount(tag.attribute("coveredstatements")) ?? 0;
    return checkTally({ covered, total }, "coveredstatements of statements", { file, line: tag.line() });
  }

  return {
    events,
    finish(notes: readonly Problem[]) {
      if (!coverage.hasLines()) {
        if (totals.some(([, { total }]) => total > 0)) {
          for (const [into, lines] of totals) into.declareTotals({ lines });
        } else if (whole && whole.total > 0)
          coverage.source(wholeReport(file)).declareTotals({ lines: whole });
      }
      return coverage.finish(file, notes);
    },
  };
}
