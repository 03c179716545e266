import { SaxesParser } from "saxes";

/** What an independent, strict reader makes of a JUnit file: how many cases and failing ones, or that it is malformed. */
export type Answer = { readonly cases: number; readonly failing: number } | "malformed";

const failing = /^(?:failed|fail|failure|error|errored)$/i;

/** Another author's XML parser and another way to count, to compare the reader with. */
export function junitOracle(text: string): Answer {
  const parser = new SaxesParser();
  const open: { name: string; bad: boolean; skipped: boolean; leaf: boolean; status: boolean }[] = [];
  let malformed = false;
  let cases = 0;
  let bad = 0;
  parser.on("error", () => {
    malformed = true;
  });
  parser.on("doctype", (doctype) => {
    if (doctype.includes("[")) malformed = true;
  });
  parser.on("opentag", ({ name, attributes }) => {
    const local = name.replace(/^.*:/, "");
    const parent = open.at(-1);
    if (local === "testcase") for (const one of open) one.leaf = false;
    if (parent && (local === "failure" || local === "error")) parent.bad = true;
    if (parent && /^rerun(?:Failure|Error)$/.test(local)) parent.status = true;
    if (parent && local === "skipped") parent.skipped = true;
    const status = failing.test(attributes["status"] ?? "") || failing.test(attributes["result"] ?? "");
    open.push({ name: local, bad: false, skipped: false, leaf: true, status });
  });
  parser.on("closetag", () => {
    const closed = open.pop();
    if (!closed) return;
    const isCase = closed.name === "testcase" && closed.leaf;
    if (isCase) cases++;
    if (isCase && (closed.bad || (closed.status && !closed.skipped))) bad++;
    if (/^testsuites?$/.test(closed.name) && closed.bad) bad++;
  });
  try {
    parser.write(forgiven(text)).close();
  } catch {
    malformed = true;
  }
  return malformed ? "malformed" : { cases, failing: bad };
}

/** Characters that XML forbids are forgiven by the rules, so other parsers are not shown them. */
export function forgiven(text: string): string {
  return text
    .replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, "\ufffd")
    .replace(/&#(?:x([0-9a-f]{1,7})|(\d{1,8}));/gi, (reference: string, hex?: string, decimal?: string) => {
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      const forbidden =
        code < 9 || (code > 10 && code < 32 && code !== 13) || (code >= 0xd800 && code < 0xe000);
      return forbidden || code === 0xfffe || code === 0xffff || code > 0x10ffff ? "\ufffd" : reference;
    });
}
