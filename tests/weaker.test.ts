import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseConfig } from "../src/core/config/parse-config.ts";
import { looser, stricterRule } from "../src/core/config/stricter-rule.ts";
import { stricterConfig, weakenings } from "../src/core/config/weaker.ts";
import { judgeRule } from "../src/core/judge/rule.ts";
import { kpis } from "../src/core/measure/index.ts";
import type { Config } from "../src/core/model/config.ts";
import type { Rule, Verdict } from "../src/core/model/gate.ts";
import type { Measured } from "../src/core/model/kpi.ts";

const config = (text: string): Config => {
  const { config, problems } = parseConfig(text, "gate.yml");
  if (!config) throw new Error(`${text}\n${problems.map(({ message }) => message).join("\n")}`);
  return config;
};
const ways = (base: string, head: string) => weakenings(config(base), config(head)).map(({ what }) => what);

/** A configuration with the rules of one phase, and more on its top level. */
const one = (kpis: string, more = "") => `version: 1\n${more}\nphases: [{ name: A, kpis: { ${kpis} } }]`;
const lines = (limit: string) => one(`coverage.lines: ${limit}`);
const more = (text: string) => one("tests.pass_rate: 90%", text);
/** One KPI that a query asks a server for. */
const asking = (query: string, url = "https://a.example", age = "1min") =>
  more(
    `sources: { prometheus: { url: "${url}", max-age: ${age} } }\ncustom: { depth: { query: "${query}", better: lower } }`,
  );
/** Phases by name, each with one rule, or with what is given. */
const plan = (names: string, rest = "") =>
  `version: 1\nphases:\n${names
    .split(" ")
    .map((name) => `  - { name: ${name}, kpis: { ${rules[name[0]!]} } }\n`)
    .join("")}${rest}`;
const rules: Readonly<Record<string, string>> = {
  A: "tests.pass_rate: 90%",
  B: "coverage.lines: 80%",
  C: "coverage.branches: 70%",
};
const waiver = (allow: string, until = "2026-12-31", kpi = "tests.pass_rate", reason = "agreed") =>
  `waivers: [{ kpi: ${kpi}, allow: ${allow}, until: ${until}, reason: ${reason} }]`;
const sources = (tests: string) => more(`sources: { tests: ${tests} }`);
const groups = (text: string) => more(`groups: { ${text} }`);

