import { fileURLToPath } from "node:url";

const local = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Our own program, as users get it. */
export const ours = {
  name: "phase-gate inspect",
  args: (path) => [local("../dist/cli.js"), "inspect", "--json", path],
  totals(stdout) {
    const [{ tests, coverage }] = JSON.parse(stdout).files;
    if (tests) return { total: tests.total, failed: tests.failed + tests.errored, skipped: tests.skipped };
    const { files, lines, functions, branches } = coverage;
    return {
      files,
      lines: lines.total,
      linesHit: lines.covered,
      functions: functions.total,
      functionsHit: functions.covered,
      branches: branches.total,
      branchesHit: branches.covered,
    };
  },
};

/** A script of peers/ that reads one file and prints its totals. */
const script = (file) => ({
  args: (path) => [local(`peers/${file}.mjs`), path],
  totals: (stdout) => JSON.parse(stdout),
});

/** What no reader can be faster than: Node alone, and Node taking in the bytes without looking at them. */
const floors = [
  { name: "node -e 0", args: () => ["-e", "0"] },
  { name: "only reading the bytes", ...script("floor"), expected: ({ bytes }) => ({ bytes }) },
];

/** A package of npm with its script. */
const peer = (npm, remark = "") => ({ name: npm + remark, npm, ...script(npm) });

/** Who reads what against whom. `kind` and `unit` are those of the generated file. */
export const groups = [
  {
    title: "JUnit XML",
    kind: "junit",
    unit: "cases",
    contestants: [
      ...floors,
      ours,
      peer("saxes", " (counting)"),
      peer("test-results-parser"),
      peer("junit2json"),
    ],
  },
  {
    title: "JUnit XML, one suite",
    kind: "suite",
    unit: "cases",
    contestants: [...floors, ours, peer("junit-xml-parser")],
  },
  { title: "lcov", kind: "lcov", unit: "lines", contestants: [...floors, ours, peer("lcov-parse")] },
];
