import { createReadStream } from "node:fs";
import { lcovParser } from "@friedemannsommer/lcov-parser";

const sections = await lcovParser({ from: createReadStream(process.argv[2]) });
const sum = (kind, key) => sections.reduce((all, section) => all + section[kind][key], 0);
console.log(
  JSON.stringify({
    files: sections.length,
    lines: sum("lines", "instrumented"),
    linesHit: sum("lines", "hit"),
    functions: sum("functions", "instrumented"),
    functionsHit: sum("functions", "hit"),
  }),
);
