import { existsSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { groups, ours } from "./contestants.mjs";
import { generated } from "./generate.mjs";
import { installPeers } from "./install.mjs";
import { measure } from "./measure.mjs";
import { table } from "./table.mjs";

const usage = "usage: node bench/run.mjs [--cases N] [--lines N] [--rounds N] [--json FILE]";

const { cases, lines, rounds, json } = readOptions(process.argv.slice(2));
const program = ours.args("")[0];
if (!existsSync(program)) stop(`there is no ${program}: run npm run build first`);

const withPeers = installPeers();
const results = [];
for (const { title, kind, unit, contestants } of groups) {
  const size = unit === "cases" ? cases : lines;
  const file = generated(kind, size);
  const starting = contestants.filter(({ npm }) => withPeers || npm === undefined);
  const megabytes = (file.bytes / 1e6).toFixed(1);
  console.log(
    `\n${title}: ${size.toLocaleString("en")} ${unit}, ${megabytes} MB, ${rounds === 1 ? "1 round" : `medians of ${rounds} rounds`}\n`,
  );
  const rows = measure(starting, file, rounds);
  console.log(table(rows, ours.name));
  results.push({ title, kind, size, bytes: file.bytes, totals: file.totals, rows });
}

const machine = { node: process.version, cpu: cpus()[0]?.model ?? "unknown CPU", cores: cpus().length };
const facts = `Node ${machine.node}, ${machine.cpu}, ${machine.cores} cores`;
console.log(`\n${facts}. Times drift: only ratios inside one run count.`);
if (json !== undefined)
  writeFileSync(json, `${JSON.stringify({ machine, rounds, groups: results }, null, 2)}\n`);
if (results.some(({ rows }) => rows.some(({ name, broken }) => name === ours.name && broken !== undefined))) {
  process.exitCode = 1;
}

function readOptions(args) {
  const options = {
    cases: { type: "string", default: "100000" },
    lines: { type: "string", default: "1000000" },
    rounds: { type: "string", default: "5" },
    json: { type: "string" },
  };
  let values;
  try {
    ({ values } = parseArgs({ args, options }));
  } catch (error) {
    stop(`${error.message}\n${usage}`);
  }
  const number = (name) => {
    if (!/^[1-9]\d{0,7}$/.test(values[name])) stop(`--${name} needs a whole number from 1 on\n${usage}`);
    return Number(values[name]);
  };
  return { cases: number("cases"), lines: number("lines"), rounds: number("rounds"), json: values.json };
}

function stop(message) {
  console.error(`bench: ${message}`);
  process.exit(2);
}
