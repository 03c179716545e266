import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sumCoverage } from "../src/core/measure/coverage-sums.ts";
import { measure } from "../src/core/measure/index.ts";
import { mergeCoverage } from "../src/core/measure/merge-coverage.ts";
import { distinct } from "../src/core/measure/same-findings.ts";
import type { Evidence, ReadFile, SourceEvidence } from "../src/core/model/evidence.ts";
import { type CoverageFacts, severities } from "../src/core/model/facts.ts";
import { readText, testPath } from "./runner/bytes.ts";

const genuine = (name: string) => readText(readFileSync(testPath("genuine", name)), name);
const source = (files: readonly ReadFile[], family: SourceEvidence["family"] = "tests"): SourceEvidence => ({
  family,
  glob: `${family}/*`,
  files,
  problems: [],
});
const values = (...sources: SourceEvidence[]) =>
  Object.fromEntries(measure({ sources, root: "/w" }).measurements);
const junit = (cases: string) => readText(`<testsuite name="s">${cases}</testsuite>`);
const lcov = (text: string, name = "lcov.info") => readText(text, name);
const amount = (value: number) => ({ kind: "amount", amount: value });
const record = (path: string, lines: Readonly<Record<number, number>>) =>
  `SF:${path}\n${Object.entries(lines)
    .map(([line, hits]) => `DA:${line},${hits}\n`)
    .join("")}end_of_record\n`;

describe("KPIs of tests", () => {
  test("count what was executed and leave out what was skipped", () => {
    const cases = `<testcase name="a" time="0.5"/><testcase name="b" time="1.25"><failure/></testcase>
      <testcase name="c"><error/></testcase><testcase name="d"><skipped/></testcase>
      <testcase name="e"><flakyFailure/></testcase>`;
    expect(values(source([junit(cases)]))).toEqual({
      "tests.pass_rate": { kind: "ratio", part: 2, whole: 4 },
      "tests.error_rate": { kind: "ratio", part: 2, whole: 4 },
      "tests.total": amount(5),
      "tests.passed": amount(2),
      "tests.failed": amount(1),
      "tests.errored": amount(1),
      "tests.skipped": amount(1),
      "tests.flaky": amount(1),
      "tests.duration": amount(1750),
      "tests.slowest": amount(1250),
    });
  });

  test("with nothing executed only total, skipped and duration exist", () => {
    const found = values(source([junit('<testcase name="d"><skipped/></testcase>')]));
    expect(Object.keys(found)).toEqual(["tests.total", "tests.skipped", "tests.duration"]);
  });

  test("one source in which nothing ran takes the others with it", () => {
    const { measurements, reasons } = measure({
      sources: [
        source([junit('<testcase name="a"/>')]),
        source([junit('<testcase name="d"><skipped/></testcase>')]),
      ],
      root: "/w",
    });
    expect(measurements.has("tests.pass_rate")).toBe(false);
    expect(reasons.get("tests.pass_rate")).toBe("the only test in tests/* was skipped");
  });

  test("a suite that two files hold leaves the family without numbers, and the reason points at the problem", () => {
    const run = '<testsuite name="s" timestamp="2026-11-24T08:30:05"><testcase name="a"/></testsuite>';
    const { measurements, reasons } = measure({
      sources: [source([readText(run, "a.xml"), readText(run, "b.xml")])],
      root: "",
    });
    expect([...measurements]).toEqual([]);
    expect(reasons.get("tests.total")).toBe("incomplete evidence, see the problems");
  });

  test("one file that cannot be read leaves the whole family without numbers", () => {
    const { measurements, reasons } = measure({
      sources: [source([junit('<testcase name="a"/>'), readText("<testsuite>")])],
      root: "",
    });
    expect([...measurements]).toEqual([]);
    expect(reasons.get("tests.pass_rate")).toMatch(/incomplete evidence/);
  });
});

