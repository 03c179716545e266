import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseLimit } from "../src/core/config/limit.ts";
import { judge } from "../src/core/judge/judge.ts";
import { keepProblems, keptPhases, withKept } from "../src/core/judge/keep.ts";
import { stepsToHold } from "../src/core/judge/remedy.ts";
import { type Case, judgeRule } from "../src/core/judge/rule.ts";
import { unusedWaivers, waiversOn } from "../src/core/judge/waivers.ts";
import { kpis } from "../src/core/measure/index.ts";
import { fractionOf } from "../src/core/model/exact.ts";
import { exitCode } from "../src/core/model/exit-code.ts";
import type {
  Limit,
  Op,
  Outcome,
  Phase,
  Reference,
  Referred,
  Rule,
  Verdict,
  Waiver,
} from "../src/core/model/gate.ts";
import type { Past } from "../src/core/model/history.ts";
import type { Measured } from "../src/core/model/kpi.ts";
import { commit, day, record } from "./history/records.ts";

const limit = (text: string, kpi = "coverage.lines"): Limit => {
  const parsed = parseLimit(text, kpis[kpi]!);
  if ("wrong" in parsed) throw new Error(parsed.wrong);
  return parsed.limit;
};
const rule = (
  kpi: string,
  pass: readonly string[],
  warn: readonly string[] = [],
  missing: Rule["missing"] = "error",
): Rule => ({
  kpi,
  pass: pass.map((text) => limit(text, kpi)),
  warn: warn.map((text) => limit(text, kpi)),
  missing,
});
const ratio = (part: number, whole: number): Measured => ({ kind: "ratio", part, whole });
const amount = (value: number): Measured => ({ kind: "amount", amount: value });

const nothingRecorded = (): Referred => ({ none: "no recorded run yet" });
const given = (
  measurements: ReadonlyMap<string, Measured>,
  refer: Case["refer"] = nothingRecorded,
): Case => ({
  kpis,
  reasons: new Map(),
  incomparable: new Map(),
  waivers: new Map(),
  measurements,
  refer,
});
const judged = (one: Rule, value?: Measured, refer?: Case["refer"]) =>
  judgeRule(one, given(new Map(value ? [[one.kpi, value]] : []), refer));

const lines = (pass: readonly string[], warn?: readonly string[]) => rule("coverage.lines", pass, warn);

const verdicts: readonly (readonly [string, Rule, Measured | undefined, Verdict])[] = [
  ["the limit itself satisfies at least", lines(["at least 90%"]), ratio(90, 100), "met"],
  ["the limit itself does not satisfy above", lines(["above 90%"]), ratio(90, 100), "broken"],
  ["89.996% is not 90%", lines(["at least 90%"]), ratio(22499, 25000), "broken"],
  ["a third of a share is compared exactly", lines(["at least 66.6667%"]), ratio(2, 3), "broken"],
  ["and holds just below", lines(["at least 66.6666%"]), ratio(2, 3), "met"],
  ["all limits of a list must hold", lines(["at least 80%", "below 95%"]), ratio(96, 100), "broken"],
  ["only warn holds", lines(["at least 90%"], ["at least 80%"]), ratio(85, 100), "warned"],
  ["neither holds", lines(["at least 90%"], ["at least 80%"]), ratio(79, 100), "broken"],
  ["no value is missing", lines(["at least 0%"]), undefined, "missing"],
  ["a count at its limit", rule("tests.failed", ["0"]), amount(0), "met"],
  ["a count over its limit", rule("tests.failed", ["0"]), amount(1), "broken"],
  ["a time in other units", rule("tests.duration", ["under 2s"]), amount(1999.999), "met"],
  ["a time at its limit", rule("tests.duration", ["under 2s"]), amount(2000), "broken"],
  ["exactly", rule("tests.total", ["exactly 5"]), amount(5), "met"],
];

describe("verdicts", () => {
  test.each(verdicts)("%s", (_, one, value, verdict) => {
    expect(judged(one, value).verdict).toBe(verdict);
  });
});

