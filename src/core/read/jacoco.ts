import { addLine, emptyLineSet, hasRoom } from "../model/line-set.ts";
import { type Problem, refuse } from "../model/problem.ts";
import { checkArms } from "./coverage-budget.ts";
import { createCoverage, type SourceTally } from "./coverage-tally.ts";
import { createLineCounters } from "./jacoco-counters.ts";
import { createOrphans } from "./jacoco-orphans.ts";
import { createMethodId } from "./method-id.ts";
import type { Reader } from "./reader.ts";
import { readCount } from "./text/numbers.ts";
import { detached } from "./text/window.ts";
import { scanXml, type Tag } from "./text/xml.ts";
import type { Figures } from "./text/xml-figures.ts";

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

/** Nearly all elements are of these two kinds. */
const [lines, counters] = [0, 1];
const figures = [
  { element: "line", inside: ["sourcefile"], counts: lineAttributes },
  {
    element: "counter",
    inside: ["method", "class", "sourcefile", "package", "group", "report"],
    counts: ["missed", "covered"],
    word: { attribute: "type", of: ["METHOD", "LINE", "BRANCH"] },
  },
] as const satisfies readonly Figures[];
const counterTypes = { method: 1, line: 2, branch: 3 } as const;

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
  const counted = createLineCounters(file);
  const orphans = createOrphans(coverage);
  let inClass = false;
  let hasBranches = false;
  let hasFunctions = false;
  const at = { file };

  const events = {
    open(name: string, tag: Tag) {
      if (!leaf(name, tag)) {
        if (name === "group") openFolder([...groups, tag.attribute("name") ?? ""], packageName);
        else if (name === "package") openFolder(groups, tag.attribute("name") ?? "");
        else if (name === "sourcefile") openSourceFile(tag.attribute("name") ?? "");
        else if (name === "class") openClass(tag);
        else if (name === "method") method.open(tag);
      }
      path.push(name);
    },
    close(name: string) {
      path.pop();
      if (name === "group") openFolder(groups.slice(0, -1), packageName);
      if (name === "sourcefile") closeSourceFile();
      else if (name === "class") [source, inClass] = [undefined, false];
      else if (name === "package") orphans.settle(folder);
    },
    hollow: leaf,
    figures: {
      what: figures,
      tell(kind: number, values: Int32Array, first: number, end: number) {
        if (kind === lines) plainLines(values, first, end);
        else if (kind === counters) plainCounters(values, first, end);
      },
    },
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
    return folder === "" || name === "" ? detached(folder + name) : `${folder}/${name}`;
  }

  function openSource(path: string): void {
    source = coverage.source(path, "kept");
    set = source.openLines();
  }

  function openSourceFile(name: string): void {
    const path = pathOf(name);
    openSource(path);
    counted.open(path);
    orphans.offer(name);
  }

  function closeSourceFile(): void {
    const bare = counted.close();
    if (bare !== undefined) source?.declareTotals(bare);
    source = undefined;
  }

  function openClass(tag: Tag): void {
    inClass = true;
    method.openClass(tag);
    const sourceName = tag.attribute("sourcefilename");
    if (sourceName === undefined || sourceName === "") return;
    orphans.named();
    openSource(pathOf(sourceName));
  }

  /** mi and ci count instructions, mb and cb branches. A line without instructions is no executable line. */
  function line(tag: Tag, into: SourceTally): void {
    const plain = tag.number("nr");
    const number = Number.isInteger(plain) ? plain : readCount(tag.attribute("nr"));
    if (number === undefined) {
      refuse({ code: "bad-value", message: "a <line> without a number", at: { file, line: tag.line() } });
    }
    const [missed, covered] = [count(tag, "mi"), count(tag, "ci")];
    if (missed + covered === 0) {
      counted.add(0, 0, 1);
      return;
    }
    if (number > 0) counted.add(covered > 0 ? 1 : 0, 1, 0);
    lineAt(number, covered > 0, count(tag, "mb"), count(tag, "cb"), into);
  }

  function plainLines(values: Int32Array, first: number, end: number): void {
    if (source === undefined) return;
    let [total, ran, without] = [0, 0, 0];
    for (let at = first; at < end; at += lineAttributes.length) {
      const number = values[at]!;
      const covered = values[at + 2]!;
      if (values[at + 1]! + covered === 0) {
        without++;
        continue;
      }
      if (number > 0) total++;
      if (number > 0 && covered > 0) ran++;
      lineAt(number, covered > 0, values[at + 3]!, values[at + 4]!, source);
    }
    counted.add(ran, total, without);
  }

  function lineAt(number: number, ran: boolean, missedArms: number, coveredArms: number, into: SourceTally) {
    if (hasRoom(set, number)) addLine(set, number, ran);
    else into.line(number, ran, at);
    if (!hasBranches) coverage.records("branches");
    hasBranches = true;
    const arms = missedArms + coveredArms;
    if (arms === 0) return;
    checkArms(arms, number, into.path, at);
    into.openParts("branches").arms(number, 0, arms, coveredArms);
  }

  /** Of the counters in classes and packages nobody asks: what is counted decides. */
  function counter(tag: Tag, parent: string | undefined): void {
    if (parent === "method") {
      if (tag.is("type", "METHOD")) methodCounter(count(tag, "covered") > 0);
    } else if (parent === "sourcefile" || parent === "report") {
      const type = tag.is("type", "LINE") ? "lines" : tag.is("type", "BRANCH") ? "branches" : undefined;
      if (type === undefined) return;
      const [missed, covered] = [count(tag, "missed"), count(tag, "covered")];
      counted.declare(parent, type, { covered, total: missed + covered });
    }
  }

  function plainCounters(values: Int32Array, first: number, end: number): void {
    const parent = path.at(-1)!;
    if (parent !== "method" && parent !== "sourcefile" && parent !== "report") return;
    for (let at = first; at < end; at += 3) {
      const type = values[at + 2]!;
      const covered = values[at + 1]!;
      if (parent === "method") {
        if (type === counterTypes.method) methodCounter(covered > 0);
      } else if (type === counterTypes.line || type === counterTypes.branch) {
        const kind = type === counterTypes.line ? "lines" : "branches";
        counted.declare(parent, kind, { covered, total: values[at]! + covered });
      }
    }
  }

  function methodCounter(ran: boolean): void {
    if (!inClass) return;
    if (!hasFunctions) coverage.records("functions");
    hasFunctions = true;
    if (source === undefined) orphans.add(method.text(), ran);
    else method.addTo(source, ran);
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
      orphans.settle(folder);
      const { whole, differs } = counted.finish();
      if (whole !== undefined) coverage.declareWhole(file, whole);
      return coverage.finish(file, [...notes, ...differs]);
    },
  };
}
