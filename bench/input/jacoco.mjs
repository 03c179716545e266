import { capital, nouns, states, verbs } from "./words.mjs";

const head =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><!DOCTYPE report PUBLIC "-//JACOCO//DTD Report 1.1//EN" "report.dtd">' +
  '<report name="app"><sessioninfo id="runner-7f" start="1795355700474" dump="1795355700526"/>';

/** JaCoCo XML of so many source files with a class each, in one line as the tool writes it. Returns the totals. */
export function writeJacoco(files, random, write) {
  const totals = { files, lines: 0, linesHit: 0, branches: 0, branchesHit: 0 };
  write(head);
  for (let number = 0; number < files; number += 40) {
    const name = `org/example/${random.one(nouns)}${number}`;
    const sources = [];
    for (let i = number; i < Math.min(number + 40, files); i++) sources.push(source(name, i, random, totals));
    const [classes, lines] = [0, 1].map((part) => sources.map((texts) => texts[part]).join(""));
    write(`<package name="${name}">${classes}${lines}</package>`);
  }
  write("</report>\n");
  return totals;
}

/** The class of a source file, and its lines. */
function source(packageName, number, random, totals) {
  const name = `${capital(random.one(states))}${capital(random.one(nouns))}${number}`;
  const methods = [];
  const lines = [];
  const { lines: linesBefore, linesHit: hitBefore } = totals;
  let line = random.between(8, 40);
  for (let left = random.between(3, 12); left > 0; left--) {
    methods.push(
      `<method name="${random.one(verbs)}${left}" desc="(Ljava/lang/String;I)V" line="${line + 1}">` +
        `${counter("INSTRUCTION", 4, 30)}${counter("LINE", 1, 7)}${counter("METHOD", 0, 1)}</method>`,
    );
    for (let rest = random.between(4, 16); rest > 0; rest--) {
      line += random.share(0.8) ? 1 : random.between(2, 5);
      lines.push(lineText(line, random, totals));
    }
  }
  const hit = totals.linesHit - hitBefore;
  const missed = totals.lines - linesBefore - hit;
  const sums = `${counter("LINE", missed, hit)}${counter("METHOD", 1, 8)}${counter("CLASS", 0, 1)}`;
  return [
    `<class name="${packageName}/${name}" sourcefilename="${name}.java">${methods.join("")}${sums}</class>`,
    `<sourcefile name="${name}.java">${lines.join("")}${sums}</sourcefile>`,
  ];
}

function counter(type, missed, covered) {
  return `<counter type="${type}" missed="${missed}" covered="${covered}"/>`;
}

function lineText(number, random, totals) {
  const ran = random.share(0.85);
  const instructions = random.between(1, 9);
  const branches = random.share(0.1) ? 2 : 0;
  const taken = ran && branches > 0 ? random.between(0, 2) : 0;
  totals.lines++;
  if (ran) totals.linesHit++;
  totals.branches += branches;
  totals.branchesHit += taken;
  const [missed, covered] = ran ? [0, instructions] : [instructions, 0];
  return `<line nr="${number}" mi="${missed}" ci="${covered}" mb="${branches - taken}" cb="${taken}"/>`;
}