describe("what would make a rule hold", () => {
  test("is counted in parts of a ratio, and in nothing where only the percentage is known", () => {
    const errors = rule("load.error_rate", ["at most 5%"]);
    expect(judged(errors, ratio(7, 100)).remedy?.steps).toBe(2);
    expect(judged(errors, amount(7)).remedy).toBeUndefined();
  });

  test.each([
    ["a limit on too many", "tests.total", "at most 3", amount(5)],
    ["a limit on too few failures", "tests.failed", "exactly 3", amount(1)],
    ["a limit on too much coverage", "coverage.lines", "below 50%", ratio(14, 15)],
    ["a limit on too short a time", "tests.duration", "at least 1s", amount(6.8)],
  ])("is not told for %s, which asks for the other direction than the KPI", (_, kpi, limit, value) => {
    expect(judged(rule(kpi, [limit]), value)).not.toHaveProperty("remedy");
  });

  test("is not told for a KPI that has no whole steps", () => {
    expect(judged(rule("load.throughput", ["above 200"]), amount(150.5)).remedy).toBeUndefined();
  });
});

const phase = (name: string, ...rules: Rule[]): Phase => ({ name, rules });
const failed = rule("tests.failed", ["0"]);
const good = phase("Good", rule("tests.total", ["at least 1"]));
const bad = phase("Bad", failed);
const unknown = phase("Unknown", rule("coverage.lines", ["50%"]));
const optional = phase("Optional", rule("coverage.lines", ["50%"], [], "skip"));
const tolerant = phase("Tolerant", rule("coverage.lines", ["50%"], [], "warn"));
const half = phase("Half", rule("tests.total", ["at least 1"]), rule("coverage.lines", ["50%"], [], "skip"));

const gates: readonly (readonly [string, readonly Phase[], number, Outcome, number])[] = [
  ["all phases reached", [good, half], 2, "pass", 2],
  ["a required phase is broken", [good, bad], 2, "fail", 1],
  ["a phase beyond the required one only informs", [good, bad], 1, "pass", 1],
  ["the first phase decides what is reached, whatever comes later", [bad, good], 2, "fail", 0],
  ["a missing number is an error", [good, unknown], 2, "error", 1],
  ["a missing number beyond the required phase only informs", [good, unknown], 1, "pass", 1],
  ["an error weighs more than a broken rule", [bad, unknown], 2, "error", 0],
  ["a phase in which nothing was judged is not reached", [good, optional], 2, "error", 1],
  ["missing may be a warning", [good, tolerant], 2, "warn", 2],
];

describe("the gate", () => {
  const measured = given(
    new Map([
      ["tests.failed", amount(1)],
      ["tests.total", amount(5)],
    ]),
  );

  test.each(gates)("%s", (_, phases, require, outcome, reached) => {
    const result = judge({ phases, require }, measured, false);
    expect([result.outcome, result.reached]).toEqual([outcome, reached]);
  });

  test("an error among the problems is an error of the gate, even if every rule holds", () => {
    expect(judge({ phases: [good], require: 1 }, measured, true).outcome).toBe("error");
  });

  test("no phase at all is never green", () => {
    expect(judge({ phases: [], require: 0 }, measured, false).outcome).toBe("error");
  });
});

describe("exit codes", () => {
  const gate = (outcome: Outcome) => ({
    ...judge({ phases: [good], require: 1 }, given(new Map()), false),
    outcome,
  });
  const config = [{ code: "config-key", severity: "error", message: "" }] as const;
  const cases = [
    ["pass", "enforce", 0],
    ["warn", "enforce", 0],
    ["fail", "enforce", 1],
    ["error", "enforce", 2],
    ["pass", "report", 0],
    ["fail", "report", 0],
    ["error", "report", 0],
  ] as const;

  test.each(cases)("%s in mode %s is %i", (outcome, mode, code) => {
    expect(exitCode({ gate: gate(outcome), mode, problems: [] })).toBe(code);
  });

  test("a configuration that cannot be read is 2 in every mode", () => {
    expect(exitCode({ gate: null, mode: "report", problems: config })).toBe(2);
    expect(exitCode({ gate: gate("pass"), mode: "report", problems: config })).toBe(2);
  });
});

const ops: readonly Op[] = ["at least", "at most", "above", "below", "exactly"];
const anyRatio = fc
  .record({ whole: fc.integer({ min: 1, max: 100_000 }), share: fc.double({ min: 0, max: 1, noNaN: true }) })
  .map(({ whole, share }) => ratio(Math.floor(share * whole), whole));
const anyAmount = fc.integer({ min: 0, max: 1_000_000 }).map(amount);
const decimal = (max: number) =>
  fc.integer({ min: -max, max }).map((digits) => ({ digits: BigInt(digits), scale: 3 }));
