import { readFileSync } from "node:fs";
import { parse } from "junit2json";

const report = await parse(readFileSync(process.argv[2], "utf8"));
let [total, failed, skipped] = [0, 0, 0];
for (const suite of report.testsuite) {
  for (const test of suite.testcase) {
    total++;
    if (test.failure || test.error) failed++;
    else if (test.skipped) skipped++;
  }
}
console.log(JSON.stringify({ total, failed, skipped }));
