import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseConfig } from "../src/core/config/parse-config.ts";
import { referTo } from "../src/core/history/refer.ts";
import { judgeRule } from "../src/core/judge/rule.ts";
import { kpis } from "../src/core/measure/index.ts";
import type { RecordedKpi, RunRecord } from "../src/core/model/history.ts";
import type { Measured } from "../src/core/model/kpi.ts";
import { parseGiven } from "../src/core/tune/given.ts";
import { replay } from "../src/core/tune/replay.ts";
import { amount, ratio, record } from "./history/records.ts";
import { testPath } from "./runner/bytes.ts";
import { runCli } from "./runner/run-cli.ts";

const lines = (...shares: readonly number[]) =>
  shares.map((share, i) => record(i + 1, { lines: ratio(share * 10, 1000) }));
const of = (kpi: string, ...values: readonly number[]) =>
  values.map((value, i) => {
    const { unit, better } = kpis[kpi]!;
    return record(i + 1, { kpis: new Map([[kpi, { unit, better, value: amount(value) }]]) });
  });
const infoOf = (kpi: string) => kpis[kpi]!;
const planOf = (text: string) => parseConfig(`version: 1\n${text}`, "gate.yml").config!;
const tuned = (rules: string, records: readonly RunRecord[], ...given: readonly string[]) => {
  const parsed = parseGiven(given, kpis);
  if ("wrong" in parsed) throw new Error(parsed.wrong);
  return replay(planOf(`phases: [{ name: A, kpis: { ${rules} } }]`), infoOf, records, parsed.given);
};
const numbers = (rules: string, records: readonly RunRecord[]) =>
  tuned(rules, records).limits.map(({ failures }) => failures.map(({ run }) => run.number));

const replayed: readonly (readonly [string, string, readonly RunRecord[], readonly number[]])[] = [
  ["a plain number", "coverage.lines: 80%", lines(79, 80, 81), [1]],
  ["the number is not reached by a hair", "coverage.lines: 80%", lines(79.9, 80), [1]],
  ["each run against the one before it", "coverage.lines: at least baseline", lines(80, 82, 81, 81), [3]],
  ["the best so far, and never a later one", "coverage.lines: at least best", lines(80, 85, 82, 90), [3]],
  ["the oldest", "coverage.lines: at least first", lines(80, 85, 79, 78), [3, 4]],
  ["a run of so many days before", "coverage.lines: above 2d ago", lines(80, 81, 81, 81), [4]],
  ["the middle of the runs before", "coverage.lines: at least median(3)", lines(80, 90, 85, 84), [4]],
  [
    "a run of which less is better",
    "tests.failed: at most baseline + 1",
    of("tests.failed", 0, 1, 3, 3),
    [3],
  ],
];

describe("replaying a limit", () => {
  test.each(replayed)("%s", (_, rules, records, expected) => {
    expect(numbers(rules, records)).toEqual([expected]);
  });

  test("says how many runs could not be judged, and why", () => {
    const records = [...lines(80, 81), record(3, { kpis: new Map() })];
    expect(tuned("coverage.lines: at least baseline", records).limits).toMatchObject([
      { judged: 1, incomparable: 1, absent: 1, failures: [] },
    ]);
  });

  test("tells the one furthest from its limit", () => {
    const { worst } = tuned("coverage.lines: 80%", lines(79, 60, 70)).limits[0]!;
    expect(worst).toMatchObject({ run: { number: 2 }, value: ratio(600, 1000) });
  });

  test("leaves out earlier attempts of a run", () => {
    const again = { ...record(1, { lines: ratio(90, 100) }), attempt: 2 };
    expect(numbers("coverage.lines: 80%", [...lines(70), again])).toEqual([[]]);
  });

  test("replays a rule about folders for each of them that a run knows", () => {
    const folder = (name: string, share: number): [string, RecordedKpi] => [
      `coverage.lines@${name}`,
      { unit: "%", better: "higher", value: ratio(share, 100) },
    ];
    const records = [record(1, { kpis: new Map([folder("packages/a", 90), folder("packages/b", 60)]) })];
    const { limits } = tuned('"coverage.lines@packages/*": 80%', records);
    expect(limits.map(({ kpi, failures }) => [kpi, failures.length])).toEqual([
      ["coverage.lines@packages/a", 0],
      ["coverage.lines@packages/b", 1],
    ]);
  });

  test("shares of too few lines are not judged", () => {
    const records = [record(1, { lines: ratio(1, 10) }), record(2, { lines: ratio(1, 100) })];
    expect(numbers("coverage.lines: { pass: 80%, min-lines: 20 }", records)).toEqual([[2]]);
  });
});

