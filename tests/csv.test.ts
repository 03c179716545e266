import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Row, scanCsv } from "../src/core/read/text/csv.ts";
import { readText } from "./runner/bytes.ts";

const bytes = (text: string) => [new TextEncoder().encode(text)];

describe("comma-separated values", () => {
  test("come back as they were written, whatever is in them", () => {
    const field = fc.string({ unit: fc.constantFrom("a", "1", '"', ",", "\n", " "), maxLength: 8 });
    const quoted = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    fc.assert(
      fc.property(fc.array(fc.tuple(field, field, field), { maxLength: 5 }), (records) => {
        const lines = [["x", "y", "z"], ...records].map((record) => `${record.map(quoted).join(",")}\n`);
        const rows: Row[] = [];
        scanCsv(bytes(lines.join("")), "a.csv", (row) => rows.push(row));
        expect(rows.map((row) => ["x", "y", "z"].map(row.field))).toEqual(records);
      }),
    );
  });

  test.each([
    ["name,value\n", "\n"],
    ["name,value\n", 'x""\n'],
    ["timeStamp,elapsed,success\n", "\n"],
  ])("with %j and a quote that is never closed are refused at once, however many %j follow", (head, line) => {
    const begun = performance.now();
    const { problems } = readText(`${head}"${line.repeat(1_000_000 / line.length)}`, "a.csv");
    expect(problems.map(({ code }) => code)).toEqual(["truncated"]);
    expect(performance.now() - begun).toBeLessThan(2_000);
  });
});
