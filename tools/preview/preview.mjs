// Draws Markdown files as GitHub would show them: node tools/preview/preview.mjs OUTDIR FILE.md [FILE.md ...]

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { parseArgs } from "node:util";
import { startBrowser, Told } from "./browser.mjs";

const usage =
  "usage: node tools/preview/preview.mjs [--kind comment|summary|check] [--open] OUTDIR FILE.md ...";

/** The pictures of each file: what the reader's screen is. */
const shots = [
  { suffix: "light", scheme: "light", width: 900, scale: 1 },
  { suffix: "dark", scheme: "dark", width: 900, scale: 1 },
  { suffix: "phone", scheme: "light", width: 390, scale: 2 },
];

/** What the command line asks for. */
function readArguments() {
  const options = { kind: { type: "string", default: "comment" }, open: { type: "boolean", default: false } };
  let parsed;
  try {
    parsed = parseArgs({ options, allowPositionals: true });
  } catch (error) {
    throw new Told(`${error.message.split("\n")[0]}; ${usage}`);
  }
  const [outdir, ...files] = parsed.positionals;
  const { kind, open } = parsed.values;
  if (files.length === 0 || !["comment", "summary", "check"].includes(kind)) throw new Told(usage);
  const names = files.map((file) => basename(file, extname(file)));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new Told(`two files would both be written as ${twice}: give one OUTDIR to each`);
  for (const file of files) if (!existsSync(file)) throw new Told(`no file ${file}`);
  return { outdir, files, kind, open };
}

/** The parts that come from packages, loaded late so that a missing install is told in one line. */
async function loadParts() {
  try {
    const [{ page, renderHtml }, { chromium }] = await Promise.all([
      import("./render.mjs"),
      import("playwright-core"),
    ]);
    return { page, renderHtml, chromium };
  } catch (error) {
    if (error.code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new Told("its packages are not installed: run `npm ci --ignore-scripts` in tools/preview");
  }
}

/** Writes one picture of `html`; `open` unfolds every <details> first. */
async function shoot(browser, html, { scheme, width, scale }, open, path) {
  const screen = { viewport: { width, height: 200 }, deviceScaleFactor: scale, colorScheme: scheme };
  const context = await browser.newContext({ ...screen, offline: true });
  const tab = await context.newPage();
  await tab.setContent(html);
  const folded = tab.locator("details:not([open])");
  if (open) await folded.evaluateAll((all) => all.map((one) => one.toggleAttribute("open", true)));
  await tab.screenshot({ path, fullPage: true });
  await context.close();
}

/** Writes NAME.html and the three pictures of every file. */
async function main() {
  const { outdir, files, kind, open } = readArguments();
  const { page, renderHtml, chromium } = await loadParts();
  const browser = await startBrowser(chromium);
  try {
    mkdirSync(outdir, { recursive: true });
    for (const file of files) {
      const out = join(outdir, basename(file, extname(file)));
      const fragment = renderHtml(readFileSync(file, "utf8"), { breaks: kind === "comment" });
      writeFileSync(`${out}.html`, page(fragment, { kind }));
      for (const shot of shots) {
        await shoot(browser, page(fragment, { ...shot, kind }), shot, open, `${out}-${shot.suffix}.png`);
      }
      console.log(`${out}.html ${shots.map((shot) => `${out}-${shot.suffix}.png`).join(" ")}`);
    }
  } finally {
    await browser.close();
  }
}

try {
  await main();
} catch (error) {
  console.error(`preview: ${error instanceof Told ? error.message : error.stack}`);
  process.exitCode = 1;
}
