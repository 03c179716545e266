// Fills the generated parts of README and docs: everything between <!-- generated: NAME --> and <!-- /generated -->.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { importSource } from "../build/import-source.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const made = await importSource(root, "tools/docs/tables.ts");
const action = parse(await readFile(join(root, "action.yml"), "utf8"));

const tables = {
  formats: made.formatTable,
  kpis: made.kpiTable,
  "plan-kpis": made.planTable,
  "family-formats": made.familyFormatTable,
  "well-known": made.wellKnownTable,
  "exit-codes": made.exitCodeTable,
  problems: made.problemTable,
  secrets: made.secretTable,
  ...made.presetTexts,
  inputs: () =>
    table(["input", "default", "what it is"], action.inputs, ({ default: value, description }) => [
      value ? `\`${value}\`` : "",
      description,
    ]),
  outputs: () => table(["output", "what it is"], action.outputs, ({ description }) => [description]),
};

const pages = [
  "README.md",
  ...(await readdir(join(root, "docs"))).filter((file) => file.endsWith(".md")).map((file) => `docs/${file}`),
  ...(await readdir(join(root, "examples"))).map((name) => `examples/${name}/README.md`),
];

for (const page of pages) {
  const path = join(root, page);
  const text = await readFile(path, "utf8");
  const filled = await fill(text, dirname(path));
  if (filled !== text) {
    await writeFile(path, filled);
    console.log(`wrote ${page}`);
  }
}

async function fill(text, folder) {
  const parts = text.split(/(<!-- generated: [^>]*? -->)[\s\S]*?(?=<!-- \/generated -->)/);
  for (const [i, part] of parts.entries()) {
    const name = /^<!-- generated: (.*?) -->$/.exec(part)?.[1];
    if (name !== undefined) parts[i] = `${part}\n${await generated(name, folder)}\n`;
  }
  return parts.join("");
}

/** A table by its name, or a file beside the page, shown as what it is. */
async function generated(name, folder) {
  if (Object.hasOwn(tables, name)) return `\n${tables[name]()}\n`;
  const content = (await readFile(join(folder, name), "utf8").catch(() => absent(name))).trimEnd();
  if (name.endsWith(".md")) return `\n${content}\n`;
  const language = name.endsWith(".yml") ? "yaml" : name.endsWith(".txt") ? "text" : "";
  return `\n\`\`\`${language}\n${content}\n\`\`\`\n`;
}

function absent(name) {
  throw new Error(`${name} is not there yet: npm run golden writes it, or is the name misspelt?`);
}

function table(heads, entries, cells) {
  const rows = Object.entries(entries).map(
    ([name, entry]) => `| \`${name}\` | ${cells(entry).join(" | ")} |`,
  );
  return [`| ${heads.join(" | ")} |`, `|${heads.map(() => "---").join("|")}|`, ...rows].join("\n");
}
