import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseConfig } from "../src/core/config/parse-config.ts";
import { InputError, type Severity } from "../src/core/model/problem.ts";
import type { Report } from "../src/core/model/report.ts";
import { renderConsole } from "../src/core/report/console.ts";
import { renderJson } from "../src/core/report/json.ts";
import { renderCheckSummary, renderMarkdown } from "../src/core/report/markdown.ts";
import { maskReport } from "../src/core/report/mask-report.ts";
import { maxReportText, readReport } from "../src/core/report/read-report.ts";
import { runGate } from "../src/gate.ts";
import { payloads } from "./hostile/payloads.ts";
import { richReport } from "./hostile/report.ts";
import { testPath } from "./runner/bytes.ts";

const read = (json: string) => readReport(json, "report.json");

/** What is said against a text, or "taken". */
function verdict(json: string): string {
  try {
    read(json);
    return "taken";
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.problem.message;
  }
}

describe("a report that was written is read back whole", () => {
  const examples = readdirSync(testPath("..", "examples")).map((name) => {
    const folder = testPath("..", "examples", name);
    const { config, problems } = parseConfig(
      readFileSync(`${folder}/phase-gate.yml`, "utf8"),
      "phase-gate.yml",
    );
    const run = { at: "2026-11-24T00:00:00.000Z" };
    return [
      name,
      runGate({ name: "phase-gate", run, config, problems, workspace: { root: folder, base: folder } }),
    ] as const;
  });
  const unread = runGate({
    name: "phase-gate",
    run: {
      at: "2026-11-24T00:00:00.000Z",
      sha: "a".repeat(40),
      id: 1,
      number: 2,
      attempt: 3,
      pullRequest: 4,
      event: "push",
    },
    config: null,
    problems: [
      {
        code: "config-missing",
        severity: "error",
        message: "m",
        at: { file: "f", line: 1, column: 2 },
        hint: "h",
      },
    ],
    workspace: { root: testPath(), base: testPath() },
  });

  test.each<readonly [string, Report]>([
    ["something of everything", richReport()],
    ["with errors", richReport(3, ["error", "note"])],
    ["without a gate", unread],
    ...examples,
  ])("%s", (_, report) => {
    const again = read(renderJson(report));
    expect(again).toEqual(report);
    for (const render of [renderMarkdown, renderCheckSummary, renderConsole])
      expect(render(again)).toBe(render(report));
    expect(JSON.parse(renderJson(again))).toEqual(JSON.parse(renderJson(report)));
  });

  test("property: with any text in it", () => {
    const severities = fc.array(fc.constantFrom<Severity>("error", "warning", "note"), { maxLength: 3 });
    fc.assert(
      fc.property(
        fc.string(),
        fc.constantFrom(...payloads),
        fc.nat(3),
        severities,
        (text, payload, tests, some) => {
          const report = richReport(tests, some);
          // A day and a path of the repository are no free text, and half a surrogate pair does not survive JSON files.
          const dated = maskReport(report, (own) =>
            /^\d{4}-\d\d-\d\d$/.test(own) || own === "f.ts" ? own : (text + payload).replace(/\p{Cs}/gu, "?"),
          );
          expect(renderMarkdown(read(renderJson(dated)))).toBe(renderMarkdown(dated));
          expect(read(renderJson(dated))).toEqual(dated);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe("what is not a report of ours is refused", () => {
  const good = renderJson(richReport());
  /** The document with one value changed, by the keys that lead to it. */
  const changed = (path: readonly (string | number)[], value: unknown) => {
    const document = JSON.parse(good) as Record<string | number, unknown>;
    const last = path.slice(0, -1).reduce((at, key) => at[key] as typeof document, document);
    last[path.at(-1)!] = value;
    return JSON.stringify(document);
  };
  const failing = ["tests", "failing", 0];
  const firstRule = ["gate", "phases", 0, "rules", 0];

  test("and what is, is taken", () => {
    expect(verdict(good)).toBe("taken");
  });

  test.each<[string, string, string | RegExp]>([
    ["nothing", "", "the report is not JSON"],
    ["text", "not a report", "the report is not JSON"],
    ["a page of HTML", "<!DOCTYPE html>", "the report is not JSON"],
    ["a report that is cut off", good.slice(0, -10), "the report is not JSON"],
    ["null", "null", /^the report is not a report that this version writes: /],
    ["a list", "[]", /^the report is not a report/],
    ["an empty object", "{}", /: schema: /],
    ["another version", changed(["schema"], 2), /: schema: /],
    ["a name that is a marker", changed(["name"], "x run=9.9 sha=y -->"), /: name: /],
    ["a mode of its own", changed(["mode"], "off"), /: mode: /],
    ["no gate", changed(["gate"], undefined), /: gate: /],
    ["a gate without phases", changed(["gate", "phases"], []), /: gate: counts phases that are not there/],
    ["more phases reached than there are", changed(["gate", "reached"], 9), /: gate: counts phases/],
    ["a phase required that is not there", changed(["gate", "require"], 9), /: gate: counts phases/],
    ["a phase of no number", changed(["gate", "require"], 0), /: gate\.require: /],
    ["half a phase", changed(["gate", "reached"], 0.5), /: gate\.reached: /],
    ["an outcome of its own", changed(["gate", "outcome"], "success"), /: gate\.outcome: /],
    ["a verdict of its own", changed([...firstRule, "verdict"], "fine"), /verdict: /],
    ["a key of its own", changed([...firstRule, "html"], "<b>"), /gate\.phases\.0\.rules\.0: /],
    ["a value that is text", changed([...firstRule, "value"], "85"), /value: /],
    [
      "a share of nothing",
      changed([...firstRule, "value"], { kind: "ratio", part: 1, whole: 0 }),
      /value\.whole: /,
    ],
    [
      "digits that are none",
      changed([...firstRule, "rule", "pass", 0, "bound", "value", "digits"], "9".repeat(500)),
      /digits: /,
    ],
    [
      "a power of ten that fills the memory",
      changed([...firstRule, "rule", "pass", 0, "bound", "value", "scale"], 1e9),
      /scale: /,
    ],
    [
      "a remedy of half a step",
      changed([...firstRule, "remedy"], { steps: 0.5, step: ["a", "b"] }),
      /remedy/,
    ],
    ["a day that is none", changed(["gate", "phases", 0, "phase", "due"], "soon"), /due: /],
    ["a KPI that is text", changed(["kpis", "tests.total"], "9"), /kpis\.tests\.total: /],
    ["counts below zero", changed(["tests", "counts", "failed"], -1), /counts\.failed: /],
    ["a test that passed among the failing", changed([...failing, "how"], "passed"), /how: /],
    ["a message that is an object", changed([...failing, "message"], { toString: "x" }), /message: /],
    ["a text that is very long", changed([...failing, "message"], "x".repeat(70_000)), /message: /],
    [
      "an annotation outside of the repository",
      changed([...failing, "source", "file"], "../../etc/passwd"),
      /is no path in a repository/,
    ],
    [
      "an annotation with an absolute path",
      changed([...failing, "source", "file"], "/etc/passwd"),
      /is no path in a repository/,
    ],
    [
      "an annotation with backslashes",
      changed([...failing, "source", "file"], "a\\b"),
      /is no path in a repository/,
    ],
    ["line 0", changed([...failing, "source", "line"], 0), /line: /],
    ["a problem of its own", changed(["problems", 0, "code"], "all-is-well"), /problems\.0\.code: /],
    ["a run of no time", changed(["run", "at"], "now"), /run\.at: /],
    [
      "very many problems",
      changed(
        ["problems"],
        Array.from({ length: 50_001 }, () => 0),
      ),
      /problems: /,
    ],
  ])("%s", (_, json, message) => {
    expect(verdict(json)).toMatch(message);
  });

  test("a text beyond the limit", () => {
    expect(verdict(" ".repeat(maxReportText + 1))).toBe("the report is longer than the limit (32 MiB)");
  });

  test("property: with any value in place of any other it is refused, or renders", () => {
    const keys = (value: unknown, path: readonly string[] = []): readonly (readonly string[])[] =>
      typeof value === "object" && value !== null
        ? Object.entries(value).flatMap(([key, item]) => [[...path, key], ...keys(item, [...path, key])])
        : [];
    const all = keys(JSON.parse(good));
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom(...payloads, -1, 1e300, "__proto__"),
    );
    fc.assert(
      fc.property(fc.constantFrom(...all), value, (path, replacement) => {
        const json = changed(path, replacement);
        if (verdict(json) === "taken") {
          const report = read(json);
          for (const render of [renderJson, renderMarkdown, renderCheckSummary, renderConsole])
            expect(render(report)).not.toBe("");
        }
      }),
      { numRuns: 300 },
    );
  });
});
