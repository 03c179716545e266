import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { collect } from "../src/core/collect.ts";
import { parseConfig } from "../src/core/config/parse-config.ts";
import { evaluate } from "../src/core/evaluate.ts";
import { packBytes, packFlags, unpackBytes, unpackFlags } from "../src/core/facts-file/bits.ts";
import {
  countedAlike,
  joinCollected,
  joinSources,
  sourceKey,
  withoutCopies,
} from "../src/core/facts-file/join.ts";
import { groupsByGlob } from "../src/core/measure/groups.ts";
import { mergeTests } from "../src/core/measure/merge-tests.ts";
import type { Evidence, ReadFile, SourceEvidence } from "../src/core/model/evidence.ts";
import type { Facts } from "../src/core/model/facts.ts";
import { bitmapsOf, type LineSet } from "../src/core/model/line-set.ts";
import { PackedParts } from "../src/core/model/parts.ts";
import type { Report } from "../src/core/model/report.ts";
import { readReportFile } from "../src/core/read/index.ts";
import { reportDocument } from "../src/core/report/json.ts";
import { problemText } from "../src/core/report/problem-text.ts";
import { runGate } from "../src/gate.ts";
import { gatherHere } from "../src/gather.ts";
import { filesBelow, pieces, readText, testPath } from "./runner/bytes.ts";

const at = "2026-11-24T00:00:00.000Z";
const origin = (id: string) => ({
  id,
  written: at,
  groups: new Map<string, readonly string[]>(),
  retries: "elements" as const,
});
const { config } = parseConfig(
  `version: 1
phases:
  - name: A
    kpis: { tests.pass_rate: 90%, tests.duration: at most 1s, coverage.lines: 50%, coverage.branches: 50%, tests.pass_rate@g: 90% }
  - name: B
    kpis: { load.response_time: under 1s, load.error_rate: 5%, errs: at most 5, security.total: 3, security.high: 0, debt.issues: 3 }
groups: { g: { tests: ["a*", "*c*"] } }
`,
  "gate.yml",
);

/** Everything that a report says, apart from where its files lay. */
function said(report: Report): unknown {
  const { files: _, problems, ...rest } = reportDocument(report);
  const lines = problems.map(problemText).sort();
  return JSON.parse(
    JSON.stringify({ ...rest, problems: lines }, exact).replaceAll(/ in [\w./-]*facts-\d+\.json/g, ""),
  );
}

function judge(sources: readonly SourceEvidence[], tracked: readonly string[]): Report {
  const evidence: Evidence = { sources, problems: [], root: "/w", tracked };
  return evaluate({ name: "g", run: { at }, config, evidence, locate: () => undefined, problems: [] });
}

const source = (family: SourceEvidence["family"], files: readonly ReadFile[]): SourceEvidence => ({
  family,
  glob: `${family}/*`,
  files,
  problems: [],
});

describe("bits as text", () => {
  test("come back as they were, but for zeros at the end", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const end = bytes.findLastIndex((byte) => byte !== 0) + 1;
        expect(unpackBytes(packBytes(bytes))).toEqual(bytes.slice(0, end));
        expect(packBytes(bytes)).toBe(
          Buffer.from(bytes.slice(0, end)).toString("base64").replaceAll("=", ""),
        );
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 40 }), (flags) => {
        const bits = unpackFlags(packFlags(flags), flags.length)!;
        expect(flags.map((_, i) => (bits[i >> 3]! & (1 << (i & 7))) !== 0)).toEqual(flags);
        const last = flags.lastIndexOf(true);
        if (last !== -1) expect(unpackFlags(packFlags(flags), last)).toBeUndefined();
      }),
    );
  });

  test.each(["A", "AB!A", "ABCDE", "A=", "AAB", "é"])("%j is none of ours", (text) => {
    expect(unpackBytes(text)).toBeUndefined();
  });
});

/** Exact numbers of limits are written as text, because JSON has none. */
function exact(_: string, part: unknown): unknown {
  return typeof part === "bigint" ? String(part) : part;
}

