import { readFileSync } from "node:fs";
import { parseConfig } from "../../src/core/config/parse-config.ts";
import { evaluate } from "../../src/core/evaluate.ts";
import type { Report } from "../../src/core/model/report.ts";
import { readText, testPath } from "../runner/bytes.ts";

export const headSha = "a".repeat(40);

const configFile = testPath("publish", "phase-gate.yml");
const { config } = parseConfig(readFileSync(configFile, "utf8"), "phase-gate.yml");
const { config: twoPhases } = parseConfig(
  `version: 1
phases:
  - { name: First, kpis: { tests.pass_rate: at least 50% } }
  - { name: Second, kpis: { tests.failed: 0, coverage.lines: 90% } }
`,
  "phase-gate.yml",
);

/** A report file of 200 tests or more, that many failing, each with its place in the repository. */
export function junitOf(failing: number): string {
  const cases = Array.from({ length: Math.max(200, failing) }, (_, i) =>
    i < failing
      ? `<testcase name="t${i}" file="tests/t.py" line="${i + 1}"><failure message="m${i}"/></testcase>`
      : `<testcase name="t${i}"/>`,
  );
  return `<testsuite name="s">${cases.join("")}</testsuite>`;
}

/** A report of run `number` on pull request 7, with that many failing tests. */
export function reportOf(
  failing: number,
  number: number,
  { sha = headSha, phases = false }: { sha?: string; phases?: boolean } = {},
): Report {
  const file = readText(junitOf(failing), "junit.xml");
  return evaluate({
    name: "phase-gate",
    run: {
      at: "2026-01-01T00:00:00.000Z",
      event: "pull_request",
      repository: "acme/shop",
      sha,
      pullRequest: 7,
      id: 1000 + number,
      number,
      attempt: 1,
      url: `https://github.com/acme/shop/actions/runs/${1000 + number}`,
    },
    config: phases ? twoPhases : config,
    evidence: {
      sources: [{ family: "tests", glob: "junit.xml", files: [file], problems: [] }],
      problems: [],
      root: "",
    },
    problems: [],
    locate: (path) => path,
  });
}
