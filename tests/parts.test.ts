import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { armId } from "../src/core/model/arms.ts";
import { emptyPool } from "../src/core/model/byte-pool.ts";
import type { PackedParts } from "../src/core/model/parts.ts";
import { createPartCollector } from "../src/core/read/part-collector.ts";
import { always, never, plainReading } from "./runner/plain-reading.ts";

const ids = fc.array(fc.tuple(fc.constantFrom("1,0,0", "1,0,1", "größe", "a b", "", "+", "-"), fc.boolean()));
const many = fc.array(fc.tuple(fc.nat(2000).map(String), fc.boolean()), { maxLength: 3000 });

describe("packed parts", () => {
  test.each([
    ["a few that come again", ids],
    ["many", many],
  ])("are what a map would hold: %s", (_, lists) => {
    const collector = createPartCollector();
    fc.assert(
      fc.property(lists, (list) => {
        const map = new Map<string, boolean>();
        for (const [id, ran] of list) {
          map.set(id, ran || map.get(id) === true);
          collector.text(id, ran);
        }
        const packed = collector.pack(emptyPool());
        expect([...packed]).toEqual([...map]);
        expect([...packed.keys()]).toEqual([...map.keys()]);
        expect([...packed.values()]).toEqual([...map.values()]);
        expect([packed.size, packed.covered]).toEqual([map.size, [...map.values()].filter(Boolean).length]);
        for (const [id, ran] of map) expect(packed.get(id)).toBe(ran);
        expect(packed.has("not there")).toBe(false);
      }),
      { numRuns: 40 },
    );
  });
});

describe("parts told by blocks", () => {
  const block = fc.constantFrom("1.1,2.2", "1.1,20.2", "a:b", "größe");
  const blocks = fc.uniqueArray(fc.tuple(block, fc.nat(4), fc.boolean()), { selector: ([name]) => name });

  test("are each of the parts of every block", () => {
    const collector = createPartCollector();
    fc.assert(
      fc.property(blocks, (list) => {
        for (const [name, parts, ran] of list) collector.text(`${name}:${parts}`, ran);
        const told = collector.pack(emptyPool()).asBlocks() as PackedParts;
        const each = list.flatMap(([name, parts, ran]) =>
          Array.from({ length: parts }, (_, i) => [`${name}:${i}`, ran] as const),
        );
        expect([...told]).toEqual(each);
        expect([told.size, told.covered]).toEqual([each.length, each.filter(([, ran]) => ran).length]);
        for (const [id, ran] of each) expect(told.get(id)).toBe(ran);
        expect(told.has("1.1,2.2:9")).toBe(false);
      }),
    );
  });

  test("are refused where a block has two numbers of them", () => {
    const collector = createPartCollector();
    for (const id of ["a:1", "b:2", "a:2"]) collector.text(id, true);
    expect(collector.pack(emptyPool()).asBlocks()).toEqual({ contradicted: "a" });
  });
});

describe("arms told by numbers", () => {
  const number = fc.oneof(
    fc.nat(3),
    fc.nat(1000),
    fc.constantFrom(127, 128, 2 ** 27 - 1, 2 ** 27, 99_999_999_999),
  );
  const run = fc.record({
    line: number,
    first: number,
    count: fc.oneof({ weight: 30, arbitrary: fc.nat(3) }, fc.constant(300)),
    ran: fc.nat(4),
    spelt: fc.boolean(),
  });
  const inOrder = (list: readonly Told[]) =>
    list.map((one) => ({ ...one, spelt: false })).toSorted((a, b) => a.line - b.line || a.first - b.first);
  type Told = { line: number; first: number; count: number; ran: number; spelt: boolean };

  test.each([
    ["in their order", fc.array(run).map(inOrder)],
    ["in any order", fc.array(run)],
    [
      "in their order and then in any",
      fc.tuple(fc.array(run).map(inOrder), fc.array(run)).map((lists) => lists.flat()),
    ],
  ])("are what a map would hold: %s", (_, lists) => {
    let taken = 0;
    const collector = createPartCollector((count) => (taken += count));
    fc.assert(
      fc.property(lists, (list) => {
        const map = new Map<string, boolean>();
        taken = 0;
        for (const { line, first, count, ran, spelt } of list) {
          for (let i = 0; i < count; i++) {
            const id = armId("pairs", line, 0, first + i);
            map.set(id, i < ran || map.get(id) === true);
            if (spelt) collector.text(id, i < ran);
          }
          if (!spelt) collector.arms(line, first, count, Math.min(ran, count));
          expect(collector.size()).toBe(map.size);
        }
        const packed = collector.pack(emptyPool());
        expect([...packed]).toEqual([...map]);
        expect([packed.size, packed.covered, taken]).toEqual([
          map.size,
          [...map.values()].filter(Boolean).length,
          map.size,
        ]);
        for (const [id, ran] of map) expect(packed.get(id)).toBe(ran);
        expect(packed.has("1,1")).toBe(false);
      }),
    );
  });
});

describe("lcov records in their plain form", () => {
  const count = fc.constantFrom("0", "1", "12", "00", "18446744073709551615");
  const line = fc.oneof(
    { weight: 20, arbitrary: fc.integer({ min: 0, max: 300 }) },
    fc.constantFrom(20_000, 4_194_304, 2 ** 60),
  );
  const record = fc.oneof(
    fc.tuple(line, count).map(([at, hits]) => `DA:${at},${hits}`),
    fc
      .tuple(line, fc.nat(2), fc.nat(3), fc.oneof(count, fc.constant("-")))
      .map((fields) => `BRDA:${fields.join(",")}`),
    fc
      .tuple(line, fc.constantFrom("f", "größe", "a,b", "7up", "x y"))
      .map(([at, name]) => `FN:${at},${name}`),
    fc
      .tuple(count, fc.constantFrom("f", "größe", "a,b", "7up", "x y"))
      .map(([hits, name]) => `FNDA:${hits},${name}`),
  );
  const file = fc
    .array(fc.tuple(fc.constantFrom("a.c", "b.c"), fc.array(record)), { minLength: 1, maxLength: 5 })
    .map((files) => files.flatMap(([path, lines]) => [`SF:${path}`, ...lines, "end_of_record"]));

  function read(lines: readonly string[], end: string, kernelFrom: number) {
    const bytes = new TextEncoder().encode(`TN:${end}${lines.join(end)}${end}`);
    return plainReading("lcov.info", bytes, 65_536, kernelFrom);
  }

  test("read the same as line by line, whatever their ends", () => {
    fc.assert(
      fc.property(file, (lines) => {
        const closely = read(lines, "\n", never);
        for (const end of ["\n", "\r\n"]) expect(read(lines, end, always)).toEqual(closely);
      }),
    );
  });
});