/** Facts without maps and bytes, and without the name of the facts file. */
function plain(facts: Facts | undefined): unknown {
  const text = JSON.stringify(facts ?? null, (_, part: unknown) => {
    if (part instanceof Map || part instanceof PackedParts) return [...part.entries()];
    if (typeof part !== "object" || part === null || !("bytes" in part)) return part;
    const { known, covered } = bitmapsOf(part as LineSet);
    return [packBytes(known), packBytes(covered)];
  });
  return JSON.parse(text.replaceAll(" in facts.json", ""));
}

/** In the order that united tests have; which runs of suites they hold is kept apart. */
function ordered({ tests }: Extract<Facts, { kind: "tests" }>): Facts {
  const { suiteRuns } = tests;
  return { kind: "tests", tests: { ...mergeTests([tests]), ...(suiteRuns ? { suiteRuns } : {}) } };
}

describe("a facts file", () => {
  const genuine = filesBelow(testPath("genuine"));

  test.each(genuine)("holds all that was read in %s", (name) => {
    const file = readText(readFileSync(testPath("genuine", name)), name);
    const kind = file.facts?.kind ?? "tests";
    const family = kind === "facts" ? "tests" : kind === "findings" ? "security" : kind;
    const text = collect({ sources: [source(family, [file])], problems: [], root: "" }, origin("1"));
    expect(text).toMatch(/^[\x20-\x7e]+\n$/);
    const { facts, problems } = readText(text, "facts.json");
    expect(problems).toEqual([]);
    if (facts?.kind !== "facts") throw new Error("no facts");
    const [back] = facts.collected.sources;
    const held = back!.files.find((entry) => entry.facts)?.facts;
    expect(plain(held)).toEqual(plain(file.facts?.kind === "tests" ? ordered(file.facts) : file.facts));
    const told = back!.files.flatMap((entry) => entry.problems).map(({ code, message }) => [code, message]);
    expect(told).toEqual(file.problems.map(({ code, message }) => [code, message]));
  });
});

