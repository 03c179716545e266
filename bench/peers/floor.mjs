// The least that any reader can do: take in every byte of the file.
import { openSync, readSync } from "node:fs";

const file = openSync(process.argv[2], "r");
const buffer = Buffer.allocUnsafe(256 * 1024);
let bytes = 0;
for (let size = readSync(file, buffer); size > 0; size = readSync(file, buffer)) bytes += size;
console.log(JSON.stringify({ bytes }));