const anyBound: fc.Arbitrary<Limit["bound"]> = fc.oneof(
  fc
    .integer({ min: 0, max: 100_000 })
    .map((digits) => ({ kind: "value" as const, value: { digits: BigInt(digits), scale: 3 } })),
  fc.record(
    {
      kind: fc.constant("reference" as const),
      reference: fc.constantFrom<Reference>(
        { kind: "baseline" },
        { kind: "best" },
        { kind: "median", runs: 10 },
      ),
      percent: fc.integer({ min: 1, max: 300_000 }).map((digits) => ({ digits: BigInt(digits), scale: 3 })),
      shift: fc.record({ by: decimal(5_000), of: fc.constantFrom("unit", "percent", "iqr") }),
    },
    { requiredKeys: ["kind", "reference"] },
  ),
);
const anyLimit = fc.record({ op: fc.constantFrom(...ops), bound: anyBound, text: fc.constant("") });
const past: Case["refer"] = (_, { kind }) =>
  kind === "baseline"
    ? { value: { over: 200n, under: 3n }, iqr: { over: 0n, under: 1n } }
    : { value: { over: 8999n, under: 100n }, iqr: { over: 7n, under: 9n } };

describe("what would make it pass", () => {
  const moved = (value: Measured, steps: number): Measured =>
    value.kind === "ratio" ? ratio(value.part + steps, value.whole) : amount(value.amount + steps);

  test("makes the rule met when it is applied, and nothing less does", () => {
    fc.assert(
      fc.property(
        fc.oneof(anyRatio, anyAmount),
        fc.array(anyLimit, { minLength: 1, maxLength: 3 }),
        (value, pass) => {
          const one: Rule = { kpi: "coverage.lines", pass, warn: [], missing: "error" };
          const { verdict, remedy } = judged(one, value, past);
          if (verdict === "met" || remedy === undefined) return;
          const met = (steps: number) => judged(one, moved(value, steps), past).verdict === "met";
          const { steps } = remedy;
          expect(steps).toBeGreaterThan(0);
          expect([met(steps), met(steps - 1)]).toEqual([true, false]);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test("is said of every broken rule that whole steps can repair", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 20 }),
        fc.array(anyLimit, { minLength: 1, maxLength: 2 }),
        (part, pass) => {
          const one: Rule = { kpi: "coverage.lines", pass, warn: [], missing: "error" };
          const { verdict, remedy } = judged(one, ratio(part, 20), past);
          if (verdict !== "broken" || remedy !== undefined) return;
          const better = Array.from({ length: 20 - part }, (_, n) => ratio(part + 1 + n, 20));
          const cures = better.map((cure) => judged(one, cure, past).verdict);
          expect(cures).not.toContain("met");
        },
      ),
    );
  });

  test("is not said where no number of steps does it", () => {
    const applied = limit("above 66.6666%");
    const number = { over: 666_666n, under: 10_000n };
    expect(stepsToHold(ratio(1, 1), [{ ...applied, op: "at most", number }])).toBe(-1);
    expect(stepsToHold(ratio(0, 1), [{ ...applied, op: "exactly", number }])).toBeUndefined();
    expect(stepsToHold(ratio(1, 2), [{ ...applied, number: { over: 100n, under: 1n } }])).toBeUndefined();
  });
});

const points = (text: string) => lines([text]);
const recorded =
  (value: Measured, iqr: number): Case["refer"] =>
  () => ({ value: fractionOf(value), iqr: { over: BigInt(iqr), under: 1n } });

const [share, time, failing] = ["coverage.lines", "tests.duration", "tests.failed"];
const [tolerance, noisy, slower] = ["baseline - 0.5pp", "median(10) - 3 iqr", "baseline + 10%"];