describe("a facts file that cannot be", () => {
  const tests = readText(
    '<testsuite name="s"><testcase name="a" time="1"/><testcase name="b"><failure/></testcase></testsuite>',
    "junit.xml",
  );
  const coverage = readText("SF:a.js\nDA:1,1\nDA:2,0\nBRDA:1,0,0,1\nend_of_record\n", "lcov.info");
  const totals = readText("SF:a.js\nLF:10\nLH:9\nend_of_record\n", "lcov.info");
  const whole = (...sources: SourceEvidence[]) =>
    collect({ sources, problems: [], root: "", tracked: ["a.js"] }, origin("1"));
  const text = whole(source("tests", [tests]), source("coverage", [coverage]));
  const bare = whole(source("coverage", [totals]));

  const damages: readonly (readonly [string, string, string, string, string?])[] = [
    ["a newer version", '"phase-gate-facts":2', '"phase-gate-facts":3', "facts-version"],
    ["a version that is none", '"phase-gate-facts":2', '"phase-gate-facts":"1"', "facts-version"],
    ["cut off", '"sources":', "", "json-syntax"],
    ["a key twice", '"passed":1', '"passed":1,"passed":2', "duplicate-key"],
    ["an unknown key", '"passed":1', '"passed":1,"pased":1', "facts-invalid"],
    ["a count that is missing", '"skipped":0,', "", "facts-invalid"],
    ["a negative count", '"skipped":0', '"skipped":-1', "facts-invalid"],
    ["a count that is no whole number", '"passed":1', '"passed":1.5', "facts-invalid"],
    ["a count beyond all numbers", '"passed":1', '"passed":1e999', "facts-invalid"],
    ["a sum that is wrong", '"total":2', '"total":3', "facts-invalid"],
    ["more flaky tests than passed ones", '"flaky":0', '"flaky":2', "facts-invalid"],
    ["a failing test that is not counted", '"failed":1', '"failed":0', "facts-invalid"],
    ["a time that is no number", '"seconds":1,', '"seconds":"1",', "facts-invalid"],
    ["a time below 0", '"seconds":1,', '"seconds":-1,', "facts-invalid"],
    ["a family that nobody knows", '"family":"tests"', '"family":"taste"', "facts-invalid"],
    ["facts of another family", '"family":"tests"', '"family":"coverage"', "facts-invalid"],
    ["a line that is covered and not executable", '["Bg","Ag"]', '["Ag","Bg"]', "facts-invalid"],
    ["line 0", '["Bg","Ag"]', '["Bw","Ag"]', "facts-invalid"],
    ["lines that are no base64", '["Bg","Ag"]', '["B-","Ag"]', "facts-invalid"],
    ["more bits than parts", '[1,"1,0,0","AQ"]', '[1,"1,0,0","/w"]', "facts-invalid"],
    ["more parts than their number", '[1,"1,0,0","AQ"]', '[1,"1,0,0\\n1,0,1","AQ"]', "facts-invalid"],
    ["a part twice", '[1,"1,0,0","AQ"]', '[2,"1,0,0\\n1,0,0","AQ"]', "facts-invalid"],
    ["a report file with neither facts nor a problem", '"united"', '"untied"', "facts-invalid"],
    ["a time of writing that is none", '"written":"2026', '"written":"2x26', "facts-invalid"],
    ["more covered than there is", '"lines":[9,10]', '"lines":[11,10]', "facts-invalid", bare],
    ["a dispute about nothing", '"totals":{"lines":[9,10]}', '"disputed":true', "facts-invalid", bare],
    ["no report file at all", bare, whole(), "no-files", bare],
  ];

  test.each(damages.map(([what, from, to, code, base = text]) => [what, from, to, code, base] as const))(
    "%s",
    (_, from, to, code, base) => {
      expect(base).toContain(from);
      const damaged = code === "json-syntax" ? base.slice(0, base.indexOf(from)) : base.replace(from, to);
      const { facts, problems } = readText(damaged, "facts.json");
      expect(problems).toMatchObject([{ code, severity: "error", at: { file: "facts.json" } }]);
      expect(problems[0]!.message).not.toMatch(/undefined|\[object/);
      if (code !== "duplicate-key") expect(problems[0]!.hint).toBeTypeOf("string");
      if (code !== "no-files") expect(facts).toBeUndefined();
    },
  );

  test("is an error for every family; so are copies and other groups", () => {
    const facts = [readText(text, "facts-1.json"), readText(text.slice(0, -9), "facts-2.json")];
    const whole = { family: "facts", glob: "facts-*", problems: [] } as const;
    const report = judge([{ ...whole, files: facts }, ...joinCollected(facts).values()], []);
    expect([...report.kpis]).toEqual([]);
    const copies = withoutCopies([readText(text, "facts-1.json"), readText(text, "facts-2.json")]);
    expect(copies.map(({ problems }) => problems.map(({ code }) => code))).toEqual([[], ["facts-twice"]]);
    const groups = new Map([["g", { tests: ["a*"] }]]);
    const other = countedAlike(readText(text, "facts-1.json"), { groups, retries: "elements" });
    expect(other.problems.map(({ code }) => code)).toEqual(["facts-differ"]);
    expect(joinCollected(copies).get("tests  tests/*")?.files).toHaveLength(2);
  });
});

describe("the same run of a suite", () => {
  const run = (file: string) =>
    readText(
      '<testsuite name="s" tests="1" time="1.5" hostname="h" timestamp="2026-11-24T00:00:00"><testcase name="a"/></testsuite>',
      file,
    );
  const packed = (id: string, ...files: string[]) =>
    collect({ sources: [source("tests", files.map(run))], problems: [], root: "" }, origin(id));

  test.each([
    ["two report files of one runner", [packed("1", "a.xml", "b.xml")]],
    ["report files of two runners", [packed("1", "a.xml"), packed("2", "a.xml")]],
  ])("is an error in %s", (_, texts) => {
    const facts = texts.map((text, i) => readText(text, `facts-${i}.json`));
    const report = judge(
      [{ family: "facts", glob: "facts-*", files: facts, problems: [] }, ...joinCollected(facts).values()],
      [],
    );
    expect(report.problems.map(({ code }) => code)).toEqual(["suite-twice"]);
    expect(report.kpis.has("tests.pass_rate")).toBe(false);
  });
});

const name = fc.constantFrom("a", "b", "c d", "é\u{1F600}", "__proto__");
const cases = fc
  .array(
    fc.tuple(
      name,
      fc.constantFrom("", "<failure/>", '<error message="x"/>', "<skipped/>", "<flakyFailure/>"),
      fc.double({ min: 0, max: 9, noNaN: true }),
    ),
    { maxLength: 5 },
  )
  .map((all) =>
    all.map(([test, inside, time]) => `<testcase name="${test}" time="${time}">${inside}</testcase>`),
  );
const junit = cases.map((all) => `<testsuite name="s">${all.join("")}</testsuite>`);
const record = fc
  .tuple(
    fc.constantFrom("src/a.js", "a.js", "/other/machine/src/b.js", "c.js", "src/deep/c.js"),
    fc.array(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 1 })), { maxLength: 8 }),
    fc.constantFrom("", "LF:10\nLH:9\n", "LF:10\nLH:8\n"),
  )
  .map(([path, lines, totals]) => {
    const rows = lines.map(([line, hits]) => `DA:${line},${hits}\nBRDA:${line},0,${hits},${hits}\n`);
    return `SF:${path}\n${rows.join("")}${totals}end_of_record\n`;
  });
