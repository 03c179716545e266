import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { judgePhase } from "../src/core/judge/judge.ts";
import { groupsByGlob } from "../src/core/measure/groups.ts";
import { kpis, measure } from "../src/core/measure/index.ts";
import { fitsName } from "../src/core/measure/name-glob.ts";
import type { Config, Group } from "../src/core/model/config.ts";
import type { ReadFile, SourceEvidence } from "../src/core/model/evidence.ts";
import type { GroupsOf, TestName } from "../src/core/model/facts.ts";
import type { Measured } from "../src/core/model/kpi.ts";
import { readReportFile } from "../src/core/read/index.ts";
import { pieces, testPath } from "./runner/bytes.ts";

const read = (content: string | Uint8Array, name: string, groupsOf?: GroupsOf) =>
  readReportFile(name, pieces(content), groupsOf && { groupsOf });

const named = (className: string, name: string, file?: string, suite: readonly string[] = []): TestName => ({
  suite,
  className,
  name,
  ...(file === undefined ? {} : { at: { file } }),
});

describe("a glob on a name", () => {
  const cases: readonly (readonly [string, string, boolean])[] = [
    ["checkout.*", "checkout.pays", true],
    ["checkout.*", "checkout", false],
    ["checkout.*", "shop.checkout.pays", false],
    ["*.checkout.*", "shop.cart.checkout.pays / twice", true],
    ["**/pays", "a/b/pays", true],
    ["checkout.pay?", "checkout.pays", true],
    ["checkout.pay?", "checkout.pay", false],
    ["*", "", true],
    ["", "", true],
    ["", "a", false],
    ["a*b*c", "aXbXbXc", true],
    ["a*b*c", "aXbXbX", false],
    ["[a]", "[a]", true],
    ["*pays(\\d+)*", "it pays(\\d+) times", true],
  ];
  test.each(cases)("%j on %j is %s", (glob, name, fits) => {
    expect(fitsName(glob, name)).toBe(fits);
  });

  test("agrees with the regular expression it stands for", () => {
    const letter = fc.constantFrom("a", "b", ".", "/");
    const glob = fc.array(fc.oneof(letter, fc.constantFrom("*", "?")), { maxLength: 8 });
    const name = fc.array(letter, { maxLength: 12 });
    fc.assert(
      fc.property(glob, name, (globParts, nameParts) => {
        const source = globParts.map((part) => (part === "*" ? ".*" : part === "?" ? "." : `\\${part}`));
        const pattern = new RegExp(`^${source.join("").replaceAll(/\\([ab])/g, "$1")}$`);
        expect(fitsName(globParts.join(""), nameParts.join(""))).toBe(pattern.test(nameParts.join("")));
      }),
    );
  });

  test("is no trap: many stars on a long name take no time to speak of", () => {
    expect(fitsName(`${"*a".repeat(120)}b`, "a".repeat(20_000))).toBe(false);
  });
});

describe("a test belongs to a group", () => {
  const groupsOf = groupsByGlob(
    new Map<string, Group>([
      ["critical", { tests: ["checkout.*", "**/login.test.ts"] }],
      ["api", { tests: ["packages/api/**"] }],
      ["e2e", { tests: [] }],
    ]),
    "/w",
  )!;
  const cases: readonly (readonly [string, TestName, readonly string[]])[] = [
    ["by class and name", named("checkout", "pays"), ["critical"]],
    ["by its class alone", named("checkout.Cart", "pays"), ["critical"]],
    [
      "by the names of its suites, where there is no class",
      named("", "pays", undefined, ["checkout"]),
      ["critical"],
    ],
    ["by its file", named("Login", "works", "web/login.test.ts"), ["critical"]],
    ["by a class that is a file, as vitest writes it", named("web/login.test.ts", "works"), ["critical"]],
    ["by a file below the workspace", named("", "works", "/w/packages/api/a.test.ts"), ["api"]],
    ["by a file with ./ in front", named("", "works", "./packages/api/a.test.ts"), ["api"]],
    ["by a file of Windows", named("", "works", "packages\\api\\a.test.ts"), ["api"]],
    ["to several groups", named("checkout", "works", "packages/api/a.test.ts"), ["critical", "api"]],
    ["to none", named("Other", "works", "other.ts"), []],
    ["to none, with a group that has only sources", named("e2e", "e2e"), []],
  ];
  test.each(cases)("%s", (_, name, groups) => {
    expect(groupsOf(name)).toEqual(groups);
  });

  test("and nothing is asked where no group has a glob", () => {
    expect(groupsByGlob(new Map([["e2e", { tests: [] }]]), "/w")).toBeUndefined();
  });
});

