import fc from "fast-check";
import { expect, test } from "vitest";
import { mergeTests } from "../src/core/measure/merge-tests.ts";
import { slowestSoFar } from "../src/core/measure/slowest.ts";
import type { Counting } from "../src/core/model/facts.ts";
import { readReportFile } from "../src/core/read/index.ts";
import { pieces } from "./runner/bytes.ts";

function testsOf(times: readonly number[], name: string, counting: Counting) {
  const cases = times.map((time, i) => `<testcase name="${name} ${i % 4}" time="${time}"/>`);
  const text = `<testsuite name="s">${cases.join("")}</testsuite>`;
  const { facts } = readReportFile(`${name}.xml`, pieces(text), counting);
  if (facts?.kind !== "tests") throw new Error("holds no tests");
  return facts.tests;
}

test("the slowest tests of many files are the same whether a file knows those before or not", () => {
  const file = fc.array(fc.nat(30), { minLength: 1, maxLength: 14 });
  fc.assert(
    fc.property(fc.array(file, { minLength: 1, maxLength: 12 }), (files) => {
      const slowest = slowestSoFar({});
      const knowing = files.map((times, i) => {
        const tests = testsOf(times, `file ${i}`, slowest.counting);
        slowest.add(tests);
        return tests;
      });
      const alone = files.map((times, i) => testsOf(times, `file ${i}`, {}));
      expect(mergeTests(knowing)).toEqual(mergeTests(alone));
      expect(mergeTests(knowing.toReversed())).toEqual(mergeTests(alone));
    }),
  );
});