describe("KPIs of coverage", () => {
  test("unite lines by number over files and formats", () => {
    const a = lcov(record("src/a.js", { 1: 1, 2: 0, 3: 0 }));
    const b = lcov(record("/w/src/a.js", { 2: 4, 4: 0 }) + record("src/b.js", { 1: 0 }));
    expect(values(source([a, b], "coverage"))).toMatchObject({
      "coverage.lines": { kind: "ratio", part: 2, whole: 5 },
      "coverage.uncovered": amount(3),
      "coverage.files": amount(2),
    });
  });

  test("measure the same program alike in lcov, Cobertura and Istanbul", () => {
    const found = ["lcov.info", "cobertura-coverage.xml", "coverage-final.json"].map(
      (name) => values(source([genuine(`vitestcov/${name}`)], "coverage"))["coverage.lines"],
    );
    expect(found[0]).toBeDefined();
    expect(new Set(found.map((value) => JSON.stringify(value))).size).toBe(1);
  });

  test("totals count only where nobody has lines", () => {
    const bare = lcov("SF:a.js\nLF:10\nLH:9\nend_of_record\n");
    expect(values(source([bare], "coverage"))["coverage.lines"]).toEqual({
      kind: "ratio",
      part: 9,
      whole: 10,
    });
    const both = values(source([bare, lcov(record("a.js", { 1: 0, 2: 1 }))], "coverage"));
    expect(both["coverage.lines"]).toEqual({ kind: "ratio", part: 1, whole: 2 });
  });

  test("two different totals of one source file cannot be united", () => {
    const one = lcov("SF:a.js\nLF:10\nLH:9\nend_of_record\n");
    const two = lcov("SF:a.js\nLF:10\nLH:8\nend_of_record\n");
    const { problems, measurements, reasons } = measure({
      sources: [source([one, two], "coverage")],
      root: "",
    });
    expect(problems.map(({ code }) => code)).toEqual(["cannot-merge"]);
    expect([...measurements]).toEqual([]);
    expect(reasons.get("coverage.lines")).toBe("incomplete evidence, see the problems");
  });

  test("counts the source files that are included and not excluded", () => {
    const file = lcov(
      ["src/a.js", "src/a.gen.js", "test/b.js"].map((path) => record(path, { 1: 1 })).join(""),
    );
    const files = (include: readonly string[], exclude: readonly string[]) =>
      measure(
        { sources: [source([file], "coverage")], root: "" },
        { coverage: { include, exclude }, groups: new Map(), phases: [] },
      ).measurements.get("coverage.files");
    expect(files([], [])).toEqual(amount(3));
    expect(files(["src/**"], [])).toEqual(amount(2));
    expect(files(["src/**"], ["**/*.gen.js"])).toEqual(amount(1));
    expect(files([], ["**"])).toBeUndefined();
  });

  test("are missing with the reason where no source file is included", () => {
    const of = (...paths: readonly string[]) =>
      measure(
        {
          sources: [source([lcov(paths.map((path) => record(path, { 1: 1 })).join(""))], "coverage")],
          root: "",
        },
        { coverage: { include: ["lib/**"], exclude: [] }, groups: new Map(), phases: [] },
      ).reasons.get("coverage.lines");
    const reason = (left: string) =>
      `coverage: include and exclude do not leave ${left} of the coverage reports`;
    expect(of("src/a.js")).toBe(reason("the only source file"));
    expect(of("src/a.js", "src/b.js")).toBe(reason("any of the 2 source files"));
    expect(of("src/a.js", "lib/b.js")).toBeUndefined();
  });

  test("nothing of nothing is not a value", () => {
    expect(values(source([lcov("TN:\n")], "coverage"))).toEqual({});
  });
});

describe("KPIs of load tests", () => {
  const k6 = (metrics: object, name = "k6.json") =>
    readText(JSON.stringify({ root_group: {}, metrics }), name);
  const slow = { http_reqs: { count: 40, rate: 4 }, http_req_duration: { "p(95)": 900, avg: 300 } };
  const fast = {
    http_reqs: { count: 100, rate: 10 },
    http_req_duration: { "p(95)": 90, "p(99)": 120, avg: 30 },
    http_req_failed: { rate: 0.02, passes: 2, fails: 98 },
    vus: { max: 8 },
  };

  test("are what the file holds, and no other", () => {
    expect(values(source([k6(slow)], "load"))).toEqual({
      "load.response_time": amount(900),
      "load.response_time.avg": amount(300),
      "load.throughput": amount(4),
    });
  });

  test("are the worst of several files, and absent where one of them does not hold it", () => {
    const { measurements, reasons } = measure({ sources: [source([k6(fast), k6(slow)], "load")], root: "" });
    expect(Object.fromEntries(measurements)).toEqual({
      "load.response_time": amount(900),
      "load.response_time.avg": amount(300),
      "load.throughput": amount(4),
    });
    expect(reasons.get("load.error_rate")).toBe("not every file of load/* holds it");
  });

  test("of two error rates the higher one counts", () => {
    const bad = { ...fast, http_req_failed: { rate: 0.07 } };
    expect(values(source([k6(fast)], "load"))["load.error_rate"]).toEqual({
      kind: "ratio",
      part: 2,
      whole: 100,
    });
    expect(values(source([k6(bad), k6(fast)], "load"))["load.error_rate"]).toEqual(amount(7));
    expect(values(source([k6(fast), k6(bad)], "load"))["load.error_rate"]).toEqual(amount(7));
  });

  test("do not exist where one load test made no request", () => {
    const { measurements, reasons } = measure({
      sources: [source([k6(fast), k6({}, "idle.json")], "load")],
      root: "",
    });
    expect([...measurements]).toEqual([]);
    expect(reasons.get("load.response_time")).toBe("0 requests in idle.json");
  });

  test("are missing without files, with the reason", () => {
    const { reasons } = measure({ sources: [], root: "" });
    expect(reasons.get("load.response_time")).toBe("no load files are named under sources");
  });
});

