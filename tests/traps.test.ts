import { describe, expect, test } from "vitest";
import { renderConsole } from "../src/core/report/console.ts";
import { gate } from "./traps/gate.ts";
import { traps } from "./traps/traps.ts";

describe("the gate does not fall into what others fall into", () => {
  test.each(traps)("%i: %s", (_number, _name, given, outcome, says) => {
    const report = gate(given);
    const page = renderConsole(report);
    for (const words of says) expect(page).toMatch(words);
    expect(report.gate?.outcome ?? "error", page).toBe(outcome);
  });
});
