import { addLine, emptyLineSet, hasRoom, type Tally } from "../model/line-set.ts";
import { type Problem, refuse } from "../model/problem.ts";
import { checkTally, createCoverage, type SourceTally, wholeReport } from "./coverage-tally.ts";
import { createMethodId } from "./method-id.ts";
import type { Reader } from "./reader.ts";
import { readCount } from "./text/numbers.ts";
import { scanXml, type Tag } from "./text/xml.ts";

/** JaCoCo XML. https://www.jacoco.org/jacoco/trunk/coverage/report.dtd */
export const jacoco: Reader = {
  label: "JaCoCo XML",
  families: ["coverage"],
  writtenBy: "JaCoCo, also through Maven, Gradle and Ant, and Kover",
  roots: ["report"],
  claims: ({ text }) => /<(?:[^\s<>:]+:)?(?:sessioninfo|package|group|counter)[\s/>]|JACOCO/.test(text),
  read(source, file) {
    const reading = reportReader(file);
    const notes = scanXml(source, file, reading.events);
    return reading.finish(notes);
  },
};

const lineAttributes = ["nr", "mi", "ci", "mb", "cb"] as const;

function reportReader(file: string) {
  const coverage = createCoverage("jacoco");
  const path: string[] = [];
  let groups: readonly string[] = [];
  let packageName = "";
  let folder = "";
  const method = createMethodId();
  let source: SourceTally | undefined;
  /** What the lines of `source` go into. */
  let set = emptyLineSet();
  let whole: Tally | undefined;
  let hasBranches = false;
  /** The attributes of the line at hand. */
  const numbers = new Float64Array(lineAttributes.length);
  const at = { file };

  const events = {
    open(name: string, tag: Tag) {
      if (!leaf(name, tag)) {
        if (name === "group") openFolder([...groups, tag.attribute("name") ?? ""], packageName);
        else if (name === "package") openFolder(groups, tag.attribute("name") ?? "");
        else if (name === "sourcefile") openSource(tag.attribute("name") ?? "");
        else if (name === "class") openClass(tag);
        else if (name === "method") method.open(tag);
      }
      path.push(name);
    },
    close(name: string) {
      path.pop();
      if (name === "group") openFolder(groups.slice(0, -1), packageName);
      if (name === "sourcefile" || name === "class") source = undefined;
    },
    hollow: leaf,
    wantsText: () => false,
    text() {},
  };

  /** Reads an element that holds no others, and says whether it is one; nearly all are. */
  function leaf(name: string, tag: Tag): boolean {
    if (name === "line") {
      if (source) line(tag, source);
      return true;
    }
    if (name !== "counter") return false;
    counter(tag, path.at(-1));
    return true;
  }

  /** Modules may hold classes of one name, so the names of their groups are part of the path. */
  function openFolder(inGroups: readonly string[], inPackage: string): void {
    [groups, packageName] = [inGroups, inPackage];
    folder = [...groups, packageName].filter((part) => part !== "").join("/");
  }

  function pathOf(name: string): string {
    return folder === "" || name === "" ? folder + name : `${folder}/${name}`;
  }

  function openSource(name: string): void {
    source = coverage.source(pathOf(name));
    set = source.openLines();
  }

  function openClass(tag: Tag): void {
    method.openClass(tag);
    const sourceName = tag.attribute("sourcefilename");
    if (sourceName !== undefined && sourceName !== "") openSource(sourceName);
  }

  /** mi and ci count instructions, mb and cb branches. A line without instructions is no executable line. */
  function line(tag: Tag, into: SourceTally): void {
    tag.numbers(lineAttributes, numbers);
    const number = Number.isInteger(numbers[0]) ? numbers[0]! : readCount(tag.attribute("nr"));
    if (number === undefined) {
      refuse({ code: "bad-value", message: "a <line> without a number", at: { file, line: tag.line() } });
    }
    // Not as a pair: that would be an array, for each of a million lines.
    const missed = numberAt(1, tag);
    const covered = numberAt(2, tag);
    if (missed + covered === 0) return;
    if (hasRoom(set, number)) addLine(set, number, covered > 0);
    else into.line(number, covered > 0, at);
    if (!hasBranches) coverage.records("branches");
    hasBranches = true;
    const missedArms = numberAt(3, tag);
    const coveredArms = numberAt(4, tag);
    const arms = Math.min(missedArms + coveredArms, maxArms);
    for (let i = 0; i < arms; i++) into.openParts("branches").arm("pairs", number, 0, i, i < coveredArms);
  }

  function numberAt(i: number, tag: Tag): number {
    return Number.isInteger(numbers[i]) ? numbers[i]! : count(tag, lineAttributes[i]!);
  }

  /** Of the counters in classes and packages nobody asks: what is counted decides. */
  function counter(tag: Tag, parent: string | undefined): void {
    if (parent === "method") {
      if (source === undefined || !tag.is("type", "METHOD")) return;
      coverage.records("functions");
      method.addTo(source, count(tag, "covered") > 0);
    } else if ((parent === "sourcefile" || parent === "report") && tag.is("type", "LINE")) {
      const [missed, covered] = [count(tag, "missed"), count(tag, "covered")];
      const tally = checkTally({ covered, total: missed + covered }, "the LINE counter", {
        file,
        line: tag.line(),
      });
      if (parent === "report") whole = tally;
      else source?.declareTotals({ lines: tally });
    }
  }

  function count(tag: Tag, name: string): number {
    const plain = tag.number(name);
    if (Number.isInteger(plain)) return plain;
    const text = tag.attribute(name);
    if (text === undefined) return 0;
    const value = readCount(text);
    if (value !== undefined) return value;
    const message = `${name} is "${text.slice(0, 40)}", not a count`;
    refuse({ code: "bad-value", message, at: { file, line: tag.line() } });
  }

  return {
    events,
    finish(notes: readonly Problem[]) {
      if (whole && whole.total > 0 && !coverage.hasLines())
        coverage.source(wholeReport(file)).declareTotals({ lines: whole });
      return coverage.finish(file, notes);
    },
  };
}

/** Most branches of one line that are kept; more are damage. */
const maxArms = 10_000;
