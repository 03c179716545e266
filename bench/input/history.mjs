const good = [
  "at least baseline - 0.5pp",
  "at least median(20) - 3 iqr",
  "at least best - 2pp",
  "at least 30d ago",
];

/** Names of KPIs of one's own. */
export const kpiNames = (count) => Array.from({ length: count }, (_, i) => `kpi.${i}`);

/** When run `number` was: two runs a day. */
export const timeOf = (number) => new Date(Date.UTC(2024, 0, 1, number * 12)).toISOString();

/** A share that grows slowly, jumps about by a point, and falls by far in one of a hundred runs. */
export function shareIn(number, random) {
  const part = 8_000 + Math.floor(number / 2) + random.between(-40, 40) - (random.share(0.01) ? 400 : 0);
  return { kind: "ratio", part, whole: 10_000 };
}

/** Recorded runs, oldest first, as they lie in files; each knows so many KPIs. */
export function recordedRuns(runs, kpis, random) {
  const names = kpiNames(kpis);
  return Array.from({ length: runs }, (_, i) => ({
    schema: 1,
    id: i + 1,
    number: i + 1,
    attempt: 1,
    at: timeOf(i),
    sha: i.toString(16).padStart(40, "0"),
    parents: [],
    branch: "main",
    outcome: "pass",
    reached: ["P0"],
    tests: null,
    files: {},
    kpis: Object.fromEntries(
      names.map((name) => [name, { unit: "%", better: "higher", value: shareIn(i, random) }]),
    ),
  }));
}

/** A plan in so many phases with one rule for each KPI, which look back in four ways. */
export function writePlan(kpis, phases, more = "") {
  const names = kpiNames(kpis);
  const custom = names.map((name) => `  ${name}: { unit: "%", better: higher }`).join("\n");
  const rules = (phase) =>
    names.map((name, i) => `      ${name}: ${good[(i + phase) % good.length]}`).join("\n");
  const all = Array.from({ length: phases }, (_, i) => `  - name: P${i}\n    kpis:\n${rules(i)}`);
  return `version: 1\n${more}custom:\n${custom}\nphases:\n${all.join("\n")}\n`;
}

/** A history in a folder of so many runs of 50 KPIs, and a plan with a rule for each. */
export function writeHistory(runs, random, write) {
  const kpis = 50;
  write("phase-gate.yml", writePlan(kpis, 1, "baseline: { store: file, path: history }\n"));
  for (const record of recordedRuns(runs, kpis, random))
    write(`history/runs/${record.at.slice(0, 7)}/${record.id}-1.json`, `${JSON.stringify(record)}\n`);
  return { runs, judged: kpis };
}
