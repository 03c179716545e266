import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseConfig } from "../src/core/config/parse-config.ts";
import { pastOf } from "../src/core/history/baseline.ts";
import { kpis, measure } from "../src/core/measure/index.ts";
import { familyOf, isOfHistory } from "../src/core/measure/kpi.ts";
import { unscoped } from "../src/core/model/kpi.ts";
import { valueText } from "../src/core/report/words.ts";
import { readFolder } from "../src/io/history-folder.ts";
import { planExamples } from "../tools/docs/plan-examples.ts";
import { readText, testPath } from "./runner/bytes.ts";

const { config } = parseConfig("version: 1\nextends: execution-plan\n", "gate.yml");
const inPlan = new Set(config!.phases.flatMap(({ rules }) => rules.map(({ kpi }) => unscoped(kpi))));
const repository = (path: string) => testPath("..", ...path.split("/"));

const { records } = readFolder({
  shown: "history",
  path: repository("examples/execution-plan/history"),
  gate: "phase-gate",
});
const past = pastOf(records, { at: "2026-11-24T12:00:00.000Z" }, undefined);

/** The value of a KPI in one file, as users see it. */
function valueIn(kpi: string, path: string): string {
  const info = kpis[kpi] ?? config!.own.get(kpi)!;
  const files = isOfHistory(kpi) ? [] : [readText(readFileSync(repository(path)), path)];
  const sources = [{ family: familyOf(kpi), glob: path, files, problems: [] }];
  const { measurements } = measure({ sources, root: "" }, config!, past);
  return valueText(measurements.get(kpi)!, info.unit);
}

test("every KPI of the execution plan has an example in the docs, and no other", () => {
  expect(new Set(Object.keys(planExamples))).toEqual(inPlan);
});

test.each(Object.entries(planExamples))("%s is what its example in the docs says", (kpi, { file, value }) => {
  expect(valueIn(kpi, file)).toBe(value);
});