const genuine = (name: string) => readFileSync(testPath("genuine", name));

describe("readers count for groups what they count for the whole", () => {
  const files = ["mocha.xml", "surefire/TEST-FlakyTest.xml", "pytest.xml", "catch2.xml", "node.tap"];
  const reports: readonly (readonly [string, Buffer | string])[] = [
    ...files.map((name) => [name, genuine(name)] as const),
    [
      "suite-error.xml",
      '<testsuite name="s"><testcase name="a" time="1"/><error message="set-up"/><testcase name="b"/></testsuite>',
    ],
    [
      "results.trx",
      `<TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010"><Results>
        <UnitTestResult testId="1" testName="a" outcome="Passed" duration="00:00:01.5"/>
        <UnitTestResult testId="2" testName="b" outcome="Failed" duration="00:00:02"/>
        <UnitTestResult testId="3" testName="c" outcome="NotExecuted"/>
        </Results><TestDefinitions><UnitTest id="1"><TestMethod className="Cart"/></UnitTest>
        <UnitTest id="2"><TestMethod className="Cart"/></UnitTest></TestDefinitions></TestRun>`,
    ],
    [
      "ctrf.json",
      JSON.stringify({
        results: {
          tool: { name: "jest" },
          tests: [
            { name: "a", status: "passed", duration: 10, flaky: true },
            { name: "b", status: "failed", duration: 20, suite: "Cart" },
            { name: "c", status: "skipped" },
          ],
        },
      }),
    ],
  ];
  test.each(reports)("%s", (name, content) => {
    const plain = read(content, name);
    const grouped = read(content, name, () => ["all"]);
    if (plain.facts?.kind !== "tests" || grouped.facts?.kind !== "tests") throw new Error("no tests");
    const { groups, ...whole } = grouped.facts.tests;
    expect(whole).toEqual(plain.facts.tests);
    // Which runs of a suite a report file holds is asked of the whole file.
    const { suiteRuns: _, ...counted } = plain.facts.tests;
    expect(groups?.get("all")).toEqual(counted);
    expect(plain.facts.tests.groups).toBeUndefined();
  });

  test("a class that TRX tells only at its end decides the group", () => {
    const [, content] = reports.find(([name]) => name === "results.trx")!;
    const { facts } = read(content, "results.trx", ({ className }) => (className === "" ? [] : [className]));
    const counts = facts?.kind === "tests" ? facts.tests.groups?.get("Cart")?.counts : undefined;
    expect(counts).toEqual({ total: 2, passed: 1, failed: 1, errored: 0, skipped: 0, flaky: 0 });
  });
});

const limits = { pass: [], warn: [], missing: "error" } as const;
const asking = (groups: Readonly<Record<string, Group>>, ...kpis: readonly string[]) => ({
  coverage: { include: [] as readonly string[], exclude: [] as readonly string[] },
  groups: new Map(Object.entries(groups)),
  phases: [{ name: "A", rules: kpis.map((kpi) => ({ kpi, ...limits })) }],
});
const source = (files: readonly ReadFile[], rest: Partial<SourceEvidence> = {}): SourceEvidence => ({
  family: "tests",
  glob: "reports/*.xml",
  files,
  problems: [],
  ...rest,
});
const junit = (cases: string, config: Pick<Config, "groups">) =>
  read(`<testsuite name="s">${cases}</testsuite>`, "junit.xml", groupsByGlob(config.groups, "/w"));

