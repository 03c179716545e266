import { join } from "node:path";
import { expect, test } from "vitest";
import { pastOf } from "../src/core/history/baseline.ts";
import { byOrder } from "../src/core/history/order.ts";
import { exitCode } from "../src/core/model/exit-code.ts";
import { renderConsole } from "../src/core/report/console.ts";
import { renderJson } from "../src/core/report/json.ts";
import { renderMarkdown, renderSummary } from "../src/core/report/markdown.ts";
import { readReport } from "../src/core/report/read-report.ts";
import { runGate } from "../src/gate.ts";
import { loadConfig } from "../src/io/config-file.ts";
import { readFolder } from "../src/io/history-folder.ts";
import { testPath } from "./runner/bytes.ts";

const root = testPath("..", "examples", "execution-plan");
const sha = "7d1f0a4be95c2386f1d0a97c5b3e8f6420d9ce17";

function judged(at = "2026-11-24T12:00:00.000Z") {
  const run = { at, sha, number: 40 };
  const folder = { shown: "history", path: join(root, "history"), gate: "phase-gate" };
  const { records, problems: unread } = readFolder(folder);
  const { config, problems } = loadConfig("phase-gate.yml", root);
  const newest = records.toSorted(byOrder).at(-1)!;
  const past = pastOf(records, run, { commits: [newest.sha], shallow: false });
  const workspace = { root, base: root };
  return runGate({ name: "phase-gate", run, config, problems: [...problems, ...unread], past, workspace });
}

const expected = (file: string) => join(root, "expected", file);

test("the example execution-plan gives the texts that stand beside it", async () => {
  const report = judged();
  expect(exitCode(report)).toBe(0);
  await expect(renderConsole(report)).toMatchFileSnapshot(expected("console.txt"));
  await expect(renderMarkdown(report)).toMatchFileSnapshot(expected("comment.md"));
  await expect(renderSummary(report)).toMatchFileSnapshot(expected("summary.md"));
  expect(readReport(renderJson(report), "report.json")).toEqual(report);
});

test.each([
  ["on the day of its page", "2026-11-24T12:00:00.000Z"],
  ["three months later", "2027-02-24T12:00:00.000Z"],
  ["years later", "2036-11-24T12:00:00.000Z"],
])(
  "the example execution-plan measures every KPI of the plan and reaches two phases of four, %s",
  (_, at) => {
    const { gate, problems } = judged(at);
    expect(problems).toEqual([]);
    expect([gate?.reached, gate?.phases.length]).toEqual([2, 4]);
    const rules = gate!.phases.flatMap((phase) => phase.rules);
    expect(rules.length).toBe(23);
    expect(rules.filter(({ verdict }) => verdict !== "met").map(({ rule }) => rule.kpi)).toEqual([
      "tests.pass_rate@e2e",
      "session.persistence",
    ]);
  },
);