/** Each row is weaker in this direction and not in the other. */
const pairs: readonly (readonly [name: string, base: string, head: string, what: RegExp])[] = [
  [
    "a lower limit",
    lines("at least 90%"),
    lines("at least 80%"),
    /^coverage\.lines in A: "at least 90%" is now "at least 80%"$/,
  ],
  ["a limit lower by a hair", lines("at least 90%"), lines("at least 89.999%"), /"at least 90%" is now/],
  ["at least for above", lines("above 90%"), lines("at least 90%"), /"above 90%" is now "at least 90%"/],
  [
    "a higher limit of what should be low",
    one("tests.failed: 0"),
    one("tests.failed: 1"),
    /"at most 0" is now "at most 1"/,
  ],
  ["at most for below", one("tests.failed: below 3"), one("tests.failed: at most 3"), /"below 3" is now/],
  [
    "at least for exactly",
    one("tests.total: exactly 5"),
    one("tests.total: at least 5"),
    /"exactly 5" is now "at least 5"/,
  ],
  ["a longer time", one("tests.slowest: under 2s"), one("tests.slowest: under 2001ms"), /"under 2s" is now/],
  [
    "one limit of a list gone",
    one("tests.total: [at least 5, at most 9]"),
    one("tests.total: at least 5"),
    /"at most 9" is now "at least 5"/,
  ],
  [
    "one limit of a list lower",
    lines("[at least 90%, at least 80%]"),
    lines("[at least 85%, at least 80%]"),
    /"at least 90%" is now/,
  ],
  [
    "a warning below the limit",
    lines("90%"),
    lines("{ pass: 90%, warn: 80% }"),
    /short of "at least 90%" it only warns now, as long as "at least 80%" holds/,
  ],
  [
    "a lower warning",
    lines("{ pass: 90%, warn: 85% }"),
    lines("{ pass: 90%, warn: 80% }"),
    /short of "at least 85%" it only warns now/,
  ],
  [
    "a lower limit over the same warning",
    lines("{ pass: 90%, warn: 80% }"),
    lines("{ pass: 85%, warn: 80% }"),
    /"at least 90%" is now "at least 85%"/,
  ],
  [
    "the warning as the limit",
    lines("{ pass: 90%, warn: 80% }"),
    lines("80%"),
    /"at least 90%" is now "at least 80%"/,
  ],
  ["missing may warn", lines("90%"), lines("{ pass: 90%, missing: warn }"), /missing: error is now warn/],
  [
    "missing may be skipped",
    lines("90%"),
    lines("{ pass: 90%, missing: skip }"),
    /missing: error is now skip/,
  ],
  [
    "missing is skipped and warned before",
    lines("{ pass: 90%, missing: warn }"),
    lines("{ pass: 90%, missing: skip }"),
    /missing: warn is now skip/,
  ],
  ["min-lines is new", lines("90%"), lines("{ pass: 90%, min-lines: 20 }"), /min-lines: 20 is new/],
  [
    "min-lines is raised",
    lines("{ pass: 90%, min-lines: 20 }"),
    lines("{ pass: 90%, min-lines: 21 }"),
    /min-lines: 20 is now 21/,
  ],
  [
    "min-samples is new",
    lines("{ pass: at least median(10) }"),
    lines("{ pass: at least median(10), min-samples: 5 }"),
    /min-samples: 5 is new/,
  ],
  [
    "min-samples is raised",
    lines("{ pass: at least median(10), min-samples: 5 }"),
    lines("{ pass: at least median(10), min-samples: 6 }"),
    /min-samples: 5 is now 6/,
  ],
  [
    "a point below the baseline",
    lines("at least baseline"),
    lines("at least baseline - 1pp"),
    /"at least baseline" is now "at least baseline - 1pp"/,
  ],
  [
    "two points below the baseline",
    lines("at least baseline - 1pp"),
    lines("at least baseline - 2pp"),
    /is now/,
  ],
  ["above and at least the baseline", lines("above baseline"), lines("at least baseline"), /is now/],
  [
    "a part of the first",
    one("tests.total: at least 90% of first"),
    one("tests.total: at least 80% of first"),
    /is now/,
  ],
  [
    "ten percent over the baseline",
    one("tests.duration: at most baseline"),
    one("tests.duration: at most baseline + 10%"),
    /is now/,
  ],
  [
    "a wider spread",
    one("tests.duration: at most median(10) + 2 iqr"),
    one("tests.duration: at most median(10) + 3 iqr"),
    /is now/,
  ],
  [
    "the relative limit of a list gone",
    lines("[at least 80%, at least baseline]"),
    lines("at least 80%"),
    /"at least baseline" is now "at least 80%"/,
  ],
  [
    "a rule is gone",
    one("tests.pass_rate: 90%, coverage.lines: 80%"),
    one("tests.pass_rate: 90%"),
    /^coverage\.lines is gone from A$/,
  ],
  [
    "a rule of a group is gone",
    more("groups: { x: { tests: a } }").replace("90%", "90%, tests.failed@x: 0"),
    more("groups: { x: { tests: a } }"),
    /tests\.failed@x is gone from A/,
  ],
  [
    "a rule about folders is gone",
    one("tests.pass_rate: 90%, coverage.lines@packages/*: 70%"),
    one("tests.pass_rate: 90%"),
    /coverage\.lines@packages\/\* is gone/,
  ],
  [
    "a rule moved to a later phase",
    `version: 1\nphases: [{ name: A, kpis: { tests.pass_rate: 90%, coverage.lines: 80% } }, { name: B, kpis: { tests.failed: 0 } }]`,
    `version: 1\nphases: [{ name: A, kpis: { tests.pass_rate: 90% } }, { name: B, kpis: { tests.failed: 0, coverage.lines: 80% } }]`,
    /coverage\.lines moved from A to B/,
  ],
  ["the last phase is gone", plan("A B", "require: A"), plan("A", "require: A"), /the phase "B" is gone/],
  ["require is lowered", plan("A B C", "require: C"), plan("A B C", "require: B"), /require: "C" is now "B"/],
  [
    "require is lowered from the last phase",
    plan("A B"),
    plan("A B", "require: A"),
    /require: "B" is now "A"/,
  ],
  [
    "the comment is silent",
    more(""),
    more("comment: { when: failures }"),
    /comment: when: always is now failures/,
  ],
  [
    "the comment says only failures",
    more("comment: { when: changes }"),
    more("comment: { when: failures }"),
    /when: changes is now failures/,
  ],
  [
    "the history is gone",
    more("baseline: { store: file, path: history }"),
    more(""),
    /baseline: the history in history is gone/,
  ],
  ["mode: report is on", more(""), more("mode: report"), /mode: enforce is now report/],
  ["keep is off", more("keep: true"), more(""), /^keep: true is now false$/],
  ["more may be lost", more("shrink: 5%"), more("shrink: 5.5%"), /^shrink: 5% is now 5\.5%$/],
  ["more than the default may be lost", more(""), more("shrink: 11%"), /^shrink: 10% is now 11%$/],
  ["a new waiver", more(""), more(waiver("1pp")), /^waivers: tests\.pass_rate: 1pp until 2026-12-31 is new$/],
  [
    "a waiver of more",
    more(waiver("1pp")),
    more(waiver("1.01")),
    /^waivers: tests\.pass_rate: 1pp is now 1\.01pp$/,
  ],
  [
    "a waiver for longer",
    more(waiver("1pp")),
    more(waiver("1pp", "2027-01-01")),
    /until: 2026-12-31 is now 2027-01-01$/,
  ],
  [
    "integrity is relaxed",
    more("integrity: strict"),
    more("integrity: normal"),
    /integrity: strict is now normal/,
  ],
  [
    "a KPI of one's own is read from no file",
    more("custom: { depth: { file: a.json, value: /depth, better: lower } }"),
    more("custom: { depth: { better: lower } }"),
    /custom: depth is read from no file any more/,
  ],
  [
    "older values",
    asking("depth"),
    asking("depth", "https://a.example", "1h"),
    /prometheus: max-age is longer now/,
  ],
  [
    "no query",
    asking("max(depth)"),
    asking("max(depth)").replace('query: "max(depth)", ', ""),
    /asked by no query any more/,
  ],
  [
    "the file of a KPI of one's own may be absent",
    more("custom: { depth: { file: a.json, value: /depth, better: lower } }"),
    more("custom: { depth: { file: a.json, value: /depth, better: lower, optional: true } }"),
    /custom: depth: a\.json: optional is new/,
  ],
  [
    "a test that fails and then passes is flaky",
    more(""),
    more("retries: same-name-in-suite"),
    /retries: elements is now same-name-in-suite/,
  ],
  ["a source is gone", sources("[a.xml, b.xml]"), sources("[a.xml]"), /tests: b\.xml is gone/],
  ["expect is gone", sources("{ files: a.xml, expect: 4 }"), sources("a.xml"), /expect: 4 is gone/],
  [
    "expect is lowered",
    sources("{ files: a.xml, expect: 4 }"),
    sources("{ files: a.xml, expect: 3 }"),
    /expect: 4 is now 3/,
  ],
  [
    "optional is new",
    sources("a.xml"),
    sources("{ files: a.xml, optional: true }"),
    /a\.xml: optional is new/,
  ],
  ["stale is allowed", sources("a.xml"), sources("{ files: a.xml, stale: allow }"), /stale: allow is new/],
  [
    "the group of a source is gone",
    more("sources: { tests: { files: a.xml, group: x } }\ngroups: { x: { tests: b } }"),
    more("sources: { tests: a.xml }\ngroups: { x: { tests: b } }"),
    /group: x is gone/,
  ],
  [
    "a family of sources is gone",
    more("sources: { tests: a.xml, coverage: b.xml }"),
    more("sources: { tests: a.xml }"),
    /coverage: b\.xml is gone/,
  ],
  [
    "include is new",
    more(""),
    more('coverage: { include: ["src/**"] }'),
    /include chooses files now: src\/\*\*/,
  ],
  [
    "include is narrowed",
    more('coverage: { include: ["src/**", "lib/**"] }'),
    more('coverage: { include: ["src/**"] }'),
    /include lib\/\*\* is gone/,
  ],
  ["exclude is new", more(""), more('coverage: { exclude: ["gen/**"] }'), /exclude gen\/\*\* is new/],
  [
    "exclude is widened",
    more('coverage: { exclude: ["gen/**"] }'),
    more('coverage: { exclude: ["gen/**", "old/**"] }'),
    /exclude old\/\*\* is new/,
  ],
  [
    "a group is gone",
    groups("x: { tests: a }, y: { tests: b }"),
    groups("x: { tests: a }"),
    /the group y is gone/,
  ],
  [
    "a group lost a glob",
    groups("x: { tests: [a, b] }"),
    groups("x: { tests: [a] }"),
    /the group x: b is gone/,
  ],
  [
    "a label accepts weakenings where nothing did",
    more(""),
    more('policy: { accept-weaker: "label:ok" }'),
    /accept-weaker: nothing is now label:ok/,
  ],
];