const comparisons: readonly (readonly [string, string, string, Measured, Measured, number, Verdict])[] = [
  ["as good as the baseline", share, "baseline", ratio(2, 3), ratio(4, 6), 0, "met"],
  ["a hair below it", share, "baseline", ratio(666_666, 1_000_000), ratio(2, 3), 0, "broken"],
  ["the tolerance itself", share, tolerance, ratio(895, 1000), ratio(90, 100), 0, "met"],
  ["beyond the tolerance", share, tolerance, ratio(894, 1000), ratio(90, 100), 0, "broken"],
  ["a tenth slower", time, slower, amount(1100), amount(1000), 0, "met"],
  ["more than a tenth slower", time, slower, amount(1100.001), amount(1000), 0, "broken"],
  ["any rise over a baseline of 0", failing, slower, amount(1), amount(0), 0, "broken"],
  ["no rise over a baseline of 0", failing, slower, amount(0), amount(0), 0, "met"],
  ["a fifth of the first", "tests.error_rate", "20% of first", ratio(2, 100), ratio(1, 10), 0, "met"],
  ["more than a fifth", "tests.error_rate", "20% of first", ratio(21, 1000), ratio(1, 10), 0, "broken"],
  ["a flat history has no tolerance", share, noisy, ratio(89, 100), ratio(90, 100), 0, "broken"],
  ["spread is tolerance", share, noisy, ratio(87, 100), ratio(90, 100), 1, "met"],
  ["beyond the spread", share, noisy, ratio(86, 100), ratio(90, 100), 1, "broken"],
];

describe("comparisons with recorded runs", () => {
  test.each(comparisons)("%s", (_, kpi, text, value, past, iqr, verdict) => {
    expect(judged(rule(kpi, [text]), value, recorded(past, iqr)).verdict).toBe(verdict);
  });

  test("nothing to compare with is incomparable, with the reason and without blocking", () => {
    const result = judged(points("at least baseline"), ratio(1, 2));
    expect(result).toMatchObject({
      verdict: "incomparable",
      reason: "no recorded run yet",
      value: ratio(1, 2),
    });
    const phases = [phase("One", points("at least baseline"), rule("coverage.lines", ["at least 50%"]))];
    const gate = judge({ phases, require: 1 }, given(new Map([["coverage.lines", ratio(1, 2)]])), false);
    expect([gate.outcome, gate.reached]).toEqual(["pass", 1]);
  });

  test("a phase in which nothing could be compared is not reached", () => {
    const phases = [phase("One", points("at least baseline"))];
    const gate = judge({ phases, require: 1 }, given(new Map([["coverage.lines", ratio(1, 2)]])), false);
    expect([gate.outcome, gate.reached]).toEqual(["error", 0]);
  });

  test("a list is judged as far as it can be, and never called met", () => {
    const both = lines(["at least 60%", "at least baseline"]);
    expect(judged(both, ratio(1, 2)).verdict).toBe("broken");
    expect(judged(both, ratio(7, 10))).toMatchObject({
      verdict: "incomparable",
      limit: { text: "at least baseline" },
    });
  });

  test("warn without anything to compare with warns of nothing", () => {
    expect(judged(lines(["at least 90%"], ["at least baseline"]), ratio(1, 2)).verdict).toBe("broken");
  });

  test("too few lines are shown and not judged", () => {
    const one = { ...points("at least 90%"), minLines: 20 };
    expect(judged(one, ratio(1, 19))).toMatchObject({
      verdict: "incomparable",
      reason: "19 of at least 20 lines",
    });
    expect(judged(one, ratio(1, 20)).verdict).toBe("broken");
  });

  test("a KPI that this run cannot have is incomparable, not missing", () => {
    const incomparable = new Map([["coverage.lines", "no changed line"]]);
    const result = judgeRule(points("at least 90%"), { ...given(new Map()), incomparable });
    expect(result).toMatchObject({ verdict: "incomparable", reason: "no changed line" });
  });

  test("quartiles need four runs unless the rule says otherwise", () => {
    const asked: number[] = [];
    const refer: Case["refer"] = (_kpi, _reference, least) => {
      asked.push(least);
      return { none: "too few" };
    };
    judged(points("at least median(10)"), ratio(1, 2), refer);
    judged(points("at least median(10) - 1 iqr"), ratio(1, 2), refer);
    judged({ ...points("at least median(10) - 1 iqr"), minSamples: 9 }, ratio(1, 2), refer);
    expect(asked).toEqual([1, 4, 9]);
  });
});

