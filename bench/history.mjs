// Judging a change against its whole history, inside one process, beside reading one report file of 10 MB.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { importSource } from "../tools/build/import-source.mjs";
import { writeJunit } from "./input/junit.mjs";
import { createRandom } from "./input/random.mjs";
import { table } from "./table.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const source = (path) => importSource(root, `src/core/${path}.ts`);
const { parseConfig } = await source("config/parse-config");
const { columnsOf } = await source("history/columns");
const { referTo } = await source("history/refer");
const { judge } = await source("judge/judge");
const { readReportFile } = await source("read/index");
const { replay } = await source("tune/replay");

const [runs, kpis, rounds] = [2_000, 50, 7];
const limits = [
  "at least baseline - 0.5pp",
  "at least median(20) - 3 iqr",
  "at least best - 20pp",
  "at least 30d ago - 1pp",
];

const random = createRandom(7);
const names = Array.from({ length: kpis }, (_, i) => `kpi.${i}`);
const measured = () => ({ kind: "ratio", part: random.between(700, 949), whole: 1_000 });
const records = Array.from({ length: runs }, (_, i) => ({
  id: i + 1,
  number: i + 1,
  attempt: 1,
  at: new Date(Date.UTC(2024, 0, 1, i * 12)).toISOString(),
  sha: String(i).padStart(40, "0"),
  parents: [],
  branch: "main",
  outcome: "pass",
  reached: [],
  tests: null,
  files: {},
  kpis: new Map(names.map((name) => [name, { unit: "%", better: "higher", value: measured() }])),
}));
const past = {
  at: new Date(Date.UTC(2024, 0, 1, runs * 12)).toISOString(),
  records,
  baseline: { record: records.at(-1) },
};
const custom = names.map((name) => `  ${name}: { unit: "%", better: higher }`).join("\n");
const phases = limits
  .map(
    (limit, i) => `  - name: P${i}\n    kpis:\n${names.map((name) => `      ${name}: ${limit}`).join("\n")}`,
  )
  .join("\n");
const { config, problems } = parseConfig(`version: 1\ncustom:\n${custom}\nphases:\n${phases}\n`, "bench.yml");
if (!config) throw new Error(JSON.stringify(problems));
const own = Object.fromEntries(config.own);
const none = { reasons: new Map(), incomparable: new Map(), waivers: new Map() };
const measurements = new Map(names.map((name) => [name, measured()]));

const texts = [];
writeJunit(70_000, random, (piece) => texts.push(piece));
const bytes = Buffer.from(texts.join(""));
const pieces = Array.from({ length: Math.ceil(bytes.length / 65_536) }, (_, i) =>
  bytes.subarray(i * 65_536, (i + 1) * 65_536),
);

/** Processor time of the median round, in milliseconds. */
function cpu(work) {
  const times = [];
  for (let i = 0; i < rounds; i++) {
    const before = process.cpuUsage();
    work();
    times.push(process.cpuUsage(before).user / 1_000);
  }
  return times.sort((a, b) => a - b)[rounds >> 1];
}

const read = cpu(() => readReportFile("report.xml", pieces));
const judging = cpu(() => {
  const columns = columnsOf(records, (kpi) => own[kpi]?.unit);
  judge(config, { ...none, kpis: own, measurements, refer: referTo(past, columns) }, false);
});
const replaying = cpu(() => replay(config, (kpi) => own[kpi], records));
const size = `${(bytes.length / 1e6).toFixed(1)} MB`;
console.log(
  table(
    ["a history of 2,000 runs and 50 KPIs", "processor time", `against reading ${size}`],
    [
      [`reading a JUnit file of ${size}`, read],
      ["judging 200 rules that compare with it", judging],
      ["replaying the 200 rules over it", replaying],
    ].map(([name, time]) => [name, `${time.toFixed(0)} ms`, `${(time / read).toFixed(2)}x`]),
  ),
);
