import { describe, expect, test } from "vitest";
import { takeHead } from "../src/core/read/head.ts";
import { claimants } from "../src/core/read/index.ts";
import { openWindow } from "../src/core/read/text/window.ts";
import { pieces, readText } from "./runner/bytes.ts";

const many = <T>(count: number, of: (i: number) => T) => Array.from({ length: count }, (_, i) => of(i));
const lines = many(2_000, (i) => ({
  branches: [],
  count: 1,
  "gcovr/md5": "0".repeat(32),
  line_number: i + 1,
}));
const functions = many(2_000, (i) => ({
  execution_count: 1,
  lineno: i + 1,
  name: `f${i}`,
  returned_percent: 0,
}));
const branches = many(4_000, (i) => [i, 5, i, 20, 1, 0, 0, 0, 4]);
const expansions = many(800, () => ({
  branches: [],
  filenames: many(4, (i) => `/usr/include/some/header-${i}.h`),
  source_region: [1, 2, 3, 4, 5, 0, 0, 1],
  target_regions: [],
}));
const summary = {
  branches: { count: 2, covered: 1 },
  functions: { count: 1, covered: 1 },
  lines: { count: 4, covered: 3 },
};

/** As tools write them that sort keys: what names the format stands at the end. */
const sorted: readonly (readonly [string, string, object])[] = [
  ["gcovr", "many lines", { files: [{ file: "a.c", functions: [], lines }], "gcovr/format_version": "0.6" }],
  ["gcovr", "many functions", { files: [{ file: "a.c", functions, lines }], "gcovr/format_version": "0.5" }],
  ...[
    ["many branches", branches, []],
    ["many macro expansions", [], expansions],
  ].map(([what, branches, expansions]) => {
    const file = { branches, expansions, filename: "a.c", segments: [], summary };
    const data = [{ files: [file], functions: [], totals: summary }];
    return [
      "llvm-cov",
      what as string,
      { data, type: "llvm.coverage.json.export", version: "2.0.1" },
    ] as const;
  }),
];

describe("what names a format is beyond the head of a file, because keys are sorted", () => {
  test.each(sorted)("%s with %s in its first source file", (format, _, document) => {
    for (const text of [JSON.stringify(document), JSON.stringify(document, null, 2)]) {
      const bytes = new TextEncoder().encode(text);
      expect(bytes.length).toBeGreaterThan(65_536);
      expect(claimants(takeHead(openWindow(pieces(bytes), "a.json")))).toEqual([format]);
      const read = readText(text, "a.json");
      expect(read.format).toBe(format);
      expect(read.problems.filter(({ severity }) => severity === "error")).toEqual([]);
    }
  });
});
