// The least that a replay can do: take in every recorded run as a value.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

let runs = 0;
const folder = process.argv[2];
for (const name of readdirSync(folder, { recursive: true })) {
  if (!name.endsWith(".json")) continue;
  JSON.parse(readFileSync(join(folder, name), "utf8"));
  runs++;
}
console.log(JSON.stringify({ runs }));