describe("KPIs of security and debt", () => {
  const kept = (name: string) => readText(readFileSync(testPath("read", name)), name);
  const measured = (family: "security" | "debt", ...files: ReadFile[]) =>
    measure({ sources: [source(files, family)], root: "" });
  const counts = (family: "security" | "debt", ...files: ReadFile[]) => {
    const { measurements } = measured(family, ...files);
    return Object.fromEntries(
      [...measurements].map(([name, value]) => [name, value.kind === "amount" ? value.amount : value]),
    );
  };

  test("count vulnerabilities by their severity", () => {
    expect(counts("security", kept("npm-audit/version-2.json"))).toEqual({
      "security.critical": 1,
      "security.high": 1,
      "security.medium": 1,
      "security.low": 1,
      "security.total": 4,
    });
  });

  test("divide a SARIF file by what its rules say of security", () => {
    const file = kept("sarif/security-and-quality.sarif");
    expect(counts("security", file)).toMatchObject({
      "security.critical": 1,
      "security.high": 1,
      "security.total": 5,
    });
    expect(counts("debt", file)).toEqual({ "debt.issues": 1 });
  });

  test("count everything where a SARIF file says nothing of security: the key that names it decides", () => {
    const file = kept("sarif/levels-alone.sarif");
    expect(counts("security", file)["security.total"]).toBe(4);
    expect(counts("debt", file)).toEqual({ "debt.issues": 4 });
  });

  test("count a vulnerability once that several tools tell of, by any of its names, at its worst", () => {
    const files = [
      kept("trivy/vulnerabilities-and-more.json"),
      kept("osv-scanner/groups.json"),
      kept("npm-audit/version-2.json"),
    ];
    const { measurements, problems } = measured("security", ...files);
    // CVE-2021-23337 is GHSA-35jh-r3h4-6jhm in all three; npm and OSV tell of GHSA-29mw-wpgm-hmr9, too.
    expect(measurements.get("security.total")).toEqual(amount(8));
    expect(measurements.get("security.critical")).toEqual(amount(4));
    expect(problems.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      "same-finding: 2 vulnerabilities are told several times and counted once",
    ]);
  });

  test("count three vulnerabilities three times where one advisory is about all of them", () => {
    // Three CVEs, the advisory about them for two packages, and one more CVE under its two names.
    const { measurements } = measured("security", kept("grype/advisory-over-several-cves.json"));
    expect(measurements.get("security.critical")).toEqual(amount(4));
    expect(measurements.get("security.total")).toEqual(amount(5));
  });

  test("have no number of a severity where one finding has none, and say what to limit instead", () => {
    const { measurements, reasons } = measured("security", kept("pip-audit/report.json"));
    expect([...measurements]).toEqual([["security.total", amount(1)]]);
    expect(reasons.get("security.critical")).toBe(
      "1 finding has no severity, so none can be counted by it; limit security.total",
    );
    const severity = measured(
      "security",
      kept("pip-audit/report.json"),
      readText(
        JSON.stringify({
          matches: [
            { vulnerability: { id: "CVE-2019-10906", severity: "High" }, artifact: { name: "jinja2" } },
          ],
          source: {},
        }),
        "grype.json",
      ),
    );
    expect(severity.measurements.get("security.high")).toEqual(amount(1));
  });

  test("are 0 where a tool found nothing, and missing where it looked at nothing", () => {
    expect(counts("security", kept("npm-audit/clean.json"))).toMatchObject({
      "security.critical": 0,
      "security.total": 0,
    });
    expect(counts("debt", kept("eslint/clean.json"))).toEqual({ "debt.issues": 0 });
    for (const file of ["sarif/zero-runs.sarif", "sarif/results-null.sarif", "trivy/no-results.json"]) {
      const { measurements, reasons } = measured("security", kept("npm-audit/clean.json"), kept(file));
      expect([...measurements]).toEqual([]);
      expect(reasons.get("security.critical")).toBe(`nothing was scanned, says ${file}`);
    }
    expect(measured("debt", kept("code-climate/empty-list.json")).reasons.get("debt.issues")).toMatch(
      /nothing was scanned/,
    );
  });

  test("do not exist where a tool failed, or no file is there", () => {
    const failed = measured("security", kept("npm-audit/clean.json"), genuine("lint/npm-audit-refused.json"));
    expect([...failed.measurements]).toEqual([]);
    expect(failed.reasons.get("security.critical")).toMatch(/incomplete evidence/);
    expect(measured("security").reasons.get("security.total")).toBe("no file matched security/*");
  });

  test("count the same code alike in ESLint's JSON, SARIF and Code Climate", () => {
    const files = ["lint/eslint.json", "lint/eslint.sarif", "lint/codeclimate.json"].map(genuine);
    expect(files.map((file) => counts("debt", file)["debt.issues"])).toEqual([4, 4, 4]);
  });

  test("take the effort from metrics files", () => {
    const file = readText("name,value,unit\ndebt.hours,36,hours\n", "m.csv");
    expect(values(source([file], "metrics"))["debt.hours"]).toEqual(amount(129_600_000));
  });

  test("uniting findings does not depend on their order, and twice the same is once", () => {
    const id = fc.constantFrom("CVE-2020-0001", "CVE-2020-0002", "GHSA-aaaa-bbbb-cccc", "PYSEC-2020-1");
    const finding = fc.record({
      ids: fc.uniqueArray(id, { maxLength: 3 }),
      severity: fc.constantFrom(...severities),
    });
    const count = (all: readonly { ids: readonly string[]; severity: (typeof severities)[number] }[]) => {
      const { findings } = distinct(all.map((one) => ({ tool: "t", rule: "r", message: "", ...one })));
      return severities.map((severity) => findings.filter((one) => one.severity === severity).length);
    };
    fc.assert(
      fc.property(fc.array(finding, { maxLength: 8 }), (all) => {
        expect(count(all.toReversed())).toEqual(count(all));
        const named = all.filter(({ ids }) => ids.length > 0);
        expect(count([...named, ...named])).toEqual(count(named));
      }),
    );
  });
});

