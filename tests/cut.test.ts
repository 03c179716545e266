import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { isError } from "../src/core/model/problem.ts";
import { readText, testPath } from "./runner/bytes.ts";

/** Good files of formats that have an end: whoever cuts one anywhere must be told. */
const whole = ["read/k6/handle-summary.json", "read/k6/summary-export.json", "read/k6/machine-readable.json"];

test.each(whole)("%s cut at any byte is an error", (file) => {
  const bytes = readFileSync(testPath(file));
  const end = bytes.toString("latin1").trimEnd().length;
  expect(readText(bytes, file).problems.filter(isError)).toEqual([]);
  const silent = Array.from({ length: end }, (_, size) => size).filter(
    (size) => !readText(bytes.subarray(0, size), file, 4096).problems.some(isError),
  );
  expect(silent).toEqual([]);
});