/** Neither direction can be called harmless, so both are weaker. */
const unclear: readonly (readonly [name: string, a: string, b: string, what: RegExp])[] = [
  [
    "another history",
    more("baseline: { store: file, path: a }"),
    more("baseline: { store: file, path: b }"),
    /baseline: the history in . is now ./,
  ],
  [
    "a history elsewhere",
    more("baseline: { store: branch }"),
    more("baseline: { store: artifact }"),
    /baseline: the history in (?:branch|artifact) phase-gate-history is now/,
  ],
  ["another branch of the history", more("baseline: { branch: a }"), more(""), /baseline: branch: .* is now/],
  [
    "another place of a KPI of one's own",
    more("custom: { depth: { file: a.json, value: /a, better: lower } }"),
    more("custom: { depth: { file: a.json, value: /b, better: lower } }"),
    /custom: depth is read from another place/,
  ],
  ["another query", asking("max(depth)"), asking("min(depth)"), /custom: depth is asked in another way/],
  ["another server", asking("depth"), asking("depth", "https://b.example"), /prometheus: url is now/],
  [
    "another unit of a KPI of one's own",
    one("depth: at most 5 m", 'custom: { depth: { better: lower, unit: "m" } }'),
    one("depth: at most 5 ft", 'custom: { depth: { better: lower, unit: "ft" } }'),
    /the unit of depth is now/,
  ],
  ["a number for a reference", lines("at least baseline"), lines("at least 90%"), /is now/],
  ["another reference", lines("at least baseline"), lines("at least best"), /is now/],
  ["another window", lines("at least median(10)"), lines("at least median(20)"), /is now/],
  [
    "a number and a share for a distance",
    one("tests.duration: at most baseline + 1s"),
    one("tests.duration: at most baseline + 10%"),
    /is now/,
  ],
  ["upwards for downwards", one("tests.total: at least 5"), one("tests.total: at most 5"), /is now/],
  ["another KPI", one("coverage.lines: 90%"), one("coverage.statements: 90%"), /is gone from A/],
  [
    "another group",
    more("groups: { x: { tests: a }, y: { tests: b } }").replace("90%", "90%, tests.failed@x: 0"),
    more("groups: { x: { tests: a }, y: { tests: b } }").replace("90%", "90%, tests.failed@y: 0"),
    /tests\.failed@. is gone/,
  ],
  [
    "a waiver of more for a shorter time",
    more(waiver("1pp", "2026-12-31")),
    more(waiver("2pp", "2026-11-30")),
    /waivers: tests\.pass_rate: (?:1pp is now 2pp|until: 2026-11-30 is now 2026-12-31)/,
  ],
  [
    "a waiver for another KPI",
    more(waiver("1pp")).replace("90%", "90%, tests.error_rate: 9%"),
    more(waiver("1pp", "2026-12-31", "tests.error_rate")).replace("90%", "90%, tests.error_rate: 9%"),
    /waivers: tests\.\w+: .* is new/,
  ],
  ["another folder", one("coverage.lines@a: 80%"), one("coverage.lines@b: 80%"), /is gone/],
  ["phases in another order", plan("A B C"), plan("B A C"), /the phase "[AB]" no longer needs "[AB]"/],
  ["another name of a phase", plan("A B"), plan("A Bx"), /the phase "Bx?" is gone/],
  ["another glob of a source", sources("a.xml"), sources("b.xml"), /is gone/],
  ["sources where well-known names were looked for", more(""), sources("a.xml"), /sources/],
  [
    "another group of a source",
    sources("{ files: a.xml, group: x }"),
    sources("{ files: a.xml, group: y }"),
    /group: . is now ./,
  ],
  [
    "another include",
    more('coverage: { include: ["src/**"] }'),
    more('coverage: { include: ["**"] }'),
    /include .* is gone/,
  ],
  ["another glob of a group", groups("x: { tests: a }"), groups("x: { tests: b }"), /the group x: . is gone/],
  [
    "another label",
    more('policy: { accept-weaker: "label:a" }'),
    more('policy: { accept-weaker: "label:b" }'),
    /accept-weaker: label:. is now label:./,
  ],
  [
    "one limit higher, another lower",
    one("tests.pass_rate: 90%, coverage.lines: 80%"),
    one("tests.pass_rate: 80%, coverage.lines: 90%"),
    /is now/,
  ],
  [
    "a higher limit with min-lines",
    lines("80%"),
    lines("{ pass: 90%, min-lines: 20 }"),
    /min-lines: 20 is new|is now/,
  ],
];

