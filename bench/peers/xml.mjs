// The least that can be counted of a JUnit file on each XML parser of npm: cases, failing and skipped ones.
// usage: node xml.mjs PARSER FILE
import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Parsers by name; each gets the pieces of a file, or its path where it wants the whole text. */
export const parsers = {
  async saxes(pieces) {
    const { SaxesParser } = await import("saxes");
    const counter = createCounter();
    const parser = new SaxesParser({ position: false });
    parser.on("opentag", ({ name }) => counter.open(name));
    parser.on("closetag", ({ name }) => counter.close(name));
    const decoder = new TextDecoder("utf-8", { fatal: true });
    for (const piece of pieces) parser.write(decoder.decode(piece, { stream: true }));
    parser.write(decoder.decode()).close();
    return counter.totals;
  },
  async "sax-wasm"(pieces) {
    const { SAXParser, SaxEventType } = await import("sax-wasm");
    const counter = createCounter();
    const parser = new SAXParser(SaxEventType.OpenTag | SaxEventType.CloseTag);
    parser.eventHandler = (event, { name }) =>
      event === SaxEventType.OpenTag ? counter.open(name) : counter.close(name);
    await parser.prepareWasm(readFileSync(fileURLToPath(import.meta.resolve("sax-wasm/lib/sax-wasm.wasm"))));
    for (const piece of pieces) parser.write(piece);
    parser.end();
    return counter.totals;
  },
  async htmlparser2(pieces) {
    const { Parser } = await import("htmlparser2");
    const counter = createCounter();
    const events = { onopentag: (name) => counter.open(name), onclosetag: (name) => counter.close(name) };
    const parser = new Parser(events, { xmlMode: true });
    const decoder = new TextDecoder("utf-8", { fatal: true });
    for (const piece of pieces) parser.write(decoder.decode(piece, { stream: true }));
    parser.end(decoder.decode());
    return counter.totals;
  },
  async "fast-xml-parser"(pieces) {
    const { XMLParser } = await import("fast-xml-parser");
    const lists = new Set(["testsuite", "testcase"]);
    const parser = new XMLParser({ ignoreAttributes: false, isArray: (name) => lists.has(name) });
    const whole = Buffer.concat(Array.from(pieces, (piece) => Buffer.from(piece)));
    const tree = parser.parse(whole.toString("utf8"));
    const totals = { total: 0, failed: 0, skipped: 0 };
    for (const { testcase = [] } of tree.testsuites.testsuite) {
      for (const test of testcase) {
        totals.total++;
        if ("failure" in test || "error" in test) totals.failed++;
        else if ("skipped" in test) totals.skipped++;
      }
    }
    return totals;
  },
};

function createCounter() {
  const totals = { total: 0, failed: 0, skipped: 0 };
  let [failed, skipped] = [false, false];
  return {
    totals,
    open(name) {
      if (name === "testcase") [failed, skipped] = [false, false];
      else if (name === "failure" || name === "error") failed = true;
      else if (name === "skipped") skipped = true;
    },
    close(name) {
      if (name !== "testcase") return;
      totals.total++;
      if (failed) totals.failed++;
      else if (skipped) totals.skipped++;
    },
  };
}

function* piecesOf(path) {
  const file = openSync(path, "r");
  const buffer = Buffer.allocUnsafe(64 * 1024);
  for (let size = readSync(file, buffer); size > 0; size = readSync(file, buffer))
    yield buffer.subarray(0, size);
  closeSync(file);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , parser, path] = process.argv;
  console.log(JSON.stringify(await parsers[parser](piecesOf(path))));
}
