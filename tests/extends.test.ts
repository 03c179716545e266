import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseConfig } from "../src/core/config/parse-config.ts";
import { problemText } from "../src/core/report/problem-text.ts";
import { loadConfig } from "../src/io/config-file.ts";

type Files = Readonly<Record<string, string>>;

/** Reads `own` as `.github/phase-gate.yml`, beside other files. */
function parse(own: string, files: Files = {}) {
  return parseConfig(`version: 1\n${own}`, ".github/phase-gate.yml", (path) => {
    const text = files[path];
    return text === undefined ? { wrong: "does not exist" } : { text: `version: 1\n${text}` };
  });
}

/** Phases with their rules, in the words of the configuration. */
function plan(own: string, files: Files = {}) {
  const { config, problems } = parse(own, files);
  expect(problems.map(problemText)).toEqual([]);
  return Object.fromEntries(
    config!.phases.map(({ name, rules }) => [
      name,
      rules.map(({ kpi, pass, missing }) => {
        const limits = pass.map(({ text }) => text).join(", ");
        return `${kpi} ${limits}${missing === "error" ? "" : ` (${missing})`}`;
      }),
    ]),
  );
}

const base = {
  ".github/base.yml": `mode: report
require: A
coverage: { include: ["src/**"] }
phases:
  - { name: A, owner: acme, kpis: { tests.pass_rate: above 85%, tests.failed: [at most 3, at most 5] } }
  - { name: B, kpis: { coverage.lines: { pass: above 90%, warn: above 80% }, tests.errored: 0 } }
`,
};

describe("a configuration that extends another one", () => {
  test("takes everything over", () => {
    expect(plan("extends: ./base.yml", base)).toEqual({
      A: ["tests.pass_rate above 85%", "tests.failed at most 3, at most 5"],
      B: ["coverage.lines above 90%", "tests.errored at most 0"],
    });
    const { config } = parse("extends: base.yml", base);
    expect(config).toMatchObject({ file: ".github/phase-gate.yml", mode: "report", require: 1 });
  });

  test("replaces limits by KPI, adds rules, and new phases behind all others", () => {
    const own = `extends: base.yml
phases:
  - { name: C, kpis: { tests.flaky: 0 } }
  - { name: A, kpis: { tests.pass_rate: above 95%, tests.total: at least 10 } }`;
    expect(plan(own, base)).toEqual({
      A: ["tests.pass_rate above 95%", "tests.failed at most 3, at most 5", "tests.total at least 10"],
      B: ["coverage.lines above 90%", "tests.errored at most 0"],
      C: ["tests.flaky at most 0"],
    });
  });

  test("makes a rule optional or leaves it out with one word, in a phase or in all", () => {
    const own = `extends: base.yml
kpis: { coverage.lines: optional, tests.failed: off }
phases: [{ name: B, kpis: { tests.errored: optional } }]`;
    expect(plan(own, base)).toEqual({
      A: ["tests.pass_rate above 85%"],
      B: ["coverage.lines above 90% (skip)", "tests.errored at most 0 (skip)"],
    });
    expect(parse(own, base).config?.phases[1]?.rules[0]?.warn).toMatchObject([{ text: "above 80%" }]);
  });

  test("changes owner and due of a phase, and single keys of mappings", () => {
    const own = `extends: base.yml
require: B
coverage: { exclude: ["**/*.gen.ts"] }
phases: [{ name: A, due: 2026-12-01 }]`;
    expect(parse(own, base).config).toMatchObject({
      mode: "report",
      require: 2,
      coverage: { include: ["src/**"], exclude: ["**/*.gen.ts"] },
      phases: [{ name: "A", owner: "acme", due: "2026-12-01" }, { name: "B" }],
    });
  });

  test("may be extended itself, and of a list the later ones decide", () => {
    const files = {
      ...base,
      ".github/plans/two.yml": "extends: ../base.yml\nmode: enforce\nkpis: { tests.errored: off }",
      ".github/three.yml": "phases: [{ name: A, kpis: { tests.pass_rate: above 99% } }]",
    };
    expect(plan("extends: [plans/two.yml, three.yml]", files)).toEqual({
      A: ["tests.pass_rate above 99%", "tests.failed at most 3, at most 5"],
      B: ["coverage.lines above 90%"],
    });
    expect(parse("extends: [plans/two.yml, three.yml]", files).config?.mode).toBe("enforce");
  });
});

