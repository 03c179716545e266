// Counts the cases that it hands out: its own total leaves out the skipped ones.
import { parse } from "test-results-parser";

const result = parse({ type: "junit", files: [process.argv[2]] });
let [total, failed, skipped] = [0, 0, 0];
for (const suite of result.suites) {
  for (const test of suite.cases) {
    total++;
    if (test.status === "FAIL") failed++;
    else if (test.status === "SKIP") skipped++;
  }
}
console.log(JSON.stringify({ total, failed, skipped }));
