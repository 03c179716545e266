// A counter on saxes, the fastest strict streaming XML parser on npm.
import { openSync, readSync } from "node:fs";
import { SaxesParser } from "saxes";

let [total, failed, skipped] = [0, 0, 0];
let [isFailed, isSkipped] = [false, false];

const parser = new SaxesParser({ position: false });
parser.on("opentag", ({ name }) => {
  if (name === "testcase") [isFailed, isSkipped] = [false, false];
  else if (name === "failure" || name === "error") isFailed = true;
  else if (name === "skipped") isSkipped = true;
});
parser.on("closetag", ({ name }) => {
  if (name !== "testcase") return;
  total++;
  if (isFailed) failed++;
  else if (isSkipped) skipped++;
});

const file = openSync(process.argv[2], "r");
const buffer = Buffer.allocUnsafe(64 * 1024);
const decoder = new TextDecoder("utf-8", { fatal: true });
for (let size = readSync(file, buffer); size > 0; size = readSync(file, buffer)) {
  parser.write(decoder.decode(buffer.subarray(0, size), { stream: true }));
}
parser.write(decoder.decode()).close();
console.log(JSON.stringify({ total, failed, skipped }));