const lcov = fc.array(record, { minLength: 1, maxLength: 4 }).map((all) => all.join(""));
const cobertura = fc
  .integer({ min: 1, max: 3 })
  .map((covered) => `<coverage lines-covered="${covered}" lines-valid="4"/>`);
const few = fc.integer({ min: 0, max: 9 });
const k6 = fc.tuple(few, few).map(([requests, time]) =>
  JSON.stringify({
    metrics: { http_reqs: { count: requests }, http_req_duration: { "p(95)": time * 300 } },
    root_group: {},
  }),
);
const numbers = few.map((count) => `# TYPE errs gauge\nerrs ${count}\n# EOF\n`);
const found = fc.array(fc.tuple(fc.constantFrom("CVE-2026-1", "CVE-2026-2", "no-eval"), fc.boolean()), {
  maxLength: 4,
});
const sarif = found.map((all) =>
  JSON.stringify({
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: { name: "t", rules: [{ id: "CVE-2026-1", properties: { "security-severity": "8" } }] },
        },
        results: all.map(([ruleId, high]) => ({
          ruleId,
          level: high ? "error" : "note",
          message: { text: "m" },
        })),
      },
    ],
  }),
);
const damaged = fc.constantFrom("", "<testsuite", "{}", "SF:a.js\nDA:1,1\n");
const reports = {
  tests: junit,
  coverage: fc.oneof({ weight: 9, arbitrary: lcov }, { weight: 1, arbitrary: cobertura }),
  load: k6,
  metrics: numbers,
  security: sarif,
  debt: sarif,
} as const;
const reported = Object.keys(reports) as readonly (keyof typeof reports)[];
const given = fc.array(
  fc.constantFrom(...reported).chain((family) =>
    fc.record({
      family: fc.constant(family),
      runner: fc.integer({ min: 0, max: 3 }),
      text: fc.oneof({ weight: 12, arbitrary: reports[family] }, { weight: 1, arbitrary: damaged }),
    }),
  ),
  { minLength: 1, maxLength: 10 },
);
const groupsOf = groupsByGlob(config!.groups, "/w");
const counting = groupsOf ? { groupsOf } : {};
const repository = ["src/a.js", "src/b.js", "src/deep/c.js", "lib/c.js"];