describe("KPIs of a group", () => {
  const config = asking({ critical: { tests: ["pay.*"] }, e2e: { tests: [] } });
  const cases = `<testcase classname="pay" name="a"/><testcase classname="pay" name="b" time="2"><failure/></testcase>
    <testcase classname="pay" name="c"><skipped/></testcase><testcase classname="x" name="d"/>`;

  test("count its tests alone, of all files", () => {
    const file = junit(cases, config);
    const { measurements } = measure({ sources: [source([file, file])], root: "/w" }, config);
    expect(measurements.get("tests.pass_rate")).toEqual({ kind: "ratio", part: 4, whole: 6 });
    expect(measurements.get("tests.pass_rate@critical")).toEqual({ kind: "ratio", part: 2, whole: 4 });
    expect(measurements.get("tests.skipped@critical")).toEqual({ kind: "amount", amount: 2 });
    expect(measurements.get("tests.duration@critical")).toEqual({ kind: "amount", amount: 4000 });
    expect(measurements.has("tests.pass_rate@e2e")).toBe(false);
  });

  test("of a source are those of its files, and a test that a glob adds counts once", () => {
    const both = asking({ critical: { tests: ["pay.*"] } });
    const evidence = { sources: [source([junit(cases, both)], { group: "critical" })], root: "/w" };
    const { measurements } = measure(evidence, both);
    expect(measurements.get("tests.total@critical")).toEqual({ kind: "amount", amount: 4 });
  });

  const one = (text: string, groups: Readonly<Record<string, Group>>, kpi: string) => {
    const given = asking(groups, kpi);
    const { measurements, reasons } = measure({ sources: [source([junit(text, given)])], root: "/w" }, given);
    expect(measurements.has(kpi)).toBe(false);
    return reasons.get(kpi);
  };
  const kpi = "tests.pass_rate@critical";
  const missing: readonly (readonly [string, string, Readonly<Record<string, Group>>, RegExp])[] = [
    [
      "no test of it is found",
      '<testcase name="a"/>',
      { critical: { tests: ["pay.*"] } },
      /no test belongs to the group critical \(pay\.\*\)/,
    ],
    [
      "all of it was skipped",
      '<testcase name="a"><skipped/></testcase><testcase name="b"/>',
      { critical: { tests: ["s.a", "a"] } },
      /every test of the group critical was skipped/,
    ],
    [
      "no source names it",
      '<testcase name="a"/>',
      { critical: { tests: [] } },
      /the files of the group critical hold no test/,
    ],
    [
      "it is not defined",
      '<testcase name="a"/>',
      {},
      /no group is called critical; define it: groups: \{ critical: /,
    ],
  ];
  test.each(missing)("are missing when %s", (_, text, groups, reason) => {
    expect(one(text, groups, kpi)).toMatch(reason);
  });

  test("are missing when a source in which nothing ran might have held its tests", () => {
    const idle = junit('<testcase name="z"><skipped/></testcase>', config);
    const evidence = { sources: [source([junit(cases, config)]), source([idle])], root: "/w" };
    const { measurements, reasons } = measure(evidence, config);
    expect(measurements.has(kpi)).toBe(false);
    expect(reasons.get(kpi)).toMatch(/the only test in .* was skipped/);
  });
});

describe("KPIs of folders", () => {
  const record = (path: string, hits: number) => `SF:${path}\nDA:1,${hits}\nDA:2,1\nend_of_record\n`;
  const files = [
    read(record("packages/api/src/a.ts", 0) + record("packages/api/b.ts", 1), "lcov.info"),
    read(record("packages/web/c.ts", 1) + record("tools/d.ts", 0), "lcov.info"),
  ];
  const measured = (kpi: string, coverage: Partial<Config["coverage"]> = {}, tracked?: readonly string[]) => {
    const base = asking({}, kpi);
    const given = { ...base, coverage: { ...base.coverage, ...coverage } };
    const evidence = {
      sources: [source(files, { family: "coverage" })],
      root: "/w",
      ...(tracked ? { tracked } : {}),
    };
    return measure(evidence, given);
  };

  test("are measured for each folder that the glob matches", () => {
    const { measurements, scopes } = measured("coverage.lines@packages/*");
    expect(scopes.get("coverage.lines@packages/*")).toEqual([
      "coverage.lines@packages/api",
      "coverage.lines@packages/web",
    ]);
    expect(measurements.get("coverage.lines@packages/api")).toEqual({ kind: "ratio", part: 3, whole: 4 });
    expect(measurements.get("coverage.lines@packages/web")).toEqual({ kind: "ratio", part: 2, whole: 2 });
  });

  test.each(["packages", "packages/", "./packages"])(
    "of one folder take all that lies below: %s",
    (folder) => {
      const { measurements } = measured(`coverage.lines@${folder}`);
      expect(measurements.get("coverage.lines@packages")).toEqual({ kind: "ratio", part: 5, whole: 6 });
    },
  );

  test("are missing when no folder matches", () => {
    const { scopes, reasons } = measured("coverage.lines@apps/*");
    expect(scopes.get("coverage.lines@apps/*")).toEqual([]);
    expect(reasons.get("coverage.lines@apps/*")).toMatch(/no source file .* lies below apps\/\*/);
  });

  test("are missing for a folder of included files that lost its coverage", () => {
    const tracked = ["packages/lost/e.ts", "packages/docs/readme.md"];
    const { measurements, scopes, reasons } = measured(
      "coverage.lines@packages/*",
      { include: ["**/*.ts"] },
      tracked,
    );
    expect(scopes.get("coverage.lines@packages/*")).toContain("coverage.lines@packages/lost");
    expect(scopes.get("coverage.lines@packages/*")).not.toContain("coverage.lines@packages/docs");
    expect(measurements.has("coverage.lines@packages/lost")).toBe(false);
    expect(reasons.get("coverage.lines@packages/lost")).toMatch(/hold nothing of it for packages\/lost/);
  });

  test("leave out what is excluded", () => {
    const { scopes } = measured("coverage.lines@packages/*", { exclude: ["packages/api/**"] });
    expect(scopes.get("coverage.lines@packages/*")).toEqual(["coverage.lines@packages/web"]);
  });
});

describe("a rule about folders or groups", () => {
  const rule = (kpi: string) =>
    ({
      kpi,
      pass: [
        { op: "at least", bound: { kind: "value", value: { digits: 90n, scale: 0 } }, text: "at least 90%" },
      ],
      warn: [],
      missing: "error",
    }) as const;
  const ratio = (part: number, whole: number): Measured => ({ kind: "ratio", part, whole });
  const judged = (kpi: string) =>
    judgePhase(
      { name: "A", rules: [rule(kpi)] },
      {
        kpis,
        incomparable: new Map(),
        waivers: new Map(),
        refer: () => ({ none: "no recorded run yet" }),
        reasons: new Map(),
        groups: new Map([["critical", { tests: [], owner: "@acme/core" }]]),
        scopes: new Map([
          ["coverage.lines@packages/*", ["coverage.lines@packages/api", "coverage.lines@packages/web"]],
          ["coverage.lines@apps/*", []],
        ]),
        measurements: new Map([
          ["coverage.lines@packages/api", ratio(9, 10)],
          ["coverage.lines@packages/web", ratio(8, 10)],
          ["tests.pass_rate@critical", ratio(1, 1)],
        ]),
      },
    );

  test("is judged for each folder by itself", () => {
    const { outcome, rules } = judged("coverage.lines@packages/*");
    expect(outcome).toBe("fail");
    expect(rules.map(({ label, verdict }) => [label, verdict])).toEqual([
      ["Line coverage (packages/api)", "met"],
      ["Line coverage (packages/web)", "broken"],
    ]);
    expect(rules[1]?.remedy?.steps).toBe(1);
  });

  test("is missing when there is no such folder", () => {
    const { outcome, rules } = judged("coverage.lines@apps/*");
    expect([outcome, rules.length, rules[0]?.verdict]).toEqual(["error", 1, "missing"]);
  });

  test("names the owner of its group", () => {
    expect(judged("tests.pass_rate@critical").rules).toMatchObject([
      { label: "Test pass rate (critical)", verdict: "met", owner: "@acme/core" },
    ]);
  });
});