const harmless: readonly (readonly [string, string, string])[] = [
  ["the same", lines("90%"), lines("at least 90.0%")],
  ["other words for the same", one("tests.slowest: under 2s"), one("tests.slowest: below 2000ms")],
  ["one limit for two that it implies", lines("[at least 80%, above 85%]"), lines("above 85%")],
  [
    "a rule that moved to an earlier phase",
    `version: 1\nphases: [{ name: A, kpis: { tests.pass_rate: 90% } }, { name: B, kpis: { tests.failed: 0, coverage.lines: 80% } }]`,
    `version: 1\nphases: [{ name: A, kpis: { tests.pass_rate: 90%, coverage.lines: 80% } }, { name: B, kpis: { tests.failed: 0 } }]`,
  ],
  ["a new phase before", plan("B"), plan("A B")],
  ["a new phase between", plan("A C"), plan("A B C")],
  ["a new phase behind the required one", plan("A"), plan("A B", "require: A")],
  ["a new rule", one("tests.pass_rate: 90%"), one("tests.pass_rate: 90%, coverage.lines: 10%")],
  [
    "owner, day and title",
    lines("90%"),
    `${lines("90%").replace("name: A", "name: A, owner: me, due: 2027-01-01")}\ncomment: { title: Plan }`,
  ],
  ["a new source", sources("[a.xml]"), sources("[a.xml, b.xml]")],
  ["a group that grows", groups("x: { tests: a }"), groups('x: { tests: [a, b], owner: "@me" }')],
  [
    "a waiver with another reason",
    more(waiver("1pp")),
    more(waiver("1.0pp", "2026-12-31", "tests.pass_rate", "x")),
  ],
  ["a label that accepts nothing any more", more('policy: { accept-weaker: "label:a" }'), more("")],
];

