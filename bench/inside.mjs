// JUnit files inside one warm process, without start-up and files: mitata calls each reader until its times are stable.
import { measure } from "mitata";
import { readReportFile } from "../src/core/read/index.ts";
import { writeJunit } from "./input/junit.mjs";
import { createRandom } from "./input/random.mjs";
import { parsers } from "./peers/xml.mjs";
import { table } from "./table.mjs";

const sizes = process.argv.includes("--quick") ? [100] : [100, 10_000];

/** Pieces as the program reads them. */
function piecesOf(cases) {
  const texts = [];
  writeJunit(cases, createRandom(7), (piece) => texts.push(piece));
  const bytes = Buffer.from(texts.join(""));
  return Array.from({ length: Math.ceil(bytes.length / 65_536) }, (_, i) =>
    bytes.subarray(i * 65_536, (i + 1) * 65_536),
  );
}

const lines = [];
for (const cases of sizes) {
  const pieces = piecesOf(cases);
  const readers = { "phase-gate": () => readReportFile("report.xml", pieces) };
  for (const [name, read] of Object.entries(parsers)) readers[`${name} (counting)`] = () => read(pieces);
  const times = new Map();
  for (const [name, read] of Object.entries(readers)) times.set(name, (await measure(read)).p50);
  for (const [name, time] of times) {
    lines.push([
      `${name}, ${cases.toLocaleString("en")} cases`,
      `${(time / times.get("phase-gate")).toFixed(2)}x`,
    ]);
  }
}
console.log(table(["inside a warm process", "time"], lines));
