import { createHash } from "node:crypto";
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeCobertura } from "./input/cobertura.mjs";
import { writeFacts, writeShards } from "./input/facts.mjs";
import { writeHistory } from "./input/history.mjs";
import { writeIstanbul } from "./input/istanbul.mjs";
import { writeJacoco } from "./input/jacoco.mjs";
import { writeJunit, writeSingleSuite, writeSmallFiles } from "./input/junit.mjs";
import { writeLcov } from "./input/lcov.mjs";
import { createRandom } from "./input/random.mjs";

const all = fileURLToPath(new URL("generated/", import.meta.url));
const seed = 20261122;

const kinds = {
  junit: { file: "report.xml", generate: writeJunit },
  suite: { file: "report.xml", generate: writeSingleSuite },
  small: { folder: true, generate: writeSmallFiles },
  lcov: { file: "lcov.info", generate: writeLcov },
  cobertura: { file: "cobertura.xml", generate: writeCobertura },
  jacoco: { file: "jacoco.xml", generate: writeJacoco },
  history: { folder: true, generate: writeHistory },
  istanbul: { file: "coverage-final.json", generate: writeIstanbul },
  facts: { folder: true, generate: writeFacts, made: ["../src/core/facts-file/"] },
  shards: { folder: true, generate: writeShards, made: ["../src/core/facts-file/"] },
};

const configs = {
  "phase-gate.yml": '{ tests: "**/*.xml" }',
  "facts.yml": '{ facts: "facts-*.json" }',
  "reports.yml": '{ tests: "reports/*/junit.xml", coverage: "reports/*/lcov.info" }',
};

/**
 * Generated input of a kind and size, in a folder of its own with a configuration and an event: the folder, the report
 * file in it (or the folder again), the bytes, the bytes of what lies beside it, and the totals every reader must find.
 * What the same generator wrote before is used again.
 */
export function generated(kind, size) {
  const folder = join(all, `${kind}-${size}-${generatorHash(kinds[kind].made)}`);
  const note = join(folder, "note.json");
  try {
    return JSON.parse(readFileSync(note, "utf8"));
  } catch {
    rmSync(folder, { recursive: true, force: true });
  }
  mkdirSync(folder, { recursive: true });
  for (const [name, sources] of Object.entries(configs)) writeFileSync(join(folder, name), config(sources));
  writeFileSync(join(folder, "event.json"), '{ "pull_request": { "number": 7, "head": { "sha": "0" } } }');
  const made = {
    folder,
    ...(kinds[kind].folder ? writeMany(kind, size, folder) : writeOne(kind, size, folder)),
  };
  writeFileSync(note, JSON.stringify(made));
  return made;
}

function config(sources) {
  return `version: 1
sources: ${sources}
phases: [{ name: Any, kpis: { tests.total: at least 1 } }]
`;
}

function writeMany(kind, size, folder) {
  let [bytes, beside] = [0, 0];
  const write = (path, text) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
    return Buffer.byteLength(text);
  };
  const totals = kinds[kind].generate(
    size,
    createRandom(seed),
    (path, text) => (bytes += write(path, text)),
    (path, text) => (beside += write(path, text)),
  );
  return { path: folder, bytes, beside, totals };
}

function writeOne(kind, size, folder) {
  const path = join(folder, kinds[kind].file);
  const file = openSync(path, "w");
  let [pieces, length, bytes] = [[], 0, 0];
  const flush = () => {
    const buffer = Buffer.from(pieces.join(""));
    for (let at = 0; at < buffer.length; ) at += writeSync(file, buffer, at);
    bytes += buffer.length;
    [pieces, length] = [[], 0];
  };
  const totals = kinds[kind].generate(size, createRandom(seed), (piece) => {
    pieces.push(piece);
    length += piece.length;
    if (length > 1 << 20) flush();
  });
  flush();
  closeSync(file);
  return { path, bytes, totals };
}

/** Eight digits that change with the source of the generator, so that nothing of an older one is used. */
function generatorHash(made = []) {
  const hash = createHash("sha256");
  for (const folder of ["./", "./input/", ...made]) {
    const source = new URL(folder, import.meta.url);
    const names = readdirSync(source).filter((name) => folder !== "./" || name === "generate.mjs");
    for (const name of names.sort()) hash.update(readFileSync(new URL(name, source)));
  }
  return hash.digest("hex").slice(0, 8);
}
