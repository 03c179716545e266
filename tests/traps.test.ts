import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { renderConsole } from "../src/core/report/console.ts";
import { testPath } from "./runner/bytes.ts";
import { elsewhere } from "./traps/elsewhere.ts";
import { gate } from "./traps/gate.ts";
import { traps } from "./traps/traps.ts";

describe("the gate does not fall into what others fall into", () => {
  test.each(traps)("%i: %s", (_number, _name, given, outcome, says) => {
    const report = gate(given);
    const page = renderConsole(report);
    for (const words of says) expect(page).toMatch(words);
    expect(report.gate?.outcome ?? "error", page).toBe(outcome);
  });

  test.each(elsewhere)("%i: %s (%s)", (_number, _name, file, title) => {
    expect(readFileSync(testPath(file), "utf8")).toContain(`test("${title}"`);
  });

  test("of all 48 none is left out", () => {
    const seen = new Set([...traps, ...elsewhere].map(([number]) => number));
    expect([...seen].sort((a, b) => a - b)).toEqual(Array.from({ length: 48 }, (_, i) => i + 1));
  });
});
