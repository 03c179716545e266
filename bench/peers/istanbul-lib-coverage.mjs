// As its documentation shows: the whole document parsed, and the map summed up.
import { readFileSync } from "node:fs";
import coverage from "istanbul-lib-coverage";

const map = coverage.createCoverageMap(JSON.parse(readFileSync(process.argv[2], "utf8")));
const { lines, functions, branches } = map.getCoverageSummary();
console.log(
  JSON.stringify({
    files: map.files().length,
    lines: lines.total,
    linesHit: lines.covered,
    functions: functions.total,
    functionsHit: functions.covered,
    branches: branches.total,
    branchesHit: branches.covered,
  }),
);