/** Shares and amounts that are alike to the last digits, of which plain numbers cannot tell whether a limit holds. */
const measured = fc.oneof(
  fc.tuple(fc.integer({ min: 0, max: 3 }), fc.constantFrom(0, 1e15)).map(([a, b]) => ratio(b + a, b + 4)),
  fc.integer({ min: 799, max: 803 }).map((part) => ratio(part, 1_000)),
  fc.integer({ min: 799, max: 803 }).map((tenths) => amount(tenths / 10)),
  fc.constantFrom(0, 0.1, 0.2, 0.3, 0.1 + 0.2, 1e-300, 1e300).map(amount),
);
const anyLimit = fc
  .tuple(
    fc.constantFrom("at least", "at most", "above", "below", "exactly"),
    fc.constantFrom(
      "0.3%",
      "80%",
      ...["baseline", "first", "best", "2d ago", "median(3)", "median(4d)"].flatMap((reference) => [
        reference,
        `20% of ${reference}`,
        `${reference} - 0.1pp`,
      ]),
      "median(3) + 1.5 iqr",
      "median(4d) - 1.5 iqr",
    ),
  )
  .map(([op, bound]) => `${op} ${bound}`);

test("a replay fails exactly the runs that the gate would have failed then", () => {
  fc.assert(
    fc.property(fc.array(measured, { minLength: 1, maxLength: 12 }), anyLimit, (values, limit) => {
      const records = values.map((value, i) => record(i + 1, { lines: value }));
      const { phases } = planOf(`phases: [{ name: A, kpis: { coverage.lines: ${limit} } }]`);
      const verdicts = records.map(({ at }, i) => {
        const before = records[i - 1];
        const baseline = before ? { record: before } : { none: "no recorded run yet" };
        const { verdict } = judgeRule(phases[0]!.rules[0]!, {
          measurements: new Map([["coverage.lines", values[i]!]]),
          kpis,
          reasons: new Map(),
          incomparable: new Map(),
          waivers: new Map(),
          refer: referTo({ at, records: records.slice(0, i), baseline }),
        });
        return verdict;
      });
      const { failures, incomparable } = tuned(`coverage.lines: ${limit}`, records).limits[0]!;
      expect(failures.map(({ run }) => run.number)).toEqual(
        verdicts.flatMap((verdict, i) => (verdict === "broken" ? [i + 1] : [])),
      );
      expect(incomparable).toBe(verdicts.filter((verdict) => verdict === "incomparable").length);
    }),
    { numRuns: 500 },
  );
});

describe("replaying the gate", () => {
  const red = (text: string, records: readonly RunRecord[]) => replay(planOf(text), infoOf, records).red;

  test("counts runs in which a rule of a required phase is broken, once each", () => {
    const phases =
      "phases: [{ name: A, kpis: { coverage.lines: [80%, at least baseline] } }, { name: B, kpis: { coverage.lines: 95% } }]";
    expect(red(phases, lines(85, 79, 78, 90))).toBe(4);
    expect(red(`${phases}\nrequire: A`, lines(85, 79, 78, 90))).toBe(2);
  });

  test("what only warns, and what is waived, is not red", () => {
    expect(
      red("phases: [{ name: A, kpis: { coverage.lines: { pass: 80%, warn: 70% } } }]", lines(75, 65)),
    ).toBe(1);
    const waiver = "waivers: [{ kpi: coverage.lines, allow: 6pp, until: 2026-01-03, reason: agreed }]";
    // Run 3 is of January 4, when the waiver is over.
    expect(red(`phases: [{ name: A, kpis: { coverage.lines: 80% } }]\n${waiver}`, lines(75, 73, 75))).toBe(2);
  });

  test("with other limits in place of those of their KPIs", () => {
    const { red, redChanged, limits } = tuned(
      "coverage.lines: 80%, tests.failed: 0",
      lines(75, 85, 90),
      "coverage.lines: 88%",
    );
    expect([red, redChanged]).toEqual([1, 2]);
    expect(limits.map(({ phase, limit, failures }) => [phase, limit.text, failures.length])).toEqual([
      ["A", "at least 80%", 1],
      [null, "at least 88%", 2],
    ]);
  });

  test("says how many were recorded red", () => {
    const records = [record(1, { outcome: "fail" }), record(2, { outcome: "warn" }), record(3)];
    expect(tuned("coverage.lines: 10%", records)).toMatchObject({ runs: 3, recordedRed: 1, red: 0 });
  });
});

