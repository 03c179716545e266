import { createHash } from "node:crypto";
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeJunit, writeSingleSuite } from "./input/junit.mjs";
import { writeLcov } from "./input/lcov.mjs";
import { createRandom } from "./input/random.mjs";

const folder = join(tmpdir(), "phase-gate-bench");
const seed = 20261122;

const kinds = {
  junit: { extension: "xml", generate: writeJunit },
  suite: { extension: "xml", generate: writeSingleSuite },
  lcov: { extension: "info", generate: writeLcov },
};

/**
 * A generated report file of a kind and size: its path, its bytes, and the totals every reader must find in
 * it. A file that the same generator wrote before is used again.
 */
export function generated(kind, size) {
  const { extension, generate } = kinds[kind];
  const path = join(folder, `${kind}-${size}-${seed}-${generatorHash()}.${extension}`);
  const known = knownTotals(path);
  if (known) return known;

  mkdirSync(folder, { recursive: true });
  const file = openSync(path, "w");
  let [pieces, length] = [[], 0];
  const flush = () => {
    writeWhole(file, Buffer.from(pieces.join("")));
    [pieces, length] = [[], 0];
  };
  const totals = generate(size, createRandom(seed), (piece) => {
    pieces.push(piece);
    length += piece.length;
    if (length > 1 << 20) flush();
  });
  flush();
  closeSync(file);
  const made = { path, bytes: statSync(path).size, totals };
  writeFileSync(`${path}.json`, JSON.stringify(made));
  return made;
}

function writeWhole(file, bytes) {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}

/** What is noted beside a file once it is complete; undefined where file and note do not agree. */
function knownTotals(path) {
  try {
    const note = JSON.parse(readFileSync(`${path}.json`, "utf8"));
    return statSync(path).size === note.bytes ? note : undefined;
  } catch {
    return undefined;
  }
}

/** Eight digits that change with the source of the generator, so that no file of an older one is used. */
function generatorHash() {
  const source = new URL("./input/", import.meta.url);
  const hash = createHash("sha256");
  for (const name of readdirSync(source).sort()) hash.update(readFileSync(new URL(name, source)));
  return hash.digest("hex").slice(0, 8);
}
