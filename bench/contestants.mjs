import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";

const local = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Name of what is measured against all others in a scene. */
export const ours = "phase-gate";

/** Our own program, as users get it, reading one file. */
export const inspect = {
  name: ours,
  run: ({ path }) => ({ args: [local("../dist/cli.js"), "inspect", "--json", path] }),
  totals(stdout) {
    const [{ tests, coverage }] = JSON.parse(stdout).files;
    if (tests) return { total: tests.total, failed: tests.failed + tests.errored, skipped: tests.skipped };
    const { files, lines, functions, branches } = coverage;
    return {
      files,
      lines: lines.total,
      linesHit: lines.covered,
      ...(functions && { functions: functions.total, functionsHit: functions.covered }),
      ...(branches && { branches: branches.total, branchesHit: branches.covered }),
    };
  },
};

/** The whole gate on the command line: finds, reads, judges, prints. */
export const check = checkWith("phase-gate.yml");
/** The same where it was started before, so that the engine finds what it compiled then. */
export const checkAgain = {
  ...check,
  name: "phase-gate, started before",
  run: (input) => ({ ...check.run(input), env: { CI: "" } }),
};
export const checkFacts = checkWith("facts.yml");
export const checkReports = { ...checkWith("reports.yml"), name: "phase-gate on the report files" };

function checkWith(config) {
  return {
    name: ours,
    run: ({ folder }) => ({
      args: [local("../dist/cli.js"), "check", "--json", "--config", config],
      cwd: folder,
    }),
    totals: (stdout) => ({ total: JSON.parse(stdout).kpis["tests.total"].value }),
  };
}

/** Every limit, replayed over the recorded runs of a folder. */
export const tune = {
  name: ours,
  run: ({ folder }) => ({
    args: [local("../dist/cli.js"), "tune", "--json", "--config", "phase-gate.yml"],
    cwd: folder,
  }),
  totals(stdout) {
    const { runs, limits } = JSON.parse(stdout);
    return { runs, judged: limits.length };
  },
};

/** The whole gate as the runner starts it, publishing nothing. */
export const action = {
  name: "phase-gate as the action",
  run: ({ folder }) => ({ args: [local("../dist/index.js")], cwd: folder, env: environment(folder) }),
};

function environment(folder) {
  const { inputs } = parse(readFileSync(local("../action.yml"), "utf8"));
  const given = { config: "phase-gate.yml", publish: "none", history: "off" };
  const variables = Object.entries(inputs).map(([name, input]) => [
    `INPUT_${name.toUpperCase()}`,
    given[name] ?? input.default ?? "",
  ]);
  return {
    ...Object.fromEntries(variables),
    GITHUB_ACTIONS: "true",
    GITHUB_WORKSPACE: folder,
    // One that asks nobody for a base: what the network takes is not ours.
    GITHUB_EVENT_NAME: "workflow_dispatch",
    GITHUB_REF: "refs/heads/work",
    GITHUB_EVENT_PATH: `${folder}/event.json`,
    GITHUB_REPOSITORY: "acme/shop",
    GITHUB_SHA: "0".repeat(40),
    GITHUB_RUN_ID: "1",
    GITHUB_RUN_NUMBER: "1",
    GITHUB_RUN_ATTEMPT: "1",
    GITHUB_SERVER_URL: "https://github.com",
    GITHUB_API_URL: "http://127.0.0.1:9",
    RUNNER_TEMP: folder,
  };
}

/** A script of peers/ that prints its totals of one file. */
function script(name, npm, file = npm, ...words) {
  return {
    name,
    npm,
    run: ({ path }) => ({ args: [local(`peers/${file}.mjs`), ...words, path] }),
    totals: (stdout) => JSON.parse(stdout),
  };
}

/** What no reader can be faster than. */
export const node = { name: "node -e 0", run: () => ({ args: ["-e", "0"] }) };
export const reading = {
  ...script("only reading the bytes", undefined, "floor"),
  expected: ({ bytes }) => ({ bytes }),
};
export const cat = {
  name: "find and cat",
  run: ({ folder }) => ({ shell: `find '${folder}' -name '*.xml' -print0 | xargs -0 cat | wc -c` }),
  totals: (stdout) => ({ bytes: Number(stdout) }),
  expected: ({ bytes }) => ({ bytes }),
};

export const records = {
  name: "only parsing the records",
  run: ({ folder }) => ({ args: [local("peers/records.mjs"), join(folder, "history")] }),
  totals: (stdout) => JSON.parse(stdout),
};

/** A package of npm with its script. */
export const peer = (npm, file = npm) => script(npm, npm, file);

/** A JUnit reader on saxes, the strict parser among the fast ones, that does what ours does with a file. */
export const saxesReader = script("saxes (same work)", "saxes", "saxes-junit");

/** A counter on an XML parser of npm. */
export const counterOn = (npm) => script(`${npm} (counting)`, npm, "xml", npm);
