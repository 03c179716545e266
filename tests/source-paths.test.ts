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
    expect(resolve(path, reportFile)).toEqual({ path: expected });
  });

  test("where several files could be meant, none is guessed and all are told", () => {
    const several = ["packages/a/src/index.ts", "packages/b/src/index.ts"];
    expect(resolve("src/index.ts", "reports/lcov.info")).toEqual({ path: "src/index.ts", several });
  });

  test("without a repository every path stays", () => {
    expect(sourceResolver([], "/work")("src/cart.ts", "lcov.info")).toEqual({ path: "src/cart.ts" });
  });
});