describe("KPIs found by name in metrics files", () => {
  const metrics = (list: readonly object[], name = "m.json") =>
    readText(JSON.stringify({ metrics: list }), name);
  const prom = (text: string, name = "m.prom") => readText(text, name);
  const own = (unit: string, better: "higher" | "lower" = "higher") => ({
    label: "Own",
    unit,
    better,
    definition: "Own.",
  });
  const measured = (
    files: readonly ReadFile[],
    kpis: Readonly<Record<string, ReturnType<typeof own>>> = {},
  ) =>
    measure(
      { sources: [source(files, "metrics")], root: "" },
      {
        coverage: { include: [], exclude: [] },
        groups: new Map(),
        phases: [],
        own: new Map(Object.entries(kpis)),
      },
    );
  const value = (
    kpi: string,
    files: readonly ReadFile[],
    kpis?: Readonly<Record<string, ReturnType<typeof own>>>,
  ) => measured(files, kpis).measurements.get(kpi) ?? measured(files, kpis).reasons.get(kpi);

  test("may be written with _ for ., with their unit or _total at the end, and in words", () => {
    const files = [
      prom(
        "service_uptime_ratio 0.9987\nresources_memory_bytes 4e8\nservice_recovery_time_seconds 90\nerrs_total 3\n",
      ),
    ];
    const kpis = { errs: own("count", "lower") };
    expect(value("service.uptime", files)).toEqual(amount(99.87));
    expect(value("resources.memory", files)).toEqual(amount(4e8));
    expect(value("service.recovery_time", files)).toEqual(amount(90_000));
    expect(value("errs", files, kpis)).toEqual(amount(3));
    expect(
      value("cpu.load", [readText('[{"name":"CPU Load","unit":"Percent","value":50}]', "b.json")], {
        "cpu.load": own("%", "lower"),
      }),
    ).toEqual(amount(50));
  });

  const units: readonly (readonly [number, string | undefined, string, unknown])[] = [
    [2.5, "min", "ms", amount(150_000)],
    [250, "microseconds", "ms", amount(0.25)],
    [512, "MiB", "B", amount(536_870_912)],
    [0.07, "ratio", "%", amount(7)],
    [99.5, "percent", "ratio", amount(0.995)],
    [12, "items", "count", amount(12)],
    [12, undefined, "req/s", amount(12)],
    [12, "req/s", "req/s", amount(12)],
    [12, undefined, "ms", /has no unit; it is measured in ms/],
    [12, "kg", "ms", /the unit kg, which does not convert/],
    [12, "s", "count", /the unit s, which does not convert/],
    [12, "req/min", "req/s", /does not convert/],
    [101, "%", "%", /is 101 %, which is no percentage/],
    [-1, "%", "%", /is -1 %, which is no percentage/],
  ];
  test.each(units)("%s %s for a KPI in %s", (number, unit, wanted, expected) => {
    const found = value("own.kpi", [metrics([{ name: "own.kpi", value: number, unit }])], {
      "own.kpi": own(wanted),
    });
    if (expected instanceof RegExp) expect(found).toMatch(expected);
    else expect(found).toEqual(expected);
  });

  test("of several series the worst counts", () => {
    const files = [prom('up_share{i="a"} 99\nup_share{i="b"} 97\n'), prom('up_share{i="a"} 98\n', "n.prom")];
    expect(value("up.share", files, { "up.share": own("%") })).toEqual(amount(97));
    expect(value("up.share", files, { "up.share": own("%", "lower") })).toEqual(amount(99));
  });

  test("are missing with the nearest names, and where two names could be meant", () => {
    const files = [prom("harmony_level 5\nother 1\n")];
    const kpis = { "harmony.achievement": own("%"), "a.b": own("count") };
    expect(value("harmony.achievement", files, kpis)).toBe(
      "no metric is called harmony.achievement; found harmony_level",
    );
    expect(value("a.b", [prom("a_b 1\nA_B 2\n")], kpis)).toBe(
      "a_b and A_B could both be a.b; rename one of them",
    );
  });

  test("one file that cannot be read leaves them without numbers", () => {
    const files = [prom("a 1\n"), prom("a none\n", "n.prom")];
    expect(value("a", files, { a: own("count") })).toMatch(/incomplete evidence/);
  });

  test.each(["NaN", "+Inf", "-Inf", "1e999"])(
    "that are %s in one of their series are missing, and others are not",
    (odd) => {
      const files = [prom(`a{i="1"} 1\na{i="2"} ${odd}\nb 2\n`)];
      expect(value("a", files, { a: own("count") })).toBe("a in m.prom is not a finite number");
      expect(value("b", files, { b: own("count") })).toEqual(amount(2));
    },
  );
});

