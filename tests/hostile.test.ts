import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { stringify } from "yaml";
import { writeOutputs } from "../src/action/outputs.ts";
import type { Problem } from "../src/core/model/problem.ts";
import type { Report } from "../src/core/model/report.ts";
import { annotationsOf } from "../src/core/report/annotations.ts";
import { renderConsole } from "../src/core/report/console.ts";
import { cut, plain } from "../src/core/report/escape.ts";
import { renderCheckSummary, renderMarkdown, renderSummary } from "../src/core/report/markdown.ts";
import { problemText, saidText } from "../src/core/report/problem-text.ts";
import { headSentence } from "../src/core/report/sentence.ts";
import { startGitHub } from "./github/server.ts";
import { payloads } from "./hostile/payloads.ts";
import { hostileReport, richReport } from "./hostile/report.ts";
import { extras, shape } from "./hostile/shape.ts";
import { logCommands } from "./runner/log-commands.ts";
import { readOutputs } from "./runner/output-file.ts";
import { runAction } from "./runner/run-action.ts";

/** A red report that could be judged, and one that could not. */
const reports = { judged: richReport(), unjudged: richReport(2, ["error", "warning"]) } as const;

const problem = (text: string): Problem => ({
  code: "not-published",
  severity: "warning",
  message: text,
  at: { file: text, line: 1 },
  hint: text,
});

const renderings: Readonly<Record<string, (report: Report, text: string) => string>> = {
  comment: (report) => renderMarkdown(report),
  "short comment": (report) => renderMarkdown(report, 3_000),
  summary: (report, text) => renderSummary(report, [problem(text)]),
  check: (report) => renderCheckSummary(report),
};

test("there are at least 60 hostile texts, each another one", () => {
  expect(new Set(payloads).size).toBeGreaterThanOrEqual(60);
  expect(new Set(payloads).size).toBe(payloads.length);
});

/** Every rendering of both reports with a text in them. */
function rendered(text: string) {
  return Object.entries(reports).flatMap(([kind, report]) =>
    Object.entries(renderings).map(([name, render]) => ({
      name: `${name} of a report that is ${kind}`,
      markdown: render(hostileReport(text, report), text),
    })),
  );
}

describe("in Markdown", () => {
  const harmless = rendered("x").map(({ markdown }) => ({
    shape: shape(markdown),
    extras: extras(markdown),
  }));

  test.each(payloads)(
    "%j changes no shape, and makes no mention, reference, link, marker or emoji",
    (payload) => {
      for (const [i, { name, markdown }] of rendered(payload).entries()) {
        // A long text takes details away, and nothing else.
        if (payload.length < 1_000 && !name.startsWith("short"))
          expect(shape(markdown), name).toBe(harmless[i]!.shape);
        const more = extras(markdown).filter((extra) => !harmless[i]!.extras.includes(extra));
        expect(more, name).toEqual([]);
        expect(markdown, name).not.toContain("<!--");
      }
    },
  );

  test("property: any text changes no shape", () => {
    const short = payloads.filter((payload) => payload.length < 1_000);
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", minLength: 1 }),
        fc.constantFrom(...short),
        (text, payload) => {
          for (const [i, { name, markdown }] of rendered(`${text}${payload}${text}`).entries())
            if (!name.startsWith("short")) expect(shape(markdown), name).toBe(harmless[i]!.shape);
        },
      ),
      { numRuns: 15 },
    );
  });
});

describe("in logs, titles and annotations", () => {
  const hidden =
    /[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\p{Cs}]/u;

  /** By form: pages that go to the log, lines that stand alone, and texts that are never part of a log. */
  function texts(text: string) {
    return Object.values(reports).map((report) => {
      const hostile = hostileReport(text, report);
      return {
        pages: [renderConsole(hostile), problemText(problem(text)), saidText(problem(text))],
        lines: [cut(plain(headSentence(hostile)), 255)],
        annotations: annotationsOf(hostile).flatMap(({ title, message }) => [title, message]),
      };
    });
  }

  const heights = (pages: readonly string[]) => pages.map((page) => page.split("\n").length);
  const harmless = texts("x").map(({ pages }) => heights(pages));

  test.each(payloads)("%j starts no command, hides nothing and stays in its line", (payload) => {
    for (const [i, { pages, lines, annotations }] of texts(payload).entries()) {
      expect(logCommands([...pages, ...lines].join("\n"))).toEqual([]);
      for (const text of [...pages, ...lines, ...annotations]) expect(text).not.toMatch(hidden);
      for (const line of lines) expect(line).not.toContain("\n");
      expect(heights(pages)).toEqual(harmless[i]);
    }
  });
});

