// Bundles the two shells into dist/, with the licences of everything bundled and the JSON Schema of the configuration.
// Unminified and without source maps: stack traces stay readable and a review of dist/ is a review of code.
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { importSource } from "./import-source.mjs";
import { updateKernels } from "./kernel.mjs";
import {
  asciiOnly,
  mainApart,
  nodeByRequire,
  withoutUncalled,
  yamlAsText,
  yamlParserAlone,
} from "./plugins.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const dist = join(root, "dist");
const allowed = ["MIT", "ISC", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "BlueOak-1.0.0"];

const manifest = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });

await updateKernels();
const bundled = new Set();
for (const [entry, file] of [
  ["src/action/main.ts", "index.js"],
  ["src/cli/main.ts", "cli-main.js"],
  ["src/cli/start.ts", "cli.js"],
]) {
  const bundle = await rolldown({
    cwd: root,
    input: entry,
    platform: "node",
    external: [/^node:/],
    plugins: [mainApart, yamlAsText, yamlParserAlone, withoutUncalled, nodeByRequire, asciiOnly],
    transform: { target: "node20", define: { __VERSION__: JSON.stringify(manifest.version) } },
    logLevel: "warn",
  });
  const { output } = await bundle.write({
    file: join(dist, file),
    format: "esm",
    codeSplitting: false,
    sourcemap: false,
    minify: false,
    comments: { legal: false },
    banner: file === "cli.js" ? "#!/usr/bin/env node" : "",
  });
  for (const chunk of output) for (const id of chunk.moduleIds ?? []) bundled.add(id);
}
await writeFile(join(dist, "licenses.txt"), await licences(packagesOf(bundled)));

const { jsonSchema } = await importSource(root, "src/core/config/json-schema.ts");
await writeFile(
  join(dist, "phase-gate.schema.json"),
  `${JSON.stringify(jsonSchema(), null, 2)}
`,
);

/** Folders of the npm packages that the modules come from. */
function packagesOf(modules) {
  const folders = new Set();
  for (const id of modules) {
    const at = id.lastIndexOf(`${sep}node_modules${sep}`);
    if (at === -1) continue;
    const [scope, name] = id.slice(at + 14).split(sep);
    folders.add(join(id.slice(0, at + 14), scope.startsWith("@") ? join(scope, name) : scope));
  }
  return [...folders].sort();
}

/** One section per package; stops the build at a licence that was not allowed. */
async function licences(folders) {
  const sections = [];
  for (const folder of folders) {
    const { name, version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    if (!allowed.includes(license))
      throw new Error(`${name} ${version} has the licence ${license}, which is not allowed`);
    const texts = [];
    for (const file of ["LICENSE", "LICENSE.md", "license", "LICENSE.txt", "LICENCE"]) {
      try {
        texts.push(await readFile(join(folder, file), "utf8"));
        break;
      } catch {}
    }
    sections.push(`${name} ${version}\n${license}\n\n${(texts[0] ?? "").trim()}\n`);
  }
  return sections.join(`\n${"-".repeat(80)}\n\n`);
}
