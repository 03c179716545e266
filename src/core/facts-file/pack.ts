import type { CoverageTotals, FileCoverage, ReportFacts, TestFacts } from "../model/facts.ts";
import { bitmapsOf, type LineSet, type Tally } from "../model/line-set.ts";
import type { Parts } from "../model/parts.ts";
import { packBytes, packFlags } from "./bits.ts";
import type { PackedFacts, PackedParts, PackedSourceFile, PackedTests } from "./document.ts";

/** Facts as the facts file holds them. */
export function packFacts(facts: ReportFacts): PackedFacts {
  switch (facts.kind) {
    case "tests":
      return { kind: "tests", tests: packTests(facts.tests) };
    case "load":
    case "metrics":
    case "findings":
      return facts as PackedFacts;
    case "coverage": {
      const { located, files } = facts.coverage;
      const packed = [...files.values()].map(packFile);
      return { kind: "coverage", coverage: { ...(located ? { located } : {}), files: packed } };
    }
  }
}

/** Groups have none themselves. */
function packTests({ groups, ...tests }: TestFacts): PackedTests {
  const packed = groups && [...groups].map(([group, own]) => [group, own] as const);
  return { ...tests, ...(packed ? { groups: packed } : {}) } as PackedTests;
}

function packFile({ path, lines, details, totals, ...rest }: FileCoverage): PackedSourceFile {
  const packed = details.map((detail) => ({
    scheme: detail.scheme,
    ...(detail.branches ? { branches: packParts(detail.branches) } : {}),
    ...(detail.functions ? { functions: packParts(detail.functions) } : {}),
    ...(detail.statements ? { statements: packParts(detail.statements) } : {}),
  }));
  const { countedBy, disputed, several, reportFile } = rest;
  return {
    path,
    ...packLines(lines),
    details: packed,
    ...(totals ? { totals: packTotals(totals) } : {}),
    ...(countedBy ? { countedBy } : {}),
    ...(disputed ? { disputed } : {}),
    ...(several ? { several: [...several] } : {}),
    ...(reportFile === undefined ? {} : { reportFile }),
  };
}

function packLines(lines: LineSet): Pick<PackedSourceFile, "lines"> {
  const { known, covered } = bitmapsOf(lines);
  const text = packBytes(known);
  return text === "" ? {} : { lines: [text, packBytes(covered)] };
}

function packParts(parts: Parts): PackedParts {
  return [parts.size, [...parts.keys()].join("\n"), packFlags(parts.values())];
}

function packTotals({ lines, branches, functions, statements }: CoverageTotals) {
  return {
    lines: pair(lines),
    ...(branches ? { branches: pair(branches) } : {}),
    ...(functions ? { functions: pair(functions) } : {}),
    ...(statements ? { statements: pair(statements) } : {}),
  };
}

function pair({ covered, total }: Tally): [number, number] {
  return [covered, total];
}
