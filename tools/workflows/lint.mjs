// Lints workflows and action.yml with GitHub's own language service, without a network: node lint.mjs FILE...
// Prints `file:line: message` for each error and warning, and exits 1 if there is one.
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parse } from "yaml";
import { importSource } from "../build/import-source.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const repository = "phase-gate/phase-gate";
const warning = 2;

const files = process.argv.slice(2);
if (files.length === 0) throw new Error("no files to lint");

// It imports JSON in a way that only bundlers understand.
const entry = fileURLToPath(import.meta.resolve("@actions/languageservice"));
const { registerLogger, validate } = await importSource(root, entry);
registerLogger({ error: fail, warn: fail, info() {}, log() {} });

const ownAction = parse(await readFile(join(root, "action.yml"), "utf8"));

let found = 0;
for (const file of files) {
  const text = await readFile(file, "utf8");
  const document = { uri: pathToFileURL(file).href, getText: () => text };
  const diagnostics = await validate(document, { actionsMetadataProvider: { fetchActionMetadata } });
  for (const { range, message, severity = 1 } of diagnostics) {
    if (severity > warning) continue;
    console.log(`${file}:${range.start.line + 1}: ${message}`);
    found++;
  }
}
process.exitCode = found === 0 ? 0 : 1;

/** The inputs of this repository's action; of another's nothing is known, and nothing said. */
async function fetchActionMetadata({ owner, name, path }) {
  return `${owner}/${name}` === repository && path === undefined ? ownAction : { name, description: "" };
}

/** The service logs its own failures and then finds nothing, which would look like a file without faults. */
function fail(message) {
  console.log(`the language service failed: ${message}`);
  found++;
}