describe("facts of any number of runners", () => {
  test.each([
    ["paths found where they were collected", repository],
    ["paths found by the gate, because no runner had a checkout", []],
  ])("say the same as all report files in one place: %s", (_, known) => {
    fc.assert(
      fc.property(given, (files) => {
        const read = files.map(({ family, runner, text }, i) => ({
          family,
          runner,
          file: readReportFile(`${family}/packages/${i}/report`, pieces(text), counting),
        }));
        const of = (family: string, runner?: number) =>
          read
            .filter((one) => one.family === family && (runner === undefined || one.runner === runner))
            .map(({ file }) => file);
        const all = (runner?: number) => reported.map((family) => source(family, of(family, runner)));
        const runners = [...new Set(files.map(({ runner }) => runner))];
        const texts = runners.map((runner) =>
          collect({ sources: all(runner), problems: [], root: "/w", tracked: known }, origin(String(runner))),
        );
        const facts = texts.map((text, i) => readText(text, `facts-${i}.json`));
        const collected = joinCollected(facts);
        const whole = reported.map((family) => {
          const here = source(family, []);
          const elsewhere = collected.get(sourceKey(here));
          return elsewhere ? joinSources(here, elsewhere) : here;
        });
        const merged = judge(
          [{ family: "facts", glob: "facts-*", files: facts, problems: [] }, ...whole],
          repository,
        );
        const inOnePlace = judge(all(), repository);
        expect(said(merged)).toEqual(said(inOnePlace));
      }),
      { numRuns: 60 },
    );
  });
});

describe("200 shards", () => {
  test("come to the same report as all their report files in one place", () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), "phase-gate-shards-")));
    try {
      const put = (path: string, text: string) => {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      };
      const yaml = (sources: string) =>
        parseConfig(
          `version: 1
sources: ${sources}
phases: [{ name: A, kpis: { tests.pass_rate: 90%, coverage.lines: 40% } }]
`,
          "gate.yml",
        ).config!;
      const shards = Array.from({ length: 200 }, (_, shard) => shard);
      for (const shard of shards) {
        const cases = Array.from({ length: 20 }, (_, i) => {
          const inside = (shard * 20 + i) % 97 === 0 ? '<failure message="boom"/>' : "";
          return `<testcase classname="Shard${shard}" name="t${i}" time="0.${shard}">${inside}</testcase>`;
        });
        const lines = Array.from({ length: 300 }, (_, i) => `DA:${i + 1},${(i + shard) % 200 === 0 ? 1 : 0}`);
        const records = ["a", "b"].map((file) => `SF:src/${file}.js\n${lines.join("\n")}\nend_of_record\n`);
        for (const place of ["all", `shard-${shard}`]) {
          put(`${place}/reports/${shard}.xml`, `<testsuite name="s">${cases.join("")}</testsuite>`);
          put(`${place}/coverage/${shard}/lcov.info`, records.join(""));
        }
      }
      const own = `{ tests: { files: "reports/*.xml", expect: 200 }, coverage: coverage/*/lcov.info`;
      const gate = (sources: string, base: string) =>
        runGate({
          name: "g",
          run: { at },
          config: yaml(sources),
          problems: [],
          workspace: { root: folder, base: join(folder, base) },
        });
      for (const shard of shards) {
        const workspace = { root: folder, base: join(folder, `shard-${shard}`) };
        const text = collect(gatherHere(yaml(`${own} }`), { workspace }), origin(String(shard)));
        put(`gate/facts-${shard}.json`, text);
      }
      const merged = gate(`${own}, facts: { files: facts-*.json, expect: 200 } }`, "gate");
      expect(said(merged)).toEqual(said(gate(`${own} }`, "all")));
      expect(merged.tests?.counts).toMatchObject({ total: 4000, failed: 42 });
      expect(merged.problems).toEqual([]);

      // The same facts are the whole evidence for a gate that names nothing else.
      expect(said(gate(`{ facts: facts-*.json }`, "gate"))).toEqual(said(merged));

      rmSync(join(folder, "gate/facts-7.json"));
      const codes = gate(`${own}, facts: facts-*.json }`, "gate").problems.map(({ message }) => message);
      expect(codes).toEqual(["199 of 200 expected files found"]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

test("a facts file that an earlier version wrote is read, or refused by its version", () => {
  const old = readText(readFileSync(testPath("read", "facts", "one-runner.json")), "one-runner.json");
  const refused = old.problems.map(({ code }) => code);
  // Whoever changes the form of facts raises factsVersion: nobody must be told to repair a file that was right.
  expect(old.facts === undefined ? refused : ["facts-version"]).toEqual(["facts-version"]);
});
