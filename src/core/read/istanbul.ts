import coverageLibrary, { type FileCoverageData } from "istanbul-lib-coverage";
import { refuse } from "../model/problem.ts";
import { type CoverageTally, createCoverage } from "./coverage-tally.ts";
import type { Reader } from "./reader.ts";
import { isObject, type Json, member } from "./text/json.ts";
import { eachEntry } from "./text/json-entries.ts";

/** Istanbul's coverage-final.json. https://github.com/istanbuljs/istanbuljs, packages/istanbul-lib-coverage. */
export const istanbul: Reader = {
  label: "Istanbul coverage-final.json",
  families: ["coverage"],
  writtenBy: "nyc, Jest, vitest, c8, Cypress",
  claims: ({ json: { keys } }) => keys.has("*/statementMap") || keys.has("*/*/statementMap"),
  read(source, file) {
    const coverage = createCoverage("istanbul");
    eachEntry(source, file, (key, value) => addFile(coverage, fileData(value, key, file), key, file));
    return coverage.finish(file, []);
  },
};

function addFile(coverage: CoverageTally, data: FileCoverageData, key: string, file: string): void {
  const covered = coverageLibrary.createFileCoverage(data);
  // The key is kept anyway, to know it when it comes again.
  const into = coverage.source(covered.path === key ? key : covered.path, "kept");
  for (const [line, hits] of Object.entries(covered.getLineCoverage()))
    into.line(Number(line), hits > 0, { file });
  coverage.records("statements");
  coverage.records("functions");
  coverage.records("branches");
  for (const id of Object.keys(covered.statementMap)) into.part("statements", id, covered.s[id]! > 0);
  for (const id of Object.keys(covered.fnMap)) into.part("functions", id, covered.f[id]! > 0);
  for (const id of Object.keys(covered.branchMap)) {
    for (const [arm, hits] of covered.b[id]!.entries()) into.part("branches", `${id}:${arm}`, hits > 0);
  }
}

/** Narrows one entry; what the library would read as "not covered" or NaN where the file is damaged is refused here. */
function fileData(value: Json, key: string, file: string): FileCoverageData {
  const entry = isObject(member(value, "data")) ? member(value, "data")! : value;
  const path = member(entry, "path");
  if (typeof path !== "string" || path === "") bad(file, key, "has no path");
  for (const [map, counts] of [
    ["statementMap", "s"],
    ["fnMap", "f"],
    ["branchMap", "b"],
  ] as const) {
    const parts = member(entry, map);
    const hits = member(entry, counts);
    if (!isObject(parts) || !isObject(hits)) bad(file, key, `has no ${map} with its counts "${counts}"`);
    for (const id of Object.keys(parts)) {
      const count = member(hits, id);
      const fine = map === "branchMap" ? areHits(count, member(parts[id], "locations")) : isHits(count);
      if (!fine) bad(file, key, `has no count of hits for ${map} ${id.slice(0, 20)}`);
    }
  }
  for (const [id, place] of Object.entries(member(entry, "statementMap") as Record<string, Json>)) {
    const line = member(member(place, "start"), "line");
    if (typeof line !== "number" || !Number.isInteger(line))
      bad(file, key, `statement ${id.slice(0, 20)} has no line`);
  }
  return entry as unknown as FileCoverageData;
}

/** Whether there is a count for each arm of a branch. */
function areHits(counts: Json | undefined, arms: Json | undefined): boolean {
  if (!Array.isArray(counts) || !counts.every(isHits)) return false;
  return Array.isArray(arms) ? counts.length >= arms.length : counts.length > 0;
}

function isHits(value: Json | undefined): boolean {
  return typeof value === "number" && Number.isFinite(value);
}

function bad(file: string, key: string, what: string): never {
  refuse({
    code: "bad-value",
    message: `${key.slice(0, 120)} ${what}`,
    at: { file },
    hint: "Let the tool write the file again; do not join coverage files by hand.",
  });
}
