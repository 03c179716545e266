import { countBits } from "../model/bits.ts";
import {
  type CoverageDetail,
  type CoverageFacts,
  type CoverageTotals,
  type FileCoverage,
  type FindingFacts,
  keyOf,
  type LoadFacts,
  type ReportFacts,
  type Sample,
  type TestFacts,
} from "../model/facts.ts";
import { type LineSet, lineSetOf, maxLine, type Tally } from "../model/line-set.ts";
import { PackedParts, type Parts } from "../model/parts.ts";
import { unpackBytes, unpackFlags } from "./bits.ts";
import type { PackedFacts, PackedSourceFile, PackedTests, PackedParts as WrittenParts } from "./document.ts";

/** Refuses facts that contradict themselves; never returns. */
export type Refuse = (why: string) => never;

/** The facts behind those of a facts file `from`, checked to be possible. */
export function unpackFacts(packed: PackedFacts, from: string, wrong: Refuse): ReportFacts {
  switch (packed.kind) {
    case "tests":
      return { kind: "tests", tests: unpackTests(packed.tests, wrong) };
    case "load":
      return { kind: "load", load: unpackLoad(packed.load as LoadFacts, wrong) };
    case "metrics":
      return { kind: "metrics", metrics: packed.metrics as readonly Sample[] };
    case "findings":
      return { kind: "findings", findings: unpackFindings(packed.findings as FindingFacts, wrong) };
    case "coverage":
      return { kind: "coverage", coverage: unpackCoverage(packed.coverage, from, wrong) };
  }
}

function unpackTests({ groups, ...whole }: PackedTests, wrong: Refuse): TestFacts {
  const tests = possible(whole as TestFacts, wrong);
  if (!groups) return tests;
  const unpacked = new Map(groups.map(([group, own]) => [group, possible(own as TestFacts, wrong)]));
  if (unpacked.size < groups.length) wrong("a group is there twice");
  for (const [group, { counts }] of unpacked) {
    const kinds = Object.keys(counts) as (keyof typeof counts)[];
    if (kinds.some((kind) => counts[kind] > tests.counts[kind]))
      wrong(`the group ${group} has more tests than there are`);
  }
  return { ...tests, groups: unpacked };
}

function possible(tests: TestFacts, wrong: Refuse): TestFacts {
  const { total, passed, failed, errored, skipped, flaky } = tests.counts;
  if (passed + failed + errored + skipped !== total)
    wrong(
      `a total of ${total} is not ${passed} passed, ${failed} failed, ${errored} errored, ${skipped} skipped`,
    );
  if (flaky > passed) wrong(`${flaky} flaky tests of ${passed} passed ones`);
  const told = (how: string) => tests.failing.filter((test) => test.how === how).length;
  if (told("failed") > failed || told("errored") > errored || tests.flaky.length > flaky)
    wrong("more failing or flaky tests are named than counted");
  if (failed + errored > 0 && tests.failing.length === 0) wrong("tests failed, but none is named");
  if (tests.slowest.length > total) wrong("more tests have a time than there are tests");
  return tests;
}

function unpackFindings(findings: FindingFacts, wrong: Refuse): FindingFacts {
  if (!findings.looked && findings.findings.length > 0)
    wrong("something was found where nothing was looked at");
  return findings;
}

function unpackLoad(load: LoadFacts, wrong: Refuse): LoadFacts {
  const { errorRate } = load;
  if (errorRate?.kind === "ratio" && errorRate.part > errorRate.whole)
    wrong(`${errorRate.part} failed requests of ${errorRate.whole}`);
  return load;
}

function unpackCoverage(
  { located, files }: Extract<PackedFacts, { kind: "coverage" }>["coverage"],
  from: string,
  wrong: Refuse,
): CoverageFacts {
  const unpacked = new Map(
    files.map((packed) => {
      const file = unpackFile(packed, wrong);
      // Totals of a whole report stand under its name, which the reports of several runners share; so do paths that
      // could mean several source files.
      const path = file.path.replace(
        /^\(all of (.*)\)$/,
        (_, report: string) => `(all of ${report} in ${from})`,
      );
      const own = file.reportFile && { reportFile: `${file.reportFile} in ${from}` };
      const placed = { ...file, path, ...own };
      return [keyOf(placed), placed];
    }),
  );
  if (unpacked.size < files.length) wrong("a source file is there twice");
  return { files: unpacked, ...(located ? { located } : {}) };
}

