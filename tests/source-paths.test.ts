import { describe, expect, test } from "vitest";
import { sourceResolver } from "../src/core/measure/source-paths.ts";

const tracked = [
  "index.ts",
  "src/cart.ts",
  "packages/a/src/index.ts",
  "packages/b/src/index.ts",
  "packages/b/src/only.ts",
  "pkg/store/store.go",
];
const resolve = sourceResolver(tracked, "/work/shop");

const cases: readonly (readonly [string, string, string, string])[] = [
  ["a path from the root is itself", "src/cart.ts", "coverage/lcov.info", "src/cart.ts"],
  ["an absolute path below the root is made relative", "/work/shop/src/cart.ts", "lcov.info", "src/cart.ts"],
  [
    "a path from a package, by the place of the report file",
    "src/index.ts",
    "packages/b/coverage/lcov.info",
    "packages/b/src/index.ts",
  ],
  [
    "a path from a package that only one file ends like",
    "src/only.ts",
    "reports/lcov.info",
    "packages/b/src/only.ts",
  ],
  ["a path of another machine, by its end", "/app/src/cart.ts", "lcov.info", "src/cart.ts"],
  ["the longest end counts", "/app/packages/a/src/index.ts", "lcov.info", "packages/a/src/index.ts"],
  ["a path of a Go module", "example.com/shop/pkg/store/store.go", "cover.out", "pkg/store/store.go"],
  ["a path of no file of the repository stays", "/usr/lib/x.js", "lcov.info", "/usr/lib/x.js"],
  ["names of folders are compared whole", "rc/cart.ts", "lcov.info", "rc/cart.ts"],
];

describe("paths of source files", () => {
  test.each(cases)("%s", (_, path, reportFile, expected) => {
    expect(resolve(reportFile, [path])(path)).toEqual({ path: expected });
  });

  test("where several files could be meant, none is guessed and all are told", () => {
    const several = ["packages/a/src/index.ts", "packages/b/src/index.ts"];
    expect(resolve("reports/lcov.info", [])("src/index.ts")).toEqual({ path: "src/index.ts", several });
  });

  const claimed: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ["an exact path", ["cart.ts", "src/cart.ts"], ["cart.ts", "src/cart.ts"]],
    ["an absolute path below the root", ["cart.ts", "/work/shop/src/cart.ts"], ["cart.ts", "src/cart.ts"]],
    [
      "the longer of two that end like it",
      ["only.ts", "b/src/only.ts", "src/only.ts"],
      ["only.ts", "packages/b/src/only.ts", "src/only.ts"],
    ],
    ["a path of another machine", ["/app/src/cart.ts", "cart.ts"], ["src/cart.ts", "cart.ts"]],
  ];
  test.each(claimed)("what %s of the same report file means, no other path means", (_, paths, expected) => {
    expect(paths.map(resolve("lcov.info", paths))).toEqual(expected.map((path) => ({ path })));
    const turned = paths.toReversed();
    expect(turned.map(resolve("lcov.info", turned))).toEqual(expected.toReversed().map((path) => ({ path })));
  });

  test("two spellings of a path below the root are one file", () => {
    const paths = ["/work/shop/src/cart.ts", "src/cart.ts"];
    expect(paths.map(resolve("lcov.info", paths))).toEqual([
      { path: "src/cart.ts" },
      { path: "src/cart.ts" },
    ]);
  });

  test("a copy of the sources beside them is not the sources", () => {
    const paths = ["src/cart.ts", "build/src/cart.ts"];
    expect(paths.map(resolve("lcov.info", paths))).toEqual(paths.map((path) => ({ path })));
  });

  test("one prefix counts for a whole report file, and other files below it stay", () => {
    const paths = [
      "/app/src/cart.ts",
      "/app/pkg/store/store.go",
      "/app/build/src/cart.ts",
      "/app/node_modules/x/index.ts",
    ];
    const found = paths.map(resolve("lcov.info", paths)).map(({ path }) => path);
    expect(found).toEqual(["src/cart.ts", "pkg/store/store.go", paths[2], paths[3]]);
  });

  test("20,000 files of one name are told apart at once", () => {
    const many = Array.from({ length: 20_000 }, (_, i) => `packages/p${i}/src/index.ts`);
    const begun = performance.now();
    for (const before of ["packages/", "/other/machine/packages/"]) {
      const paths = many.map((path) => path.replace("packages/", before === "packages/" ? "" : before));
      const found = paths.map(sourceResolver(many, "/w")("cov/lcov.info", paths));
      expect(found.map(({ path }) => path)).toEqual(many);
    }
    expect(performance.now() - begun).toBeLessThan(5_000);
    expect(sourceResolver(many, "/w")("cov/lcov.info", [])("src/index.ts")).toEqual({
      path: "src/index.ts",
      several: many.slice(0, 3),
    });
  });

  test("without a repository every path stays", () => {
    expect(sourceResolver([], "/work")("lcov.info", [])("src/cart.ts")).toEqual({ path: "src/cart.ts" });
  });
});
