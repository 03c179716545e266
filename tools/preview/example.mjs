// Shows what examples give, as GitHub would: npm run preview -- examples/failing [more folders]
// With --docs it draws the picture of the README anew.
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { importSource } from "../build/import-source.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const out = join(root, ".tmp", "preview");

/** The example whose comment the README shows. */
const shown = "examples/failing";

const forDocs = process.argv.includes("--docs");
const folders = forDocs ? [shown] : process.argv.slice(2);
if (folders.length === 0) {
  console.error("usage: npm run preview -- examples/failing [more folders] | --docs");
  process.exit(1);
}

const { renderings } = await importSource(root, "tools/preview/renderings.ts");
mkdirSync(out, { recursive: true });
for (const folder of folders) {
  const texts = await renderings(join(root, folder));
  for (const [kind, text] of Object.entries(texts)) {
    const file = join(out, `${basename(folder)}-${kind}.md`);
    writeFileSync(file, text);
    const preview = join(root, "tools", "preview", "preview.mjs");
    const { status } = spawnSync(process.execPath, [preview, "--kind", kind, out, file], {
      stdio: "inherit",
    });
    if (status !== 0) process.exit(1);
  }
}
if (forDocs) {
  copyFileSync(join(out, `${basename(shown)}-comment-light.png`), join(root, "docs", "comment.png"));
  console.log("wrote docs/comment.png");
}
console.log(`The pictures are in ${out.slice(root.length + 1)}.`);