describe("a configuration is weaker", () => {
  test("in enough ways to be trusted", () => {
    expect(pairs.length + unclear.length).toBeGreaterThanOrEqual(60);
    const names = [...pairs, ...unclear, ...harmless].map(([name]) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  test.each(pairs)("with %s", (_, base, head, what) => {
    expect(ways(base, head)).toEqual([expect.stringMatching(what)]);
  });

  test.each(pairs)("and not the other way round: %s", (_, base, head) => {
    expect(ways(head, base)).toEqual([]);
  });

  test.each(unclear)("in both directions where it cannot be told: %s", (_, a, b, what) => {
    for (const found of [ways(a, b), ways(b, a)]) expect(found).toContainEqual(expect.stringMatching(what));
  });

  test.each(harmless)("and not with %s", (_, base, head) => {
    expect(ways(base, head)).toEqual([]);
  });

  test("in every way at once, each told", () => {
    const base = `version: 1\nintegrity: strict\nsources: { tests: a.xml }\nphases:\n  - { name: A, kpis: { tests.pass_rate: 90%, coverage.lines: 80% } }\n  - { name: B, kpis: { tests.failed: 0 } }`;
    const head = `version: 1\nmode: report\nsources: { tests: b.xml }\ncoverage: { exclude: ["a"] }\nphases:\n  - { name: A, kpis: { tests.pass_rate: 80% } }`;
    expect(ways(base, head)).toHaveLength(7);
  });
});

describe("the stricter of two configurations", () => {
  const all = [...pairs, ...unclear];
  const asked = (base: Config, combined: Config) =>
    weakenings(base, {
      ...combined,
      sources: base.sources!,
      coverage: base.coverage,
      groups: base.groups,
      pointed: base.pointed,
      queried: base.queried,
      ...(base.prometheus ? { prometheus: base.prometheus } : {}),
    }).map(({ what }) => what);

  test.each(all)("asks what both ask: %s", (_, a, b) => {
    for (const [base, head] of [
      [config(a), config(b)],
      [config(b), config(a)],
    ] as const) {
      const combined = stricterConfig(base, head);
      expect(asked(base, combined)).toEqual([]);
      expect(
        asked({ ...head, policy: base.policy, baseline: base.baseline, own: base.own }, combined).filter(
          (what) => !what.includes("no longer needs"),
        ),
      ).toEqual([]);
    }
  });

  const both = (base: string, head: string) => {
    const { phases, require } = stricterConfig(config(base), config(head));
    const shown = phases.map(
      ({ name, rules }) =>
        `${name}: ${rules.map(({ kpi, pass, warn }) => `${kpi} ${[...pass, ...warn].map(({ text }) => text).join(", ")}`).join("; ")}`,
    );
    return [...shown, `require ${phases[require - 1]?.name}`];
  };
  const combined: readonly (readonly [string, string, string, readonly string[]])[] = [
    ["takes the higher limit", lines("80%"), lines("90%"), ["A: coverage.lines at least 90%", "require A"]],
    [
      "keeps limits that cannot be compared",
      lines("at least baseline"),
      lines("90%"),
      ["A: coverage.lines at least 90%, at least baseline", "require A"],
    ],
    [
      "brings a rule back",
      one("tests.pass_rate: 90%, tests.failed: 0"),
      one("tests.pass_rate: 95%"),
      ["A: tests.pass_rate at least 95%; tests.failed at most 0", "require A"],
    ],
    [
      "brings a phase back",
      plan("A B C"),
      plan("A C"),
      [
        "A: tests.pass_rate at least 90%",
        "B: coverage.lines at least 80%",
        "C: coverage.branches at least 70%",
        "require C",
      ],
    ],
    [
      "keeps new phases where they are",
      plan("A C"),
      plan("A B C", "require: A"),
      [
        "A: tests.pass_rate at least 90%",
        "B: coverage.lines at least 80%",
        "C: coverage.branches at least 70%",
        "require C",
      ],
    ],
    [
      "takes no warning that one of them does not know",
      lines("90%"),
      lines("{ pass: 95%, warn: 80% }"),
      ["A: coverage.lines at least 95%, at least 90%", "require A"],
    ],
  ];
  test.each(combined)("%s", (_, base, head, expected) => {
    expect(both(base, head)).toEqual(expected);
  });
});

describe("rules of coverage and values of every kind", () => {
  const limit = fc
    .tuple(
      fc.constantFrom("at least", "above", "at most", "below", "exactly"),
      fc.integer({ min: 1, max: 6 }),
    )
    .map(([word, number]) => `${word} ${number * 10}%`);
  const rule = fc.oneof(
    limit,
    fc.array(limit, { minLength: 1, maxLength: 2 }).map((all) => `[${all.join(", ")}]`),
    fc.tuple(limit, limit).map(([pass, warn]) => `{ pass: ${pass}, warn: ${warn} }`),
    fc
      .tuple(limit, fc.constantFrom("warn", "skip"))
      .map(([pass, missing]) => `{ pass: ${pass}, missing: ${missing} }`),
  );
  const parsed = rule
    .map((text) => parseConfig(lines(text), "gate.yml").config?.phases[0]?.rules[0])
    .filter((one) => one !== undefined);
  const value = fc.option(
    fc.integer({ min: 0, max: 14 }).map((part): Measured => ({ kind: "ratio", part, whole: 14 })),
  );
  const rank: Readonly<Record<Verdict, number>> = {
    met: 2,
    warned: 1,
    broken: 0,
    missing: 0,
    incomparable: 1,
  };
  const good = (one: Rule, measured: Measured | null) => {
    const measurements = new Map(measured === null ? [] : [["coverage.lines", measured]]);
    const { verdict } = judgeRule(one, {
      measurements,
      kpis,
      reasons: new Map(),
      incomparable: new Map(),
      waivers: new Map(),
      refer: () => ({ none: "" }),
    });
    return verdict === "missing" ? { error: 0, warn: 1, skip: 2 }[one.missing] : rank[verdict];
  };

  test("what is not called looser never comes to more", () => {
    fc.assert(
      fc.property(parsed, parsed, value, (base, head, measured) => {
        fc.pre(looser(base, head).length === 0);
        expect(good(head, measured)).toBeLessThanOrEqual(good(base, measured));
      }),
      { numRuns: 500 },
    );
  });

  test("the stricter of two never comes to more than either of them", () => {
    fc.assert(
      fc.property(parsed, parsed, value, (base, head, measured) => {
        const strict = good(stricterRule(base, head), measured);
        expect(strict).toBeLessThanOrEqual(Math.min(good(base, measured), good(head, measured)));
      }),
      { numRuns: 500 },
    );
  });
});
