// Judging a change against its whole history, inside one process, beside reading one report file of 10 MB.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { importSource } from "../tools/build/import-source.mjs";
import { kpiNames, recordedRuns, shareIn, timeOf, writePlan } from "./input/history.mjs";
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

const [runs, kpis, phases, rounds] = [2_000, 50, 4, 7];
const random = createRandom(7);
const records = recordedRuns(runs, kpis, random).map(({ kpis: own, ...record }) => ({
  ...record,
  kpis: new Map(Object.entries(own)),
}));
const past = { at: timeOf(runs), records, baseline: { record: records.at(-1) } };
const { config, problems } = parseConfig(writePlan(kpis, phases), "bench.yml");
if (!config) throw new Error(JSON.stringify(problems));
const own = Object.fromEntries(config.own);
const none = { reasons: new Map(), incomparable: new Map(), waivers: new Map() };
const measurements = new Map(kpiNames(kpis).map((name) => [name, shareIn(runs, random)]));

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
