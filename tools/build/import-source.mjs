// Imports a TypeScript module of this repository into a plain Node script, by bundling it into a throwaway module.
import { rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { rolldown } from "rolldown";
import { yamlAsText } from "./plugins.mjs";

export async function importSource(root, entry) {
  const file = join(root, "node_modules", ".cache", `${basename(entry, ".ts")}-${process.pid}.mjs`);
  const bundle = await rolldown({
    cwd: root,
    input: entry,
    platform: "node",
    plugins: [yamlAsText],
    logLevel: "warn",
  });
  await bundle.write({ file, format: "esm", codeSplitting: false });
  try {
    return await import(pathToFileURL(file).href);
  } finally {
    await rm(file, { force: true });
  }
}
