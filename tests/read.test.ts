import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { sumCoverage } from "../src/core/measure/coverage-sums.ts";
import type { ReadFile } from "../src/core/model/evidence.ts";
import type { Facts } from "../src/core/model/facts.ts";
import { isError } from "../src/core/model/problem.ts";
import { takeHead } from "../src/core/read/head.ts";
import { claimants, formats, readers } from "../src/core/read/index.ts";
import { openWindow } from "../src/core/read/text/window.ts";
import { filesBelow, pieces, readText, testPath } from "./runner/bytes.ts";

const genuine = testPath("genuine");
const probes = testPath("probes");

/** Facts without the word that says of which kind they are. */
function content(facts: Facts): unknown {
  return Object.entries(facts).find(([key]) => key !== "kind")?.[1];
}

/** What a reader made of a file, as a golden shows it. */
function shown({ format, facts, problems }: ReadFile): string {
  const found =
    facts?.kind === "tests"
      ? {
          ...facts.tests.counts,
          seconds: facts.tests.seconds,
          failing: facts.tests.failing,
          flaky: facts.tests.flaky,
        }
      : facts?.kind === "coverage"
        ? { ...sumCoverage(facts.coverage.files), paths: [...facts.coverage.files.keys()] }
        : facts && content(facts);
  return `${JSON.stringify({ format, problems, ...(found ? { [facts!.kind]: found } : {}) }, null, 2)}\n`;
}

describe("the format of a file", () => {
  // A pattern that tries every way to part a run of blanks would be at it for years.
  const runs = [
    " ",
    "\t",
    "\n",
    "\r\n",
    " \n",
    "#\n",
    "# x\n",
    "TN:\n",
    "<!-- -->\n",
    "<?x?>",
    "[",
    "{",
    '{"a":',
    ",",
    "1",
  ];

  test.each(runs)("is told as soon as it is read, however often it begins with %j", (run) => {
    const begun = performance.now();
    const { problems } = readText(`${run.repeat(60_000 / run.length)}?`, "report.txt");
    expect(problems).not.toEqual([]);
    expect(performance.now() - begun).toBeLessThan(2_000);
  });
});

describe("files that real tools wrote", () => {
  const files = filesBelow(genuine);

  test.each(files)("%s is read as its golden says", async (file) => {
    const result = shown(readText(readFileSync(join(genuine, file)), file));
    await expect(result).toMatchFileSnapshot(testPath("goldens", "genuine", `${file}.json`));
  });

  test.each(files)("%s is claimed by one reader at the most", (file) => {
    const bytes = readFileSync(join(genuine, file));
    if (bytes.length > 0)
      expect(claimants(takeHead(openWindow(pieces(bytes), file))).length).toBeLessThanOrEqual(1);
  });

  test("there is one for every format", () => {
    const seen = new Set(files.map((file) => readText(readFileSync(join(genuine, file)), file).format));
    // Their tools do not run wherever these tests do; the examples in tests/read/ follow the documentation. Facts files
    // are ours, and tests/facts-file.test.ts writes them.
    const documented = [
      "ctrf",
      "trx",
      "opencover",
      "k6",
      "jmeter",
      "jmeter-xml",
      "oha",
      "vegeta",
      "metrics-json",
      "metrics-csv",
      "benchmark-json",
      "octocov-json",
      "trivy",
      "grype",
      "osv-scanner",
      "pip-audit",
      "facts",
    ];
    expect(formats.filter((format) => !seen.has(format))).toEqual(documented);
    expect(Object.values(readers).every(({ label, writtenBy }) => label !== "" && writtenBy !== "")).toBe(
      true,
    );
  });
});

interface Probe {
  readonly tests: Readonly<Record<string, number>> | null;
  readonly verdict: "green" | "red" | "inconclusive";
  readonly why: string;
}

describe("JUnit traps", () => {
  const answers = JSON.parse(readFileSync(join(probes, "probes.json"), "utf8")) as Record<string, Probe>;

  test.each(Object.entries(answers))("%s", (file, { tests, verdict }) => {
    const { facts, problems } = readText(readFileSync(join(probes, file)), file);
    const counts = facts?.kind === "tests" ? facts.tests.counts : undefined;
    const red = problems.some(isError) || (counts !== undefined && counts.failed + counts.errored > 0);
    if (verdict === "inconclusive") expect(problems.map(({ code }) => code)).toContain("no-tests");
    else expect(red).toBe(verdict === "red");
    if (!tests || !counts) return;
    const { seconds, ...wanted } = tests;
    expect(counts).toMatchObject(wanted);
    if (seconds !== undefined && facts?.kind === "tests") expect(facts.tests.seconds).toBeCloseTo(seconds, 3);
  });
});

describe("bad and odd content", () => {
  const cases = filesBelow(testPath("read")).filter((file) => !file.endsWith(".expected.txt"));

  test.each(cases)("%s", async (file) => {
    const { problems, facts } = readText(readFileSync(testPath("read", file)), file);
    const lines = problems.map(
      ({ at, severity, code, message }) => `${at?.file}:${at?.line ?? ""}: ${severity}: ${message} [${code}]`,
    );
    const what =
      facts === undefined
        ? "nothing"
        : facts.kind === "tests"
          ? JSON.stringify(facts.tests.counts)
          : JSON.stringify(facts.kind === "coverage" ? sumCoverage(facts.coverage.files) : content(facts));
    await expect([...lines, `read: ${what}`, ""].join("\n")).toMatchFileSnapshot(
      testPath("goldens", "read", `${file}.txt`),
    );
    expect(lines.join("\n")).not.toMatch(/undefined|\[object|TypeError|RangeError|Maximum call/);
  });
});
