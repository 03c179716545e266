import fc from "fast-check";
import { expect, test } from "vitest";
import { parseConfig } from "../src/core/config/parse-config.ts";
import { evaluate } from "../src/core/evaluate.ts";
import { readText } from "./runner/bytes.ts";

const holds = {
  "at least": (value: number, bound: number) => value >= bound,
  "at most": (value: number, bound: number) => value <= bound,
  above: (value: number, bound: number) => value > bound,
  below: (value: number, bound: number) => value < bound,
  exactly: (value: number, bound: number) => value === bound,
};
type Word = keyof typeof holds;

const small = fc.nat(4);
const limit = fc.record({ word: fc.constantFrom(...(Object.keys(holds) as Word[])), bound: small });
const phases = fc.array(fc.array(limit, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 3 });

function outcomeOf(rules: readonly (readonly { word: Word; bound: number }[])[], series: readonly number[]) {
  const text = rules.map((limits, i) => {
    const list = limits.map(({ word, bound }) => `${word} ${bound}`).join(", ");
    return `  - { name: P${i}, kpis: { queue.depth: [${list}] } }\n`;
  });
  const { config } = parseConfig(`version: 1\nphases:\n${text.join("")}`, "gate.yml");
  const lines = series.map((value, i) => `queue_depth{i="${i}"} ${value}\n`);
  const files = [readText(lines.join(""), "m.prom")];
  if (!config) return undefined;
  const sources = [{ family: "metrics" as const, glob: "m", files, problems: [] }];
  const evidence = { sources, problems: [], root: "" };
  const run = { at: "2026-11-24T00:00:00.000Z" };
  const report = evaluate({ name: "g", run, config, evidence, problems: [], locate: () => undefined });
  return report.gate?.outcome;
}

test("a gate that passes holds for each of several series, and one series is judged as it is", () => {
  let passed = 0;
  fc.assert(
    fc.property(phases, fc.array(small, { minLength: 1, maxLength: 3 }), (rules, series) => {
      const outcome = outcomeOf(rules, series);
      if (outcome === undefined) return;
      const all = rules.flat().every(({ word, bound }) => series.every((value) => holds[word](value, bound)));
      if (outcome === "pass") expect(all).toBe(true);
      if (new Set(series).size === 1) expect(outcome).toBe(all ? "pass" : "fail");
      passed += Number(outcome === "pass");
    }),
    { numRuns: 600 },
  );
  expect(passed).toBeGreaterThan(10);
});
