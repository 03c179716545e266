import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sumCoverage } from "../src/core/measure/coverage-sums.ts";
import { mergeCoverage } from "../src/core/measure/merge-coverage.ts";
import { readReportFile } from "../src/core/read/index.ts";
import { always, never, sourceFor } from "./runner/plain-reading.ts";

interface Declared {
  readonly line: number;
  readonly name: string;
  readonly ran: boolean;
}

const all = fc.array(
  fc.record({
    line: fc.integer({ min: 1, max: 12 }),
    name: fc.constantFrom("area", "name", "get value", "constructor", "f,g"),
    ran: fc.boolean(),
    /** Whether it ran in another shard. */
    elsewhere: fc.boolean(),
  }),
  { minLength: 1, maxLength: 12 },
);

/** The ways in which tools write the same functions. */
const dialects: Readonly<Record<string, (functions: readonly Declared[]) => readonly string[]>> = {
  "first the functions and then their hits": (functions) => [
    ...functions.map(({ line, name }) => `FN:${line},${name}`),
    ...functions.map(({ name, ran }) => `FNDA:${ran ? 3 : 0},${name}`),
  ],
  "each with its hits": (functions) =>
    functions.flatMap(({ line, name, ran }) => [
      `FN:${line},${line + 2},${name}`,
      `FNDA:${ran ? 1 : 0},${name}`,
    ]),
  "first the hits": (functions) => [
    ...functions.map(({ name, ran }) => `FNDA:${ran ? 1 : 0},${name}`),
    ...functions.map(({ line, name }) => `FN:${line},${name}`),
  ],
  "by index, as lcov 2 does": (functions) =>
    functions.flatMap(({ line, name, ran }, i) => [
      `FNL:${i},${line},${line + 2}`,
      `FNA:${i},${ran ? 1 : 0},${name}`,
      `FNA:${i},0,alias of ${name}`,
    ]),
};

function read(lines: readonly string[], kernelFrom: number) {
  const text = ["SF:shapes.js", ...lines, "DA:1,1", "end_of_record", ""].join("\n");
  const { facts } = readReportFile(
    "lcov.info",
    sourceFor(new TextEncoder().encode(text), 65_536, kernelFrom),
  );
  if (facts?.kind !== "coverage") throw new Error("no coverage");
  return facts.coverage;
}

const functionsOf = (...reports: readonly ReturnType<typeof read>[]) =>
  sumCoverage(mergeCoverage(reports.map((coverage) => ({ file: "lcov.info", coverage }))).files).functions;

const tally = (functions: readonly Declared[]) => ({
  covered: functions.filter(({ ran }) => ran).length,
  total: functions.length,
});

describe.each(Object.entries(dialects))("functions of an lcov record, %s", (_, written) => {
  test.each([
    ["with the kernel", always],
    ["line by line", never],
  ])("are as many as it declares, whatever names they share, %s", (_, from) => {
    fc.assert(
      fc.property(all, (functions) => {
        expect(functionsOf(read(written(functions), from))).toEqual(tally(functions));
      }),
    );
  });

  test.each([10, 40, 3_000])("are as many where a name comes %s times", (times) => {
    const functions = Array.from({ length: times }, (_, i) => [
      { line: i + 1, name: "f", ran: i % 3 === 0, elsewhere: false },
      { line: i + 1, name: "e,f", ran: i % 2 === 0, elsewhere: false },
      { line: i + 1, name: `g${i}`, ran: false, elsewhere: false },
    ]).flat();
    for (const from of [always, never])
      expect(functionsOf(read(written(functions), from))).toEqual(tally(functions));
  });

  test("are the same functions in every shard, and ran if they ran in one", () => {
    fc.assert(
      fc.property(all, (functions) => {
        const other = functions.map((one) => ({ ...one, ran: one.elsewhere }));
        const shards = [read(written(functions), always), read(written(other), never)];
        const either = functions.map((one) => ({ ...one, ran: one.ran || one.elsewhere }));
        expect(functionsOf(...shards)).toEqual(tally(either));
        expect(functionsOf(...shards.reverse())).toEqual(tally(either));
      }),
    );
  });
});

test("a shard that knows only one of two functions of a name does not stand for the other", () => {
  const [one, both] = [
    [{ line: 8, name: "area", ran: true }],
    [
      { line: 3, name: "area", ran: false },
      { line: 8, name: "area", ran: false },
    ],
  ];
  for (const write of Object.values(dialects)) {
    expect(functionsOf(read(write(one), always), read(write(both), always))).toEqual({
      covered: 1,
      total: 2,
    });
  }
});

test("the format of lcov 2 and the one before tell of the same functions", () => {
  const [before, two] = [dialects["each with its hits"]!, dialects["by index, as lcov 2 does"]!];
  fc.assert(
    fc.property(all, (functions) => {
      expect(functionsOf(read(before(functions), always), read(two(functions), always))).toEqual(
        tally(functions),
      );
    }),
  );
});