describe("the preset execution-plan", () => {
  test("has four phases, of which it requires the first", () => {
    expect(Object.keys(plan("extends: execution-plan"))).toEqual([
      "Immediate stabilization",
      "Enhanced reliability",
      "Production readiness",
      "Advanced monitoring",
    ]);
    expect(parse("extends: execution-plan").config?.require).toBe(1);
  });

  test("asks for groups that are still to be defined; a rule of one's own may not", () => {
    const own = "extends: execution-plan\nphases: [{ name: Mine, kpis: { tests.pass_rate@slow: 100% } }]";
    expect(parse(own).problems.map(problemText).join()).toMatch(
      /gate\.yml:3:\d+: error: tests\.pass_rate@slow/,
    );
  });

  test("lets every limit be changed, and every rule be optional or off", () => {
    for (const phase of parse("extends: execution-plan").config!.phases) {
      for (const { kpi } of phase.rules) {
        const word = (what: string) => parse(`extends: execution-plan\nkpis: { "${kpi}": ${what} }`).config!;
        const rulesOf = (what: string) => word(what).phases.find(({ name }) => name === phase.name)!.rules;
        expect(rulesOf("optional").find((rule) => rule.kpi === kpi)?.missing).toBe("skip");
        expect(rulesOf("off").some((rule) => rule.kpi === kpi)).toBe(false);
      }
    }
  });
});

describe("a new phase that reads like an inherited one", () => {
  const warnings = (name: string) =>
    parse(`extends: execution-plan\nphases: [{ name: ${name}, kpis: { tests.total: 1 } }]`).problems.map(
      problemText,
    );

  test.each(["Enhanced reliabilty", "enhanced reliability", "Production-readiness"])(
    "is asked about: %s",
    (name) => {
      expect(warnings(name).join()).toMatch(
        /gate\.yml:3:18: warning: the phase ".*" is new and comes behind the others; did you mean/,
      );
    },
  );

  test.each(["Enhanced stability", "Afterwards", "Production 2"])(
    "is not, if it only shares words: %s",
    (name) => {
      expect(warnings(name)).toEqual([]);
    },
  );

  test("may differ in its number alone", () => {
    const files = { ".github/a.yml": "phases: [{ name: Milestone 1, kpis: { tests.total: 1 } }]" };
    const own = "extends: a.yml\nphases: [{ name: Milestone 2, kpis: { tests.total: 2 } }]";
    expect(parse(own, files).problems).toEqual([]);
  });
});

