import { describe, expect, test } from "vitest";
import type { FindingSeverity } from "../src/core/model/facts.ts";
import type { Report } from "../src/core/model/report.ts";
import { renderConsole } from "../src/core/report/console.ts";
import { renderMarkdown } from "../src/core/report/markdown.ts";
import { findingsText, worstFindings } from "../src/core/report/worst-findings.ts";
import { richReport } from "./hostile/report.ts";

type Kept = Report["findings"]["kept"][number];

const finding = (rule: string, severity?: FindingSeverity, more: Partial<Kept> = {}): Kept => ({
  tool: "t",
  rule,
  message: "m",
  ids: [],
  ...(severity ? { severity } : {}),
  ...more,
});
const secure = { security: true } as const;

/** A report with these findings, of which there may be more than it keeps. */
function report(kept: readonly Kept[], total = kept.length): Report {
  return { ...richReport(), findings: { total, kept } };
}

describe("findings on a page", () => {
  test.for<readonly [string, readonly Kept[], number?]>([
    ["1 finding", [finding("a", "low")]],
    ["2 findings: 2 high about security", [finding("a", "high", secure), finding("b", "high", secure)]],
    [
      "4 findings: 1 critical, 1 low and 1 unrated about security, 1 other",
      [
        finding("a", "critical", secure),
        finding("b", "low", secure),
        finding("c", undefined, secure),
        finding("d"),
      ],
    ],
    ["2 findings: 1 on changed lines", [finding("a", "low", { touched: true }), finding("b", "low")]],
    ["1,200 findings", [finding("a", "critical", secure)], 1_200],
  ])("are summed up as %s", ([text, kept, total]) => {
    expect(findingsText(report(kept, total))).toBe(text);
  });

  test("are those on changed lines, then the worst, and the rest is counted", () => {
    const kept = [
      ...Array.from({ length: 30 }, (_, i) => finding(`old${i}`, "high")),
      finding("mine", "low", { touched: true, at: { file: "src/a.js", line: 3 } }),
    ];
    const shown = report(kept);
    expect(worstFindings(shown, 2).map(({ rule }) => rule)).toEqual(["mine", "old0"]);
    const comment = renderMarkdown(shown);
    expect(comment).toContain("<summary>31 findings: 1 on changed lines</summary>");
    expect(comment).toContain("- <b>low</b> <code>t: mine</code> <code>src/a.js:3</code><br><code>m</code>");
    expect(comment).toContain("- ... and 21 more");
    expect(renderConsole(shown)).toMatch(
      /31 findings: 1 on changed lines\n {2}low {2}t: mine {2}m {2}src\/a\.js:3\n[\s\S]* {2}\.\.\. and 26 more/,
    );
  });

  test("are not spoken of where there are none", () => {
    for (const text of [renderMarkdown(report([])), renderConsole(report([]))])
      expect(text).not.toMatch(/finding/);
  });
});