/** Twelve values about a middle: the fences lie 1.5 times the middle half beyond it. */
const calm = [80, 81, 82, 80, 81, 82, 80, 81, 82, 80, 81, 82];
const suggested: readonly (readonly [string, string, readonly RunRecord[], string | undefined])[] = [
  ["a stricter number where all is calm", "coverage.lines: at least 60%", lines(...calm), "at least 77%"],
  ["a looser one where the limit fails", "coverage.lines: above 81%", lines(...calm), "above 77%"],
  [
    "nothing where the limit is lower than what is ordinary and holds",
    "tests.failed: 0",
    of("tests.failed", ...calm.map(() => 0)),
    undefined,
  ],
  [
    "never more than all",
    "coverage.lines: at most 90%",
    lines(...calm.map((share) => share + 17)),
    "at most 100%",
  ],
  [
    "the same distance in points",
    "coverage.lines: at least first - 9pp",
    lines(...calm),
    "at least first - 1.8pp",
  ],
  [
    "a distance that turns round",
    "coverage.lines: at least first",
    lines(70, ...calm),
    "at least first + 7pp",
  ],
  ["a share", "tests.duration: at most first + 90%", of("tests.duration", ...calm), "at most first + 6%"],
  [
    "a time in its own unit",
    "tests.duration: under 9min",
    of("tests.duration", ...calm.map((ms) => ms * 1000)),
    "under 85s",
  ],
  ["whole numbers of what is counted", "tests.total: at least 5", of("tests.total", ...calm), "at least 77"],
  ["nothing for exactly", "tests.total: exactly 5", of("tests.total", ...calm), undefined],
  ["nothing of a few runs", "coverage.lines: at least 60%", lines(...calm.slice(0, 9)), undefined],
];

describe("suggesting a limit", () => {
  test.each(suggested)("%s", (_, rules, records, expected) => {
    const { suggestion, kpi } = tuned(rules, records).limits[0]!;
    expect(suggestion?.text).toBe(expected);
    // What is suggested is a limit that a configuration can hold.
    if (suggestion) expect(parseGiven([`${kpi}: ${suggestion.text}`], kpis)).toHaveProperty("given");
  });

  test("takes the newest 50 runs, and says in how many it would fail", () => {
    const records = lines(
      ...Array.from({ length: 50 }, () => 10),
      ...Array.from({ length: 50 }, (_, i) => (i === 7 ? 50 : 80)),
    );
    expect(tuned("coverage.lines: 70%", records).limits[0]?.suggestion).toEqual({
      text: "at least 80%",
      failed: 1,
      of: 50,
    });
  });
});

test.each([
  [
    "coverage.lines at least 85%",
    '"coverage.lines at least 85%" is no limit; write for example "coverage.lines: at least 85%"',
  ],
  ["coverage.line: 85%", 'unknown KPI "coverage.line", did you mean "coverage.lines"?'],
  ["coverage.lines: 0.85", 'coverage.lines: "0.85" of a percentage: did you mean 85%?'],
])("a limit on the command line: %s", (text, wrong) => {
  expect(parseGiven([text], kpis)).toEqual({ wrong });
});

describe("phase-gate tune", () => {
  const config = "examples/ratchet/phase-gate.yml";
  const expected = (name: string) => testPath("..", "examples", "ratchet", "expected", name);

  test("prints the page that stands beside the example", async () => {
    const { exitCode, out } = runCli(["tune", "--config", config]);
    expect(exitCode).toBe(0);
    await expect(out).toMatchFileSnapshot(expected("tune.txt"));
  });

  test("tries another limit, as a page and as one document", async () => {
    const given = ["tune", "--config", config, "coverage.uncovered: at most 250"];
    await expect(runCli(given).out).toMatchFileSnapshot(expected("tune-given.txt"));
    const document = JSON.parse(runCli([...given, "--json"]).out) as {
      readonly limits: readonly { readonly failures: readonly Measured[] }[];
    };
    expect(document).toMatchObject({
      schema: 1,
      runs: 262,
      limits: [
        { phase: "Reliability", kpi: "coverage.uncovered", limit: "at most best" },
        {
          phase: null,
          kpi: "coverage.uncovered",
          unit: "count",
          limit: "at most 250",
          judged: 262,
          absent: 0,
        },
      ],
    });
    expect(document.limits[1]?.failures[0]).toEqual({
      number: 1,
      sha: expect.stringMatching(/^[0-9a-f]{40}$/) as string,
      at: expect.stringMatching(/^2025-11-24T/) as string,
      value: 402,
      bound: 250,
    });
  });
});
