import { checkAgain, checkReports, ours, saxesReader } from "./contestants.mjs";
import { junitReaders } from "./scenes.mjs";
import { table } from "./table.mjs";

const reading = "only reading the bytes";
const readers = junitReaders.map(({ name }) => name);

/**
 * What we ask of ourselves, of CPU time: what else a machine does stretches wall time. `seen` gets functions from scene
 * and contestant to its row and from scene to what it measured, and gives a number: at least (`more`) or at most (all
 * others) the limits. A peer that breaks on the input is out of the comparison.
 */
const targets = [
  times("JUnit, 1 million cases, against only reading the bytes", "junit-1m", [8, 4]),
  faster("JUnit, 1 million cases, against a reader on saxes", "junit-1m", [saxesReader.name], [4, 10]),
  faster("JUnit, 1 million cases, against the best JUnit reader", "junit-1m", readers, [25, 50]),
  faster("JUnit, 100,000 cases, against the best JUnit reader", "junit-100k", readers, [4, 12]),
  times("5,000 small files, the whole gate against `find` and `cat`", "small", [2, 1], "find and cat"),
  memory("peak memory, JUnit of any size", ["junit-1k", "junit-100k", "junit-1m", "junit-8m"], [110, 72]),
  {
    work: "growth of the peak from 17 MB to 1.4 GB of JUnit",
    scenes: ["junit-100k", "junit-8m"],
    unit: " MB",
    // What the collector of garbage makes of the same work differs by some megabytes.
    limits: [8, 8],
    seen: (row) => Math.max(0, row("junit-8m", ours).peak - row("junit-100k", ours).peak),
  },
  faster(
    "lcov, 10 million lines, against the best reader",
    "lcov",
    ["lcov-parse", "@friedemannsommer/lcov-parser"],
    [8, 12],
  ),
  times("lcov, 10 million lines, against only reading the bytes", "lcov", [12, 6]),
  faster("Cobertura, 140 MB, against cobertura-parse", "cobertura", ["cobertura-parse"], [15, 35]),
  times("Cobertura, 140 MB, against only reading the bytes", "cobertura", [12, 6]),
  faster("JaCoCo, 100 MB, against jacoco-parse", "jacoco", ["jacoco-parse"], [15, 35]),
  times("JaCoCo, 100 MB, against only reading the bytes", "jacoco", [12, 6]),
  memory("peak memory, Istanbul of 131 and 651 MB", ["istanbul", "istanbul-large"], [130, 130]),
  faster(
    "Istanbul, 131 MB, against istanbul-lib-coverage on the whole",
    "istanbul",
    ["istanbul-lib-coverage"],
    [undefined, 1.5],
  ),
  memory("peak memory, coverage of 50,000 files and 10 million lines", ["lcov"], [160, 85]),
  {
    work: "a facts file, in bytes against those of its report files",
    scenes: ["shards"],
    unit: "x",
    limits: [0.25, 0.2],
    seen: (_, scene) => scene("shards").bytes / scene("shards").beside,
  },
  faster("facts files of 100 runners, against their report files", "shards", [checkReports.name], [1.5, 3]),
  {
    work: "facts files of 1,000 runners, against ten times those of 100",
    scenes: ["shards", "facts"],
    unit: "x",
    limits: [1.2, 1],
    seen: (row) => row("facts", ours).cpu / row("shards", ours).cpu / 10,
  },
  memory("peak memory, facts files of 1,000 runners", ["facts"], [600, 300]),
  times(
    "the whole gate on 1,000 cases, command line, started before, against `node -e 0`",
    "start",
    [3, 2.5],
    "node -e 0",
    checkAgain.name,
  ),
  times("the same on a new machine, as in CI", "start", [4, 3], "node -e 0"),
  times(
    "the same as the action with `publish: none`",
    "start",
    [5, 4],
    "node -e 0",
    "phase-gate as the action",
  ),
  times(
    "`tune` over 2,000 recorded runs of 50 KPIs, against only parsing them",
    "tune",
    [5, 3],
    "only parsing the records",
  ),
];

function times(work, scene, limits, than = reading, who = ours) {
  return {
    work,
    scenes: [scene],
    unit: "x",
    limits,
    seen: (row) => row(scene, who).cpu / row(scene, than).cpu,
  };
}

function faster(work, scene, peers, limits) {
  const seen = (row) => {
    const sound = peers.map((name) => row(scene, name)).filter(({ broken }) => broken === undefined);
    return Math.min(...sound.map(({ cpu }) => cpu)) / row(scene, ours).cpu;
  };
  return { work, scenes: [scene], unit: "x faster", limits, seen, more: true };
}

function memory(work, ids, limits) {
  return {
    work,
    scenes: ids,
    unit: " MB",
    limits,
    seen: (row) => Math.max(...ids.map((id) => row(id, ours).peak)),
  };
}

/** Every target whose scenes were measured, with what was seen, as a table. */
export function targetTable(results) {
  const scene = (name) => results.find(({ id }) => id === name);
  const row = (id, name) => scene(id).rows.find((one) => one.name === name);
  const measured = targets.filter(({ scenes }) => scenes.every((id) => results.some((one) => one.id === id)));
  return table(
    ["work", "must", "stretch", "seen", "reached"],
    measured.map(({ work, unit, limits: [must, stretch], seen, more }) => {
      const value = seen(row, scene);
      const meets = (limit) => limit !== undefined && (more ? value >= limit : value <= limit);
      const sign = more ? "≥" : "≤";
      const verdict = meets(stretch)
        ? "stretch"
        : must === undefined
          ? "below"
          : meets(must)
            ? "must"
            : "missed";
      return [
        work,
        ...[must, stretch].map((limit) => (limit === undefined ? "" : `${sign} ${limit}${unit}`)),
        shown(value, unit),
        verdict,
      ];
    }),
  );
}

function shown(value, unit) {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "broken" : "all break";
  return `${value.toFixed(unit === " MB" || value >= 100 ? 0 : value >= 10 ? 1 : 2)}${unit}`;
}
