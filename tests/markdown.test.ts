import fc from "fast-check";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import { describe, expect, test } from "vitest";
import { parseConfig } from "../src/core/config/parse-config.ts";
import { evaluate } from "../src/core/evaluate.ts";
import type { Report } from "../src/core/model/report.ts";
import { annotationsOf, maxAnnotations } from "../src/core/report/annotations.ts";
import { renderConsole } from "../src/core/report/console.ts";
import { fitText, utf8Length } from "../src/core/report/fit.ts";
import {
  commentLimit,
  renderCheckSummary,
  renderMarkdown,
  renderSummary,
} from "../src/core/report/markdown.ts";
import { readText } from "./runner/bytes.ts";

const escapeXml = (text: string) => text.replace(/[<>&"\n\r\t]/g, (c) => `&#${c.charCodeAt(0)};`);

/** A red report in which a text stands wherever a report file or a configuration can put one. */
function reportWith(text: string, tests = 1): Report {
  const attribute = escapeXml(text.replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, "?"));
  const cases = `<testcase classname="${attribute}" name="${attribute}" file="${attribute}" line="3"><failure message="${attribute}">${attribute}</failure></testcase>`;
  const read = readText(
    `<testsuite name="${attribute}" tests="99">${cases.repeat(tests)}<error message="${attribute}"/></testsuite>`,
    text,
  );
  const { config } = parseConfig(
    "version: 1\nphases: [{ name: A, owner: B, kpis: { tests.failed: 0, coverage.lines: 90% } }]",
    "c.yml",
  );
  if (!config) throw new Error("the configuration does not parse");
  const phases = config.phases.map((phase) => ({ ...phase, name: text || "A", owner: text }));
  return evaluate({
    name: "phase-gate",
    run: {
      at: "2026-11-24T00:00:00.000Z",
      sha: "a".repeat(40),
      number: 3,
      url: "https://github.com/acme/shop/actions/runs/3",
    },
    config: { ...config, phases, title: text || "A" },
    evidence: {
      sources: [{ family: "tests", glob: text, files: [read], problems: [] }],
      problems: [],
      root: "",
    },
    problems: [
      { code: "event", severity: "warning", message: text, at: { file: text, line: 1 }, hint: text },
    ],
    locate: (file) => file,
  });
}

interface Node {
  readonly type: string;
  readonly value?: string;
  readonly url?: string;
  readonly children?: readonly Node[];
}

/** The shape of a parsed document: types of nodes, tags of HTML, links as they are; texts left out. */
function shape(markdown: string): string {
  const tree = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }) as Node;
  const walk = ({ type, value, url, children }: Node): string => {
    const own =
      type === "html" ? (value?.match(/<[^>]*>/g) ?? []).join("") : type === "link" ? `${type}:${url}` : type;
    // How many neighbouring texts the parser makes of one sentence says nothing.
    const inner = (children ?? [])
      .map(walk)
      .filter((part, i, all) => part !== "text" || all[i - 1] !== "text");
    return inner.length === 0 ? own : `${own}(${inner.join(" ")})`;
  };
  return walk(tree);
}

const payloads: readonly string[] = [
  "@octocat",
  "&#64;octocat",
  "&commat;octocat",
  "Fixes #1",
  "acme/shop#1",
  "GH-1",
  "https://evil.example/p",
  "www.evil.example",
  "me@evil.example",
  "[x](https://evil.example)",
  "![x](https://evil.example/p.png)",
  "<img src=x onerror=alert(1)>",
  "</td></tr></table><h1>",
  "</code></summary></details><details open>",
  "<!-- phase-gate phase-gate run=9.9 sha=x -->",
  "-->",
  "| a | b |",
  "a | b \\| c",
  "`code` ``` fence",
  "```\nfence\n```",
  "\n# heading",
  "\n\n---\n\n",
  "- item",
  "1. item",
  "+ item",
  "> [!CAUTION]\n> quote",
  "***bold*** __x__ ~~y~~",
  "\\",
  "\\<b>",
  "[^1]: note",
  "[ref]: https://evil.example",
  "::error::x",
  "##[error]x",
  ":tada:",
  "a".repeat(40),
  "deadbeefdeadbeefdeadbeefdeadbeefdeadbeef",
  "\u202egnp.exe",
  "a\u200bb\u2066c",
  "<table><tr>",
  "&lt;b&gt;",
  "$x$ $$y$$",
  "==x==",
  "  indented",
  "\tcode",
];

describe("hostile text", () => {
  const plain = reportWith("x");
  const renderings = { comment: renderMarkdown, summary: renderSummary, check: renderCheckSummary } as const;

  describe.each(Object.entries(renderings))("in the %s", (_, render) => {
    const expected = shape(render(plain));

    test.each(payloads)("%j changes no shape", (payload) => {
      expect(shape(render(reportWith(payload)))).toBe(expected);
    });

    test("any text changes no shape", () => {
      fc.assert(
        fc.property(
          fc.string({ unit: "grapheme", minLength: 1 }),
          fc.constantFrom(...payloads),
          (text, payload) => {
            expect(shape(render(reportWith(`${text}${payload}${text}`)))).toBe(expected);
          },
        ),
        { numRuns: 50 },
      );
    });

    test.each(payloads)("%j makes no mention, reference, link or emoji of its own", (payload) => {
      // In an element for code nothing is looked for.
      const text = render(reportWith(payload)).replace(/<code>.*?<\/code>/g, "");
      expect(text).not.toMatch(
        /@\w|(^|[^&])#\d|:\w+:|GH-\d|https:\/\/evil|www\.|[\u202a-\u202e\u2066-\u2069\u200b]/m,
      );
      expect(text).not.toMatch(/<!--/);
    });
  });

  test.each(payloads)("%j starts no command in a log and leaves no control character", (payload) => {
    const page = renderConsole(reportWith(payload));
    for (const line of page.split("\n")) expect(line.trimStart()).not.toMatch(/^::|##\[/);
    expect(page).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]/);
  });
});

describe("sizes", () => {
  test("a report with thousands of failing tests fits a comment, with the verdict first and a count of the rest", () => {
    const text = renderMarkdown(reportWith("<&|_*`[]".repeat(60), 3000));
    expect(text.length).toBeLessThanOrEqual(commentLimit);
    expect(text.split("\n")[0]).toMatch(/^### /);
    expect(text).toMatch(/2,9\d\d more/);
  });

  test("annotations are bounded in number and length", () => {
    const annotations = annotationsOf(reportWith("y".repeat(9000), 600));
    expect(annotations).toHaveLength(maxAnnotations);
    for (const { title, message } of annotations) {
      expect(title.length).toBeLessThanOrEqual(255);
      expect(message.length).toBeLessThanOrEqual(8000);
    }
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
    const report = reportWith("x", 50);
    const before = JSON.stringify(report.gate, (_, value: unknown) =>
      typeof value === "bigint" ? String(value) : value,
    );
    for (const limit of [100, 1000, 10_000]) renderMarkdown(report, limit);
    expect(
      JSON.stringify(report.gate, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value)),
    ).toBe(before);
    expect(report.tests?.counts.failed).toBe(51);
  });
});
