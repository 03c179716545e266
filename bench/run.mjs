import { spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { ours } from "./contestants.mjs";
import { junitXmlParserOnRealFiles } from "./corpus.mjs";
import { generated } from "./generate.mjs";
import { installPeers } from "./install.mjs";
import { measure } from "./measure.mjs";
import { writePage } from "./page.mjs";
import { scenes } from "./scenes.mjs";
import { sceneTable } from "./table.mjs";
import { targetTable } from "./targets.mjs";

const usage = `usage: npm run bench -- [SCENE...] [--quick] [--ours] [--rounds N] [--json FILE] [--write]
scenes: ${scenes.map(({ id }) => id).join(" ")}`;

const options = readOptions(process.argv.slice(2));
if (!existsSync(new URL("../dist/cli.js", import.meta.url)))
  stop("there is no dist/cli.js: run npm run build first");
const withPeers = !options.ours && installPeers();
if (options.write && !withPeers) stop("--write needs the peers");

const results = [];
for (const { id, title, kind, size, quick, contestants } of options.scenes) {
  const input = generated(kind, options.quick ? quick : size);
  const starting = contestants.filter(({ npm }) => withPeers || npm === undefined);
  const rows = measure(starting, input, options.rounds);
  console.log(
    `\n${title}${options.quick ? `, only ${(input.bytes / 1e6).toFixed(1)} MB` : ""}\n\n${sceneTable(rows)}`,
  );
  results.push({ id, title, bytes: input.bytes, beside: input.beside, rows });
}
if (withPeers && !options.quick) console.log(`\n${targetTable(results)}`);
const everything = options.scenes.length === scenes.length && withPeers;
const inside = everything ? `${runInside("inside.mjs")}\n${runInside("history.mjs")}`.trim() : "";
if (inside) console.log(`\n${inside}`);
if (everything || options.write) {
  const corpus = junitXmlParserOnRealFiles();
  console.log(`junit-xml-parser on files of real tools: ${JSON.stringify(corpus)}`);
  if (options.write) writePage({ results, inside, corpus, rounds: options.rounds });
}
console.log(
  `\nNode ${process.version}, ${cpus()[0]?.model ?? "unknown CPU"}, ${cpus().length} cores. Only ratios count.`,
);
if (options.json) writeFileSync(options.json, `${JSON.stringify(results, null, 2)}\n`);
if (results.some(({ rows }) => rows.some(({ name, broken }) => name.startsWith(ours) && broken)))
  process.exitCode = 1;

function runInside(name) {
  const script = fileURLToPath(new URL(name, import.meta.url));
  const words = options.quick ? [script, "--quick"] : [script];
  return spawnSync(process.execPath, words, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] })
    .stdout;
}

function readOptions(args) {
  const known = {
    quick: { type: "boolean", default: false },
    ours: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
    rounds: { type: "string" },
    json: { type: "string" },
  };
  try {
    const { values, positionals } = parseArgs({ args, options: known, allowPositionals: true });
    const unknown = positionals.find((id) => !scenes.some((scene) => scene.id === id));
    if (unknown !== undefined) stop(`there is no scene ${unknown}\n${usage}`);
    const rounds = values.rounds ?? (values.quick ? "3" : "5");
    if (!/^[1-9]\d?$/.test(rounds)) stop(`--rounds needs a number from 1 to 99\n${usage}`);
    const chosen = scenes.filter(({ id }) => positionals.length === 0 || positionals.includes(id));
    if (values.write && values.quick) stop("--write goes with full inputs");
    return { ...values, rounds: Number(rounds), scenes: chosen };
  } catch (error) {
    return stop(`${error.message}\n${usage}`);
  }
}

function stop(message) {
  console.error(`bench: ${message}`);
  process.exit(2);
}
