import { type BadInput, gateOn } from "./case.ts";

export const coverageConfig = gateOn("coverage", '"reports/*"', "coverage.lines: at least 80%");

const declaration = '<?xml version="1.0"?>\n';
const sound = { outcome: "pass" } as const;

function unsound(
  name: string,
  path: string,
  content: string,
  rest: Omit<BadInput, "name" | "files">,
): BadInput {
  return { name, files: { [`reports/${path}`]: content }, ...rest };
}

function lcov(lines: readonly string[]): string {
  return ["TN:", "SF:src/cart.js", ...lines, ""].join("\n");
}

/** Ten lines of which one ran, as lcov and Cobertura write them. */
const tenLines = Array.from({ length: 10 }, (_, i) => [i + 1, i === 0 ? 1 : 0] as const);

/** What can be wrong with coverage files. The gate asks for 80 % of the lines. */
export const coverageCases: readonly BadInput[] = [
  unsound("lcov: the last record does not end", "lcov.info", lcov(["DA:1,1", "LF:1", "LH:1"]), {
    outcome: "error",
    code: "truncated",
    says: /lcov\.info.*end_of_record/,
  }),
  unsound(
    "lcov: totals that are better than the lines",
    "lcov.info",
    lcov([...tenLines.map(([line, hits]) => `DA:${line},${hits}`), "LF:10", "LH:10", "end_of_record"]),
    { outcome: "fail", code: "totals-differ", says: /lcov\.info/ },
  ),
  unsound("lcov: a count that is no number", "lcov.info", lcov(["DA:1,1", "DA:2,many", "end_of_record"]), {
    outcome: "error",
    code: "lcov-syntax",
    says: /lcov\.info:4/,
  }),
  unsound(
    "lcov: a checksum of blanks that goes on",
    "lcov.info",
    lcov(["DA:1,1", `DA:2,1,${" ".repeat(400_000)},`, "end_of_record"]),
    { outcome: "error", code: "lcov-syntax", says: /lcov\.info:4/ },
  ),
  unsound("lcov: no record at all", "lcov.info", "TN:nightly\n", {
    outcome: "error",
    code: "no-lines",
    says: /lcov\.info.*no coverage records/,
  }),
  unsound(
    "Cobertura: no lines, and a rate of 100 %",
    "cobertura.xml",
    `${declaration}<coverage line-rate="1" lines-covered="0" lines-valid="0" version="1"><packages/></coverage>`,
    { outcome: "error", code: "no-lines", says: /cobertura\.xml.*0 lines/ },
  ),
  unsound(
    "Cobertura: a rate of 100 % over lines that did not run",
    "cobertura.xml",
    `${declaration}<coverage line-rate="1" lines-covered="10" lines-valid="10"><packages><package name="shop"><classes><class name="Cart" filename="Cart.cs"><lines>${tenLines.map(([line, hits]) => `<line number="${line}" hits="${hits}"/>`).join("")}</lines></class></classes></package></packages></coverage>`,
    { outcome: "fail", code: "totals-differ", says: /cobertura\.xml/ },
  ),
  unsound(
    "Istanbul: a summary of nothing",
    "summary.json",
    '{"total":{"lines":{"total":0,"covered":0,"skipped":0,"pct":"Unknown"}}}',
    { outcome: "error", code: "no-lines", says: /summary\.json.*0 of 0/ },
  ),
  unsound(
    "Istanbul: a summary with more covered than there is",
    "summary.json",
    '{"total":{"lines":{"total":10,"covered":25,"skipped":0,"pct":250}}}',
    { outcome: "error", code: "impossible-totals", says: /summary\.json.*25 covered of 10/ },
  ),
  unsound(
    "JaCoCo: a DOCTYPE as the tool writes it is fine, and nothing is fetched for it",
    "jacoco.xml",
    `${declaration}<!DOCTYPE report PUBLIC "-//JACOCO//DTD Report 1.1//EN" "http://127.0.0.1:9/report.dtd"><report name="shop"><package name="shop"><sourcefile name="Cart.java"><line nr="3" mi="0" ci="4" mb="0" cb="0"/></sourcefile></package></report>`,
    sound,
  ),
  unsound(
    "JaCoCo: cut off",
    "jacoco.xml",
    `${declaration}<report name="shop"><package name="shop"><counter type="LINE" missed="0" cov`,
    {
      outcome: "error",
      code: "xml-syntax",
      says: /jacoco\.xml:2/,
    },
  ),
  unsound("Go: no mode", "cover.out", "shop/cart.go:3.1,9.2 4 1\n", {
    outcome: "error",
    code: "bad-value",
    says: /cover\.out.*mode:/,
  }),
  unsound("coverage.py: no totals", "coverage.json", '{"meta":{"version":"7.6"},"files":{}}', {
    outcome: "error",
    code: "bad-value",
    says: /coverage\.json.*totals/,
  }),
  unsound(
    "Clover: more covered than there is",
    "clover.xml",
    `${declaration}<coverage><project><metrics statements="10" coveredstatements="11"/></project></coverage>`,
    { outcome: "error", code: "impossible-totals", says: /clover\.xml.*11 covered of 10/ },
  ),
  unsound(
    "Clover: a source file with metrics and no lines beside one with lines",
    "clover.xml",
    `${declaration}<coverage clover="1"><project><file name="a.php"><line num="1" type="stmt" count="1"/></file><file name="b.php"><metrics statements="100" coveredstatements="0"/></file></project></coverage>`,
    { outcome: "fail", code: "totals-only", says: /clover\.xml/ },
  ),
  unsound(
    "Clover: a line of no known type",
    "clover.xml",
    `${declaration}<coverage clover="1"><project><file name="a.php"><line num="1" type="stmt" count="1"/><line num="2" type="statement" count="0"/></file></project></coverage>`,
    { outcome: "error", code: "bad-value", says: /clover\.xml:2.*"statement"/ },
  ),
  unsound(
    "Clover: impossible metrics beside lines, which decide",
    "clover.xml",
    `${declaration}<coverage clover="1"><project><file name="a.php"><metrics statements="2" coveredstatements="3"/><line num="1" type="stmt" count="1"/></file></project></coverage>`,
    { outcome: "pass", code: "totals-differ", says: /3 of 2, found 1 of 1/ },
  ),
  unsound(
    "Clover: totals of the project, and a source file without any",
    "clover.xml",
    `${declaration}<coverage clover="1"><project><metrics statements="10" coveredstatements="9"/><file name="a.php"/></project></coverage>`,
    { outcome: "pass", code: "totals-only", says: /1 source file/ },
  ),
  unsound(
    "Cobertura: totals of the whole, and a class without lines",
    "cobertura.xml",
    `${declaration}<coverage lines-covered="9" lines-valid="10"><packages><package name="p"><classes><class name="a" filename="a.py"><lines/></class></classes></package></packages></coverage>`,
    { outcome: "pass", code: "totals-only", says: /1 source file/ },
  ),
  unsound(
    "JaCoCo: totals of the report, and source files without lines",
    "jacoco.xml",
    `${declaration}<report name="shop"><package name="shop"><sourcefile name="Cart.java"/></package><counter type="LINE" missed="1" covered="9"/></report>`,
    { outcome: "pass", code: "totals-only", says: /1 source file/ },
  ),
];