const facts = fc
  .array(
    fc.record({
      path: fc.constantFrom("a.js", "b.js", "c.js"),
      line: fc.integer({ min: 1, max: 40 }),
      hits: fc.integer({ min: 0, max: 2 }),
    }),
    {
      minLength: 1,
      maxLength: 30,
    },
  )
  .map((rows) =>
    rows
      .map(
        ({ path, line, hits }) => `SF:${path}\nDA:${line},${hits}\nBRDA:${line},0,0,${hits}\nend_of_record\n`,
      )
      .join(""),
  )
  .map((text): CoverageFacts => {
    const read = lcov(text);
    if (read.facts?.kind !== "coverage") throw new Error("not coverage");
    return read.facts.coverage;
  });

describe("laws of merging", () => {
  const sum = (...all: CoverageFacts[]) =>
    sumCoverage(mergeCoverage(all.map((coverage) => ({ file: "", coverage }))).files);
  const merged = (...all: CoverageFacts[]): CoverageFacts => ({
    files: mergeCoverage(all.map((coverage) => ({ file: "", coverage }))).files,
  });

  test("order and grouping of coverage files do not matter, and a file twice is a file once", () => {
    fc.assert(
      fc.property(facts, facts, facts, (a, b, c) => {
        expect(sum(b, a, c)).toEqual(sum(a, b, c));
        expect(sum(merged(a, b), c)).toEqual(sum(a, merged(b, c)));
        expect(sum(a, a, b)).toEqual(sum(a, b));
      }),
    );
  });

  test("the order of report files does not matter", () => {
    const files = ["pytest.xml", "gtest.xml", "jest.xml", "surefire/TEST-FlakyTest.xml", "phpunit.xml"].map(
      genuine,
    );
    const inOrder = JSON.stringify(evidence(files));
    fc.assert(
      fc.property(fc.shuffledSubarray(files, { minLength: files.length }), (shuffled) => {
        expect(JSON.stringify(evidence(shuffled))).toBe(inOrder);
      }),
    );
  });

  function evidence(files: readonly ReadFile[]) {
    const given: Omit<Evidence, "problems"> = { sources: [source(files)], root: "" };
    const { measurements, tests } = measure(given);
    return { measurements: [...measurements], tests };
  }
});