describe("waivers", () => {
  const waiver = (allow: string): Waiver => {
    const [whole = "0", fraction = ""] = allow.split(".");
    const decimals = { digits: BigInt(whole + fraction), scale: fraction.length };
    return { kpi: "", allow: decimals, text: allow, reason: "agreed", until: "2026-12-31" };
  };
  const waived = (one: Rule, value: Measured, allow: string) =>
    judgeRule(one, {
      ...given(new Map([[one.kpi, value]])),
      waivers: new Map([[one.kpi, waiver(allow)]]),
    });
  const cases: readonly (readonly [string, Rule, Measured, string, Verdict, boolean])[] = [
    ["a limit that holds needs none", rule("tests.failed", ["0"]), amount(0), "1", "met", false],
    ["a rise within it", rule("tests.failed", ["0"]), amount(1), "1", "warned", true],
    ["a rise beyond it", rule("tests.failed", ["0"]), amount(2), "1", "broken", true],
    ["points of a percentage", lines(["at least 90%"]), ratio(895, 1000), "0.5", "warned", true],
    ["beyond the points", lines(["at least 90%"]), ratio(894, 1000), "0.5", "broken", true],
    ["the word of the limit still counts", lines(["above 90%"]), ratio(895, 1000), "0.5", "broken", true],
    ["exactly, both ways", rule("tests.total", ["exactly 5"]), amount(4), "1", "warned", true],
    ["warn needs no waiver", lines(["at least 90%"], ["at least 80%"]), ratio(85, 100), "9", "warned", false],
    [
      "every limit of a list is moved",
      lines(["at least 90%", "at most 95%"]),
      ratio(96, 100),
      "1",
      "warned",
      true,
    ],
  ];

  test.each(cases)("%s", (_, one, value, allow, verdict, shown) => {
    const result = waived(one, value, allow);
    expect([result.verdict, result.waiver !== undefined]).toEqual([verdict, shown]);
  });

  test("count until their last day, and are an error from the next on", () => {
    const one = { ...waiver("1"), kpi: "tests.failed" };
    expect(waiversOn([one], "2026-12-31T23:59:59.999Z").valid.has("tests.failed")).toBe(true);
    const after = waiversOn([one], "2027-01-01T00:00:00.000Z");
    expect([after.valid.size, after.problems[0]]).toMatchObject([
      0,
      { code: "waiver-expired", severity: "error" },
    ]);
  });

  test("that no rule needs are told", () => {
    const valid = new Map([["tests.failed", { ...waiver("1"), kpi: "tests.failed" }]]);
    const gate = (value: number) =>
      judge(
        { phases: [bad], require: 1 },
        { ...given(new Map([["tests.failed", amount(value)]])), waivers: valid },
        false,
      );
    expect(unusedWaivers(gate(0), valid)).toMatchObject([{ code: "waiver-unused", severity: "note" }]);
    expect(unusedWaivers(gate(1), valid)).toEqual([]);
  });
});

describe("a phase that was reached", () => {
  const recordedPhases = (...reached: readonly string[]): Past => ({
    at: day(40),
    records: [record(1, { reached })],
    baseline: { none: "" },
  });
  const phases = [good, bad];
  const gate = judge(
    { phases, require: 1 },
    given(
      new Map([
        ["tests.total", amount(5)],
        ["tests.failed", amount(1)],
      ]),
    ),
    false,
  );

  test("may not be lost", () => {
    const kept = withKept(gate, keptPhases(phases, recordedPhases("Good", "Bad")));
    expect(kept).toMatchObject({ outcome: "fail", reached: 1, lost: { phases: 2, sha: commit(1) } });
  });

  test("may be kept, renamed or unknown", () => {
    for (const past of [recordedPhases("Good"), recordedPhases("Good", "Worse"), recordedPhases(), undefined])
      expect(withKept(gate, keptPhases(phases, past))).toEqual({ ...gate, keeps: true });
  });

  test("is not known without a history, and none before the first run", () => {
    const empty: Past = { at: day(1), records: [], baseline: { none: "no recorded run yet" } };
    const severities = [undefined, { ...empty, unread: true as const }, empty, recordedPhases()].map((past) =>
      keepProblems(past).map(({ severity }) => severity),
    );
    expect(severities).toEqual([["error"], ["error"], ["warning"], []]);
  });

  test("does not hide an error", () => {
    const error = { ...gate, outcome: "error" as const };
    expect(withKept(error, keptPhases(phases, recordedPhases("Bad"))).outcome).toBe("error");
  });
});

describe("laws", () => {
  test("a worse value never improves the verdict", () => {
    const rank: readonly Verdict[] = ["met", "warned", "broken"];
    const one = lines(["at least 90%"], ["at least 80%"]);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 1000 }), (a, b) => {
        const [worse, better] = [Math.min(a, b), Math.max(a, b)];
        const order = (part: number) => rank.indexOf(judged(one, ratio(part, 1000)).verdict);
        expect(order(worse)).toBeGreaterThanOrEqual(order(better));
      }),
    );
  });
});