describe("in the outputs", () => {
  const folder = mkdtempSync(join(tmpdir(), "phase-gate-outputs-"));
  const file = join(folder, "output");
  beforeEach(() => void vi.stubEnv("GITHUB_OUTPUT", file));
  afterEach(() => void vi.unstubAllEnvs());
  afterAll(() => rmSync(folder, { recursive: true }));

  const outputs = (report: Report) => {
    writeFileSync(file, "");
    expect(writeOutputs(report, join(folder, "report"))).toEqual([]);
    return readOutputs(readFileSync(file, "utf8"));
  };

  test.each(payloads)("%j is a value and makes no output", (payload) => {
    const given = outputs(hostileReport(payload));
    expect(Object.keys(given)).toEqual(Object.keys(outputs(richReport())));
    expect(given["outcome"]).toBe(richReport().gate?.outcome);
    expect((JSON.parse(given["failed-rules"]!) as { phase: string }[])[0]?.phase).toBe(payload);
  });
});

test("all of them at once, in everything that the bundle takes in, come to nothing", async () => {
  const run = async (text: (i: number) => string) => {
    const checkout = mkdtempSync(join(tmpdir(), "phase-gate-hostile-"));
    const github = await startGitHub();
    try {
      const xml = (value: string) =>
        value
          .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]/g, "?")
          .replace(/[<>&"\n\r\t]/g, (c) => `&#${c.charCodeAt(0)};`);
      const cases = payloads.map((_, i) => {
        const value = xml(text(i));
        return `<testcase name="${value}" classname="${value}" file="${value}" line="1"><failure message="${value}">${value}</failure></testcase>`;
      });
      const phases = payloads.slice(0, 20).map((_, i) => ({
        name: `${i} ${text(i)}`.replace(/[\p{Cc}\p{Cs}]/gu, "?").slice(0, 80),
        owner: `${i} ${text(i)}`.replace(/[\p{Cc}\p{Cs}]/gu, "?").slice(0, 80),
        kpis: { "tests.pass_rate": "above 85%" },
      }));
      mkdirSync(join(checkout, "reports"));
      writeFileSync(join(checkout, "reports/r.xml"), `<testsuite name="s">${cases.join("")}</testsuite>`);
      writeFileSync(
        join(checkout, "phase-gate.yml"),
        stringify({ version: 1, sources: { tests: "reports/*.xml" }, phases }),
      );
      const needs = JSON.stringify(
        Object.fromEntries(payloads.map((_, i) => [`${i}${text(i)}`, { result: "skipped" }])),
      );
      const result = await runAction({
        checkout,
        apiUrl: github.url,
        inputs: { config: "phase-gate.yml", needs },
      });
      return { ...result, comments: github.comments.map(({ body }) => body), checks: github.checkRuns };
    } finally {
      rmSync(checkout, { recursive: true });
      await github.close();
    }
  };
  const [harmless, hostile] = await Promise.all([run(() => "x"), run((i) => payloads[i]!)]);
  expect(logCommands(hostile.log)).toEqual(logCommands(harmless.log));
  expect(Object.keys(hostile.outputs)).toEqual(Object.keys(harmless.outputs));
  expect([hostile.exitCode, hostile.outputs["outcome"]]).toEqual([2, "error"]);
  expect(hostile.comments).toHaveLength(1);
  expect(hostile.comments[0]!.split("<!--")).toHaveLength(2);
  const body = (comment = "") => comment.slice(comment.indexOf("\n"));
  expect(extras(body(hostile.comments[0]))).toEqual(extras(body(harmless.comments[0])));
  expect(extras(hostile.summary)).toEqual(extras(harmless.summary));
  expect(extras(hostile.checks[0]?.summary ?? "")).toEqual(extras(harmless.checks[0]?.summary ?? ""));
});
