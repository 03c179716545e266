// Stores records in a folder as fast as it can, from a run on; says of each that it is stored. Run as a process of its own.
import { readFolder, storeRecord } from "../../src/io/history-folder.ts";
import { record } from "./records.ts";

const [path = "", first = "1", count = "1", gate = "phase-gate"] = process.argv.slice(2);
const folder = { shown: path, path, gate };

for (let i = 0; i < Number(count); i++) {
  const number = Number(first) + i;
  const stored = storeRecord(folder, record(number));
  process.stdout.write(`${stored ? "stored" : "present"} ${number}\n`);
}

// Read at the end as well, while others still write: what is there must always be readable.
for (const { message } of readFolder(folder).problems) process.stdout.write(`problem ${message}\n`);
