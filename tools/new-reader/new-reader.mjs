// Begins a reader: npm run new:reader -- NAME [--form json|lines|xml] [--root DIR]
// It works as it is, for a made-up form of coverage; what the real format says takes the place of that.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { templates } from "./templates.mjs";

const usage =
  "usage: npm run new:reader -- NAME [--form json|lines|xml], such as: npm run new:reader -- pycov";
const here = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** A mistake of the caller, told in one line. */
class Told extends Error {}

function main() {
  const { name, form, root } = readArguments();
  const reader = join(root, "src", "core", "read", `${name}.ts`);
  if (existsSync(reader)) throw new Told(`there is a reader ${name} already: ${shown(reader, root)}`);
  const identifier = name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
  const { source, example } = templates[form](name, identifier);
  const cutOff = join(root, "tests", "read", name, `cut-off.${form === "lines" ? "txt" : form}`);
  const registry = join(root, "src", "core", "read", "index.ts");
  writeFileSync(registry, registered(readFileSync(registry, "utf8"), name, identifier));
  writeFileSync(reader, source);
  mkdirSync(dirname(cutOff), { recursive: true });
  writeFileSync(cutOff, example.slice(0, -6));
  console.log(`wrote ${shown(reader, root)}, its line in ${shown(registry, root)} and ${shown(cutOff, root)}

Next:
1. Make the reader read the real format: label, writtenBy, claims, read.
2. Put files that the real tool wrote into tests/genuine/${name}/, and more broken ones beside the one that is cut off.
3. Count the genuine files in another way: tests/independent/lines.ts for coverage.
4. npm run all, and look at the goldens that it writes.
5. Describe the format in docs/formats.md and add a line to CHANGELOG.md.`);
}

function readArguments() {
  const options = { form: { type: "string", default: "json" }, root: { type: "string", default: here } };
  let parsed;
  try {
    parsed = parseArgs({ options, allowPositionals: true });
  } catch {
    throw new Told(usage);
  }
  const [name, ...more] = parsed.positionals;
  const { form, root } = parsed.values;
  if (name === undefined || more.length > 0 || !Object.hasOwn(templates, form)) throw new Told(usage);
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name))
    throw new Told(`"${name}" is no name of a format; write small letters and digits, parted by dashes`);
  return { name, form, root };
}

/** The registry with one more import, in the order of the files, and one more line at the end. */
function registered(text, name, identifier) {
  const imports = [...text.matchAll(/^import .* from "\.\/([\w-]+)\.ts";\n/gm)];
  const next = imports.find(([, other]) => other > name) ?? imports.at(-1);
  const line = `import { ${identifier} } from "./${name}.ts";\n`;
  const entry = name === identifier ? `  ${name},\n` : `  "${name}": ${identifier},\n`;
  return text
    .replace(next[0], next[1] > name ? line + next[0] : next[0] + line)
    .replace("} as const satisfies Record<string, Reader>;", `${entry}$&`);
}

function shown(path, root) {
  return path.slice(root.length + 1).replaceAll("\\", "/");
}

try {
  main();
} catch (error) {
  if (!(error instanceof Told)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
