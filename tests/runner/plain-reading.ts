import type { FileCoverage } from "../../src/core/model/facts.ts";
import { bitmapsOf } from "../../src/core/model/line-set.ts";
import { readReportFile } from "../../src/core/read/index.ts";
import { pieces } from "./bytes.ts";

/** Where a kernel takes over: at the very beginning, or nowhere. */
export const [always, never] = [0, Number.POSITIVE_INFINITY];

/** Bytes in pieces of one size, of which a kernel takes over when so many are at hand. */
export function sourceFor(bytes: Uint8Array, size: number, kernelFrom: number) {
  return { [Symbol.iterator]: () => pieces(bytes, size), kernelFrom };
}

/** Everything that is read of a coverage report, as plain values. */
export function plainReading(name: string, bytes: Uint8Array, size: number, kernelFrom: number) {
  const { facts, ...read } = readReportFile(name, sourceFor(bytes, size, kernelFrom));
  if (facts?.kind !== "coverage") return read;
  return { ...read, files: [...facts.coverage.files].map(([path, file]) => [path, plain(file)]) };
}

function plain({ lines, details, totals }: FileCoverage) {
  const bitmaps = Object.values(bitmapsOf(lines)).map((bits) =>
    [...bits.entries()].filter(([, bit]) => bit > 0),
  );
  const parts = details.map(({ branches, functions }) => [branches, functions].map((all) => all && [...all]));
  const sums = details.flatMap((one) => [one.branches, one.functions].map((all) => [all?.size, runs(all)]));
  return { bitmaps, parts, sums, totals };
}

function runs(parts: ReadonlyMap<string, boolean> | undefined): number | undefined {
  if (parts === undefined) return undefined;
  const counted = [...parts.values()].filter((ran) => ran).length;
  return "covered" in parts ? Number(parts.covered) : counted;
}
