import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { annotationsOf, maxAnnotations } from "../src/core/report/annotations.ts";
import { fitText, utf8Length } from "../src/core/report/fit.ts";
import { commentLimit, renderMarkdown } from "../src/core/report/markdown.ts";
import { hostileReport, richReport } from "./hostile/report.ts";

describe("sizes", () => {
  test("a report with thousands of failing tests fits a comment, with the verdict first and a count of the rest", () => {
    const text = renderMarkdown(hostileReport("<&|_*`[]".repeat(15), richReport(3000)));
    expect(text.length).toBeLessThanOrEqual(commentLimit);
    expect(text.split("\n")[0]).toMatch(/^### /);
    expect(text).toMatch(/2,9\d\d more/);
  });

  test("annotations are bounded in number and length", () => {
    const annotations = annotationsOf(hostileReport("y".repeat(9000), richReport(600)));
    expect(annotations).toHaveLength(maxAnnotations);
    for (const { title, message } of annotations) {
      expect(title.length).toBeLessThanOrEqual(255);
      expect(message.length).toBeLessThanOrEqual(8000);
    }
  });

  test("annotations warn of changed lines that did not run, neighbours together", () => {
    const warnings = annotationsOf(richReport()).filter(({ title }) => title === "Not covered");
    expect(warnings.map(({ path, line, endLine, message }) => [path, line, endLine, message])).toEqual([
      ["f.ts", 1, 2, "These 2 changed lines are not covered by any test that was measured."],
      ["f.ts", 9, 9, "This changed line is not covered by any test that was measured."],
    ]);
  });

  test.each([9, 10, 11])("a text of 10 characters at a limit of %i", (limit) => {
    expect(fitText([10, 5], (size) => "x".repeat(size), limit)).toHaveLength(limit >= 10 ? 10 : 5);
  });

  test("the length in UTF-8 is that of the encoder", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(utf8Length(text)).toBe(new TextEncoder().encode(text).length);
      }),
    );
  });
});

describe("display never reaches the verdict", () => {
  test("the same report is judged alike however much is shown", () => {
    const report = richReport(50);
    const before = JSON.stringify(report.gate, (_, value: unknown) =>
      typeof value === "bigint" ? String(value) : value,
    );
    for (const limit of [100, 1000, 10_000]) renderMarkdown(report, limit);
    expect(
      JSON.stringify(report.gate, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value)),
    ).toBe(before);
    expect(report.tests?.counts.failed).toBe(50);
  });
});