describe("problems of extending name the file and line that they stand in", () => {
  const chain = Object.fromEntries(
    Array.from({ length: 12 }, (_, i) => [`.github/${i}.yml`, `extends: ${i + 1}.yml`]),
  );
  const wide = {
    ".github/wide.yml": `extends: [${"thin.yml, ".repeat(15)}thin.yml]`,
    ".github/thin.yml": "mode: report",
  };
  const cases: readonly (readonly [string, string, Files, RegExp])[] = [
    [
      "a file that is not there",
      "extends: ./bse.yml",
      base,
      /gate\.yml:2:10: error: \.github\/bse\.yml does not exist/,
    ],
    [
      "a preset that is not there",
      "extends: exekution",
      {},
      /gate\.yml:2:10: error: no preset is called "exekution"/,
    ],
    [
      "nothing",
      "extends: ~",
      {},
      /gate\.yml:2:10: error: "extends" must be the name of a preset, the path of a file/,
    ],
    ["an address", "extends: https://a.example/b.yml", {}, /is not a file of this repository/],
    ["a file of another repository", "extends: acme/plans/a.yml@v1", {}, /is not a file of this repository/],
    [
      "itself",
      "extends: phase-gate.yml",
      {},
      /extends itself: \.github\/phase-gate\.yml -> \.github\/phase-gate\.yml/,
    ],
    [
      "a circle",
      "extends: a.yml",
      { ".github/a.yml": "extends: b.yml", ".github/b.yml": "extends: ./x/../a.yml" },
      /\.github\/b\.yml:2:10: error: extends itself: \.github\/a\.yml -> \.github\/b\.yml -> \.github\/a\.yml/,
    ],
    ["a long chain", "extends: 0.yml", chain, /\.github\/7\.yml:2:10: error: extends more than 8 files/],
    ["many files", "extends: [wide.yml, wide.yml, wide.yml]", wide, /error: more than 32 files are extended/],
    [
      "a limit in the other file",
      "extends: a.yml",
      { ".github/a.yml": "phases: [{ name: A, kpis: { tests.pass_rate: 2s } }]" },
      /\.github\/a\.yml:2:46: error: tests\.pass_rate: "2s"/,
    ],
    [
      "a key in the other file",
      "extends: a.yml",
      { ".github/a.yml": "phasis: []" },
      /\.github\/a\.yml:2:1: error: unknown key "phasis", did you mean "phases"/,
    ],
    [
      "a limit that replaces one",
      "extends: base.yml\nphases: [{ name: B, kpis: { coverage.lines: 2s } }]",
      base,
      /\.github\/phase-gate\.yml:3:45: error: coverage\.lines: "2s"/,
    ],
    [
      "a word where nothing is inherited",
      "extends: base.yml\nkpis: { coverage.line: off }",
      base,
      /gate\.yml:3:9: error: coverage\.line: "off" changes a rule that is inherited, and there is none; did you mean coverage\.lines\?/,
    ],
    [
      "a phase of which nothing is left",
      "extends: base.yml\nphases: [{ name: B, kpis: { coverage.lines: off, tests.errored: off } }]",
      base,
      /base\.yml:7:\d+: error: the phase "B" has no KPI/,
    ],
    ["nothing but other keys", "mode: report", {}, /gate\.yml:1: error: "phases" is missing/],
    [
      "a required phase that is not there",
      "extends: base.yml\nrequire: C",
      base,
      /phase-gate\.yml:3:10: error: require: no phase is called "C"/,
    ],
  ];

  test.each(cases)("%s", (_, own, files, message) => {
    const { config, problems } = parse(own, files);
    expect(config).toBeNull();
    expect(problems.map(problemText).join("\n")).toMatch(message);
  });
});

describe("files of the repository", () => {
  test("are found from the folder of the file that names them, and none outside is read", () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), "phase-gate-extends-")));
    try {
      const put = (path: string, text: string) => {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), `version: 1\n${text}\n`);
      };
      put("outside.yml", "phases: [{ name: A, kpis: { tests.total: 1 } }]");
      put("repo/.git/HEAD", "");
      put("repo/plans/base.yml", "phases: [{ name: A, kpis: { tests.total: 1 } }]");
      put("repo/.github/phase-gate.yml", "extends: ../plans/base.yml");
      put("repo/.github/out.yml", "extends: ../../outside.yml");
      symlinkSync(folder, join(folder, "repo/.github/away"));
      put("repo/.github/link.yml", "extends: away/outside.yml");
      const load = (file: string) => loadConfig(`.github/${file}`, join(folder, "repo"));
      expect(load("phase-gate.yml").config?.phases).toHaveLength(1);
      for (const file of ["out.yml", "link.yml"])
        expect(load(file).problems.map(problemText).join()).toMatch(/lies outside of the repository/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
