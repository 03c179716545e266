import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { countLines } from "../src/core/model/line-set.ts";
import { readReportFile } from "../src/core/read/index.ts";
import { filesBelow, testPath } from "./runner/bytes.ts";
import { always, never, plainReading, sourceFor } from "./runner/plain-reading.ts";
import { damaged } from "./soak/damage.ts";
import { random } from "./soak/random.ts";
import { rounds, seed } from "./soak/share.ts";

const documents = ["genuine", "read"]
  .flatMap((folder) =>
    filesBelow(testPath(folder)).map((file) => [file, readFileSync(testPath(folder, file))] as const),
  )
  .filter(([, bytes]) => /^(?:TN|SF):/m.test(bytes.toString("latin1")));

function agree(bytes: Uint8Array, size: number, begin = always): void {
  const [kernel, lines] = [begin, never].map((from) => plainReading("lcov.info", bytes, size, from));
  expect(kernel, `${size}: ${JSON.stringify(Buffer.from(bytes).toString("latin1"))}`).toEqual(lines);
}

describe("the kernel of the lcov reader", () => {
  test("has documents to agree on", () => {
    expect(documents.length).toBeGreaterThan(15);
  });

  test.each(documents)("reads the same as line by line in %s, whole, damaged or cut", (_, bytes) => {
    const next = random(seed * 37 + bytes.length);
    for (const size of [65_536, 1_000, 77]) agree(bytes, size);
    for (let round = 0; round < rounds / 15; round++) {
      const size = next() < 0.5 ? 65_536 : 1 + Math.floor(next() * 400);
      agree(damaged(bytes, next), size);
      agree(bytes.subarray(0, Math.floor(next() * bytes.length)), size);
    }
  });

  const number = fc.constantFrom(
    ..."0 1 2 3 7 8 12 65535 65536 007 99999999 134217728 123456789 4194303 4194304 00 10000000000000000 -1 - +1 1.5".split(
      " ",
    ),
  );
  const name = fc.constantFrom(
    ..."f g f,g 1 1f (anonymous_0) é a|b".split(" "),
    "",
    " ",
    "f ",
    "a name of 40 letters",
  );
  const line = fc.oneof(
    fc.tuple(number, number).map(([a, b]) => `DA:${a},${b}`),
    fc.tuple(number, number, number, number).map((fields) => `BRDA:${fields.join(",")}`),
    fc
      .tuple(fc.constantFrom("FN", "FNDA", "FNL"), number, name)
      .map(([key, n, text]) => `${key}:${n},${text}`),
    fc.tuple(number, number, name).map(([a, b, text]) => `FNA:${a},${b},${text}`),
    fc
      .tuple(fc.constantFrom("LF", "LH", "FNF", "FNH", "BRF", "BRH", "XY"), number)
      .map((all) => all.join(":")),
    fc.constantFrom(
      "",
      "# DA:1,1",
      "TN:",
      "TN:é",
      "VER:1",
      "DA:1,2,x",
      "DA:1 ,2",
      "BRDA:1,e0,jump to 3,1",
      "end_of_record ",
    ),
  );
  const plainLine = fc.oneof(
    fc.tuple(fc.integer({ min: 1, max: 90 }), fc.nat(2)).map(([a, b]) => `DA:${a},${b}`),
    fc.tuple(fc.nat(9), fc.nat(2), fc.nat(2), fc.nat(1)).map((fields) => `BRDA:${fields.join(",")}`),
    fc.tuple(fc.nat(9), name).map(([n, text]) => `FNDA:${n},${text}`),
    fc.tuple(fc.nat(3), fc.nat(1), name).map(([a, b, text]) => `FNA:${a},${b},${text}`),
    fc.tuple(fc.nat(3), number, number).map((all) => `FNL:${all.join(",")}`),
    fc.tuple(fc.nat(3), number).map((all) => `FNL:${all.join(",")}`),
    fc.tuple(fc.nat(9), fc.nat(9), name).map((all) => `FN:${all.join(",")}`),
  );
  const lineEnd = fc.constantFrom("\n", "\r\n", "\n", "\r\n", "\r\r\n");
  const paths = fc.constantFrom("a.ts", "b.ts", "/src/é.ts", " c.ts", "./a.ts");
  const record = (lines: fc.Arbitrary<string>) =>
    fc.tuple(paths, fc.array(lines, { maxLength: 25 }), lineEnd).map(([path, all, end]) => {
      const whole = ["TN:", `SF:${path}`, ...all, "end_of_record"];
      return whole.map((one) => `${one}${end}`).join("");
    });
  const sizes = fc.integer({ min: 1, max: 300 });

  test.each([
    ["any lines", line],
    ["lines that tell the same again, in and out of order", plainLine],
    [
      "functions, many of one name",
      fc.oneof(
        fc.tuple(fc.integer({ min: 1, max: 9 }), name).map(([n, text]) => `FN:${n},${text}`),
        fc.tuple(fc.nat(1), name).map(([n, text]) => `FNDA:${n},${text}`),
      ),
    ],
    ["both", fc.oneof({ weight: 20, arbitrary: plainLine }, { weight: 1, arbitrary: line })],
  ] as const)("agrees with the reading line by line on %s", (_, lines) => {
    fc.assert(
      fc.property(fc.array(record(lines), { minLength: 1, maxLength: 4 }), sizes, (records, size) =>
        agree(new TextEncoder().encode(records.join("")), size),
      ),
      { seed, numRuns: rounds * 4 },
    );
  });

  test("agrees with it on more than it has room for", () => {
    const next = random(seed);
    const some = (count: number, text: (i: number) => string) =>
      Array.from({ length: count }, (_, i) => text(i));
    const any = (most: number) => Math.floor(next() * most);
    const kinds = [
      some(5_000, (i) => `FNDA:${any(2)},function number ${i}`),
      some(5_000, (i) => `BRDA:${any(40)},${i},0,1`),
      some(9_000, (i) => `BRDA:${i * 3000},${any(9000)},${any(9000)},1`),
      some(3_000, () => `DA:${1 + any(200_000)},${any(2)}`),
      some(200, (i) => `FNDA:1,${"n".repeat(900)}${i}`),
    ];
    for (const lines of [...kinds, kinds.flat(), [...kinds].reverse().flat()]) {
      agree(new TextEncoder().encode(`SF:a.ts\n${lines.join("\n")}\nend_of_record\n`.repeat(2)), 65_536);
    }
  });

  test("may take over in the middle of a record", () => {
    const text = `SF:a.ts\nDA:1,1\n# ${"long ".repeat(40_000)}\nDA:2,1\nLF:1\nLH:1\nend_of_record\n`;
    const bytes = new TextEncoder().encode(text);
    agree(bytes, 50, 90_000);
    expect(plainReading("lcov.info", bytes, 50, 90_000).problems.map(({ code }) => code)).toEqual([
      "totals-differ",
    ]);
  });

  test("counts the lines of records", () => {
    const bytes = new TextEncoder().encode("SF:a.ts\nDA:1,1\nDA:9,0\nLF:2\nLH:1\nend_of_record\n");
    const source = sourceFor(bytes, 65_536, always);
    const { facts } = readReportFile("lcov.info", source);
    if (facts?.kind !== "coverage") throw new Error("no coverage");
    expect(countLines(facts.coverage.files.get("a.ts")!.lines)).toEqual({ covered: 1, total: 2 });
  });
});
