import { expect, test } from "vitest";
import { collect } from "../src/core/collect.ts";
import { measure } from "../src/core/measure/index.ts";
import type { ReadFile } from "../src/core/model/evidence.ts";
import { readText } from "./runner/bytes.ts";

const lcov = (name: string, ...records: readonly (readonly [path: string, hits: number])[]) =>
  readText(
    records.map(([path, hits]) => `SF:${path}\nDA:1,${hits}\nDA:2,${hits}\nend_of_record\n`).join(""),
    name,
  );
const [api, web] = [
  lcov("cov/api.info", ["src/index.ts", 1]),
  lcov("cov/web.info", ["src/index.ts", 0], ["web/src/cart.ts", 1]),
];
const packages = ["api/src/index.ts", "web/src/index.ts", "web/src/cart.ts"];

function coverage(
  files: readonly ReadFile[],
  tracked: readonly string[],
  include: readonly string[] = [],
  kpi = "coverage.lines",
) {
  const { measurements, problems } = measure(
    { sources: [{ family: "coverage", glob: "cov/*", files, problems: [] }], root: "/w", tracked },
    { coverage: { include, exclude: [] }, groups: new Map(), phases: [] },
  );
  return [measurements.get(kpi), problems.map(({ message }) => message)];
}

const ratio = (part: number, whole: number) => ({ kind: "ratio", part, whole });
const unclear = (path: string, ...meant: readonly string[]) =>
  `${path} could be ${meant.join(" or ")}; taken as written, and united with no other report file`;
const told = [unclear("src/index.ts", "api/src/index.ts", "web/src/index.ts")];

test("a path that could mean several source files is one of its own in each report file", () => {
  for (const files of [
    [api, web],
    [web, api],
  ]) {
    expect(coverage(files, packages)).toEqual([ratio(4, 6), told]);
    expect(coverage(files, packages, [], "coverage.files")[0]).toEqual({ kind: "amount", amount: 3 });
    expect(coverage(files, packages, ["src/*.ts"])).toEqual([ratio(2, 4), told]);
    expect(coverage(files, packages, ["web/**"])).toEqual([ratio(2, 2), told]);
  }
});

test("and so it is on each runner, even where their report files have one name", () => {
  const collected = [api, web].map((file, i) => {
    const source = {
      family: "coverage",
      glob: "cov/*",
      files: [{ ...file, path: "cov/lcov.info" }],
    } as const;
    const text = collect(
      { sources: [{ ...source, problems: [] }], problems: [], root: "/w", tracked: packages },
      { id: `${i}`, written: "2026-11-24T09:26:50.110Z", groups: new Map(), retries: "elements" },
    );
    const { facts } = readText(text, `facts-${i}.json`);
    return facts?.kind === "facts" ? facts.collected.sources.flatMap(({ files }) => files) : [];
  });
  expect(coverage(collected.flat(), packages)).toEqual([ratio(4, 6), told]);
});

test("a path of one source file, spelt in several ways by several report files, is that file", () => {
  const files = [lcov("a.info", ["cart.ts", 1]), lcov("b.info", ["web/src/cart.ts", 0])];
  expect(coverage(files, packages)).toEqual([ratio(2, 2), []]);
});

test("a generated file is not the source file that ends like it, of which the same report file tells", () => {
  const file = lcov("lcov.info", ["parser.cc", 1], ["src/parser.cc", 0]);
  expect(coverage([file], ["src/parser.cc"])).toEqual([ratio(2, 4), []]);
  expect(coverage([file, file], ["src/parser.cc"])).toEqual([ratio(2, 4), []]);
});

test("nor in the JSON of coverage.py", () => {
  const lines = (ran: boolean) => ({ executed_lines: ran ? [1] : [], missing_lines: ran ? [] : [1] });
  const files = { "__init__.py": lines(true), "app/__init__.py": lines(false) };
  const file = readText(JSON.stringify({ meta: { format: 3 }, files, totals: {} }), "coverage.json");
  expect(coverage([file], ["app/__init__.py"])).toEqual([ratio(1, 2), []]);
});
