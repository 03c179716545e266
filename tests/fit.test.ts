import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseConfig } from "../src/core/config/parse-config.ts";
import { evaluate } from "../src/core/evaluate.ts";
import type { Problem } from "../src/core/model/problem.ts";
import type { Report } from "../src/core/model/report.ts";
import { fitText } from "../src/core/report/fit.ts";
import { checkLimit, commentLimit, renderCheckSummary, renderMarkdown } from "../src/core/report/markdown.ts";
import { readText } from "./runner/bytes.ts";

interface Size {
  readonly phases: number;
  readonly rules: number;
  readonly tests: number;
  readonly problems: number;
  /** Repeated in every text that a report file or a configuration can bring. */
  readonly text: string;
}

/** A red report of any size. */
function reportOf({ phases, rules, tests, problems, text }: Size): Report {
  const list = Array.from(
    { length: phases },
    (_, i) => `{ name: P${i}, kpis: { tests.errored: 0, tests.failed: 0 } }`,
  );
  const { config } = parseConfig(`version: 1\nphases: [${list.join(", ")}]\n`, "c.yml");
  if (!config) throw new Error("the configuration does not parse");
  const many = config.phases.map((phase) => ({
    ...phase,
    name: text || "x",
    rules: Array.from({ length: rules }, () => phase.rules[1]!),
  }));
  const shown = text.replace(/[<>&"\p{Cc}\p{Cs}\ufffe\uffff]/gu, "?");
  const failing = `<testcase name="${shown}"><failure message="${shown}"/></testcase>`;
  const file = readText(`<testsuite name="s">${failing.repeat(tests)}</testsuite>`, "junit.xml");
  const warning: Problem = { code: "event", severity: "warning", message: text, hint: text };
  return evaluate({
    name: "phase-gate",
    run: { at: "2026-01-01T00:00:00.000Z", sha: "a".repeat(40), number: 3 },
    config: { ...config, phases: many },
    evidence: {
      sources: [{ family: "tests", glob: "junit.xml", files: [file], problems: [] }],
      problems: [],
      root: "",
    },
    problems: Array.from({ length: problems }, () => warning),
    locate: (path) => path,
  });
}

const size = fc.record({
  phases: fc.integer({ min: 1, max: 50 }),
  rules: fc.integer({ min: 1, max: 60 }),
  tests: fc.integer({ min: 1, max: 400 }),
  problems: fc.integer({ min: 0, max: 300 }),
  text: fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 300 }),
    fc.constantFrom("\u{1f680}".repeat(150), "<&|_*`[]".repeat(30), "```\n".repeat(40), "x\n\ny"),
  ),
});

describe("whatever the size of a report", () => {
  test.each([
    ["the comment", renderMarkdown, commentLimit],
    ["a short text", (report: Report) => renderMarkdown(report, 4_000), 4_000],
    ["the check run", renderCheckSummary, checkLimit],
  ])("%s fits, begins with the verdict, and nothing in it is cut in the middle", (_, render, limit) => {
    fc.assert(
      fc.property(size, (given) => {
        const text = render(reportOf(given));
        expect(text.length).toBeLessThanOrEqual(limit);
        expect(text.startsWith("### ")).toBe(true);
        expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
        for (const line of text.split("\n")) if (line.startsWith("|")) expect(line.endsWith("|")).toBe(true);
        // Half a surrogate pair does not survive being written.
        expect(Buffer.from(text).toString()).toBe(text);
        expect(text).not.toContain("```");
        expect(/<\/sub>\n$|the log and report\.json have it\.\n$/.test(text)).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  test("what is left out is counted", () => {
    const rules = reportOf({ phases: 20, rules: 60, tests: 1, problems: 0, text: "x" });
    expect(renderMarkdown(rules, 20_000)).toMatch(/\.\.\. and 1,1\d\d more rules/);
    const tests = reportOf({ phases: 1, rules: 1, tests: 400, problems: 0, text: "x" });
    expect(renderMarkdown(tests)).toContain("... and 300 more.");
  });
});

test("a text that no level makes short enough loses whole blocks at its end", () => {
  const blocks = ["head", "<details>\n\nfolded\n\n</details>", "| a |\n|---|\n| b |", "last"];
  const text = blocks.join("\n\n");
  const whole = [1, 2, 3].map((count) => blocks.slice(0, count).join("\n\n"));
  for (let limit = 71; limit < text.length + 71; limit++) {
    const cut = fitText([0], () => `${text}${"\n\nx".repeat(99)}`, limit);
    expect(cut.length).toBeLessThanOrEqual(limit);
    const [kept = "", ...end] = cut.split("\n\n... the rest does not fit");
    expect(end).toHaveLength(1);
    expect(whole.includes(kept) || kept.startsWith(text)).toBe(true);
  }
});
