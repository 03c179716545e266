import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { peer } from "./contestants.mjs";
import { run } from "./process.mjs";

const tests = fileURLToPath(new URL("../tests/", import.meta.url));

/**
 * What junit-xml-parser does on the JUnit files of real tools that our tests hold: on how many it is right, finds other
 * counts, or breaks.
 */
export function junitXmlParserOnRealFiles() {
  const contestant = peer("junit-xml-parser");
  const found = { files: 0, right: 0, wrong: 0, broken: 0 };
  for (const name of readdirSync(`${tests}goldens/genuine`, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".xml.json")) continue;
    const golden = JSON.parse(readFileSync(`${tests}goldens/genuine/${name}`, "utf8"));
    if (golden.format !== "junit") continue;
    found.files++;
    const { total, failed, errored, skipped } = golden.tests ?? {};
    const done = run(contestant.run({ path: `${tests}genuine/${name.slice(0, -5)}` }));
    if (done.broken !== undefined || done.stdout === "") found.broken++;
    else if (JSON.stringify({ total, failed: failed + errored, skipped }) === done.stdout.trim())
      found.right++;
    else found.wrong++;
  }
  return found;
}