function unpackFile(file: PackedSourceFile, wrong: Refuse): FileCoverage {
  const { path, lines, details, totals, countedBy, disputed, several, reportFile } = file;
  const refuse = (why: string): never => wrong(`${path}: ${why}`);
  const unpacked = details.map(
    ({ scheme, branches, functions, statements }): CoverageDetail => ({
      scheme,
      ...(branches ? { branches: unpackParts(branches, refuse) } : {}),
      ...(functions ? { functions: unpackParts(functions, refuse) } : {}),
      ...(statements ? { statements: unpackParts(statements, refuse) } : {}),
    }),
  );
  if (new Set(unpacked.map(({ scheme }) => scheme)).size < unpacked.length) refuse("a scheme is there twice");
  if (lines && totals) refuse("has both lines and totals");
  if ((several === undefined) !== (reportFile === undefined))
    refuse("names a report file without need, or none");
  if (disputed && !totals) refuse("is disputed without totals");
  return {
    path,
    lines: lines ? unpackLines(lines, refuse) : lineSetOf(new Uint8Array(0), new Uint8Array(0)),
    details: unpacked,
    ...(totals ? { totals: unpackTotals(totals, refuse) } : {}),
    ...(countedBy ? { countedBy } : {}),
    ...(disputed ? { disputed } : {}),
    ...(several ? { several } : {}),
    ...(reportFile === undefined ? {} : { reportFile }),
  };
}

function unpackLines([knownText, coveredText]: readonly [string, string], wrong: Refuse): LineSet {
  const known = unpackBytes(knownText) ?? wrong("the lines are not base64");
  const ran = unpackBytes(coveredText) ?? wrong("the covered lines are not base64");
  if (known.length > (maxLine >> 3) + 1) wrong(`a line is larger than ${maxLine}`);
  if (((known[0] ?? 0) & 1) !== 0) wrong("line 0 is no line");
  if (ran.length > known.length || ran.some((byte, i) => (byte & ~known[i]!) !== 0))
    wrong("a line is covered that is not executable");
  return lineSetOf(known, ran);
}

/** Identities of parts that were found sound, each the one text for all facts files that tell of the same parts. */
const soundNames = new Map<string, { readonly names: string; readonly size: number }>();

/** Most characters of identities that are kept for that. */
const maxNames = 1 << 26;
let keptNames = 0;

function unpackParts([size, written, bits]: WrittenParts, wrong: Refuse): Parts {
  const { names, size: named } = soundNames.get(written) ?? checkedNames(written, wrong);
  // No part and one with an empty identity are written alike.
  if (size !== named && (size > 0 || written !== "")) wrong("parts and their number differ");
  const bytes = unpackFlags(bits, size) ?? wrong("parts and their bits differ in number");
  return new PackedParts(
    { bytes, start: 0, end: bytes.length, form: "named", names },
    size,
    countBits(bytes),
  );
}

function checkedNames(names: string, wrong: Refuse) {
  const ids = names.split("\n");
  if (new Set(ids).size < ids.length) wrong("a part is there twice");
  const sound = { names, size: ids.length };
  if (keptNames + names.length <= maxNames) {
    keptNames += names.length;
    soundNames.set(names, sound);
  }
  return sound;
}

function unpackTotals(totals: NonNullable<PackedSourceFile["totals"]>, wrong: Refuse): CoverageTotals {
  const tally = ([covered, total]: readonly [number, number]): Tally =>
    covered <= total ? { covered, total } : wrong(`${covered} covered of ${total} is impossible`);
  const { lines, branches, functions, statements } = totals;
  return {
    lines: tally(lines),
    ...(branches ? { branches: tally(branches) } : {}),
    ...(functions ? { functions: tally(functions) } : {}),
    ...(statements ? { statements: tally(statements) } : {}),
  };
}
