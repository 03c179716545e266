import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { sumCoverage } from "../../src/core/measure/coverage-sums.ts";
import type { ReadFile } from "../../src/core/model/evidence.ts";
import { isError } from "../../src/core/model/problem.ts";
import { lineCounts } from "../independent/lines.ts";
import { filesBelow, readText, testPath } from "../runner/bytes.ts";
import { random } from "./random.ts";
import { cuts, seed } from "./share.ts";

const folder = testPath("genuine");
const files = filesBelow(folder).map((file) => {
  const bytes = readFileSync(`${folder}/${file}`);
  return { file, bytes, format: readText(bytes, file).format ?? "none" };
});
const of = (...formats: readonly string[]) => files.filter(({ format }) => formats.includes(format));

/** Reads a file as it would be when its writer stopped after any number of bytes. */
function eachCut(file: string, bytes: Buffer, length: number, check: (read: ReadFile, cut: Buffer) => void) {
  for (const at of cuts(length, random(seed + file.length * 7_919))) {
    const cut = bytes.subarray(0, at);
    check(readText(cut, file), cut);
  }
}

const shown = (cut: Buffer) =>
  `the first ${cut.length} bytes, up to ${JSON.stringify(cut.toString().slice(-80))}`;
const linesOf = ({ facts }: ReadFile) =>
  facts?.kind === "coverage" ? sumCoverage(facts.coverage.files).lines : { covered: 0, total: 0 };

describe(`files cut off anywhere (seed ${seed})`, () => {
  const marked = files.filter(({ bytes, format }) => format !== "none" && /^\s*[<{]/.test(bytes.toString()));

  test("at least 40 files are cut", () => {
    expect(marked.length).toBeGreaterThanOrEqual(40);
  });

  test.each(marked)("$file: XML and JSON show every cut", ({ file, bytes }) => {
    const end = bytes.toString("latin1").trimEnd().length;
    eachCut(file, bytes, end, ({ problems }, cut) => expect(problems.some(isError), shown(cut)).toBe(true));
  });

  test.each(of("lcov"))(
    "$file: a record that does not end is an error, and others count",
    ({ file, bytes }) => {
      eachCut(file, bytes, bytes.length, (read, cut) => {
        const rest = cut.toString().split("end_of_record").at(-1)!;
        const between = /^\s*(?:T?|TN:?[^\n]*)\s*$/.test(rest);
        if (!between) expect(read.problems.some(isError), shown(cut)).toBe(true);
        else if (read.format !== null) {
          expect(read.problems.filter(isError), shown(cut)).toEqual([]);
          expect(linesOf(read), shown(cut)).toEqual(lineCounts.lcov!(cut.toString()));
        }
      });
    },
  );

  test.each(of("gocover"))("$file: what is read is what is there", ({ file, bytes }) => {
    eachCut(file, bytes, bytes.length, (read, cut) => {
      if (read.problems.some(isError)) return;
      expect(linesOf(read), shown(cut)).toEqual(lineCounts.gocover!(cut.toString()));
    });
  });

  test.each(of("tap"))(
    "$file: what is read without an error has every test, and no fewer failures",
    (whole) => {
      const { file, bytes } = whole;
      const counts = ({ facts }: ReadFile) => (facts?.kind === "tests" ? facts.tests.counts : expect.fail());
      const { total, failed } = counts(readText(bytes, file));
      eachCut(file, bytes, bytes.length, (read, cut) => {
        if (read.problems.some(isError)) return;
        expect(counts(read).total, shown(cut)).toBe(total);
        // Cut off before "# SKIP" a test failed.
        expect(counts(read).failed, shown(cut)).toBeGreaterThanOrEqual(failed);
      });
    },
  );
});
