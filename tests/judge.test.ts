import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseLimit } from "../src/core/config/limit.ts";
import { holds } from "../src/core/judge/holds.ts";
import { judge, judgeRule } from "../src/core/judge/judge.ts";
import { stepsToHold } from "../src/core/judge/remedy.ts";
import { kpis } from "../src/core/measure/index.ts";
import { exitCode } from "../src/core/model/exit-code.ts";
import type { Limit, Op, Outcome, Phase, Rule, Verdict } from "../src/core/model/gate.ts";
import type { Measured } from "../src/core/model/kpi.ts";

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

const judged = (one: Rule, value?: Measured) =>
  judgeRule(one, { kpis, reasons: new Map(), measurements: new Map(value ? [[one.kpi, value]] : []) });

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
  const measurements = new Map([
    ["tests.failed", amount(1)],
    ["tests.total", amount(5)],
  ]);
  const given = { kpis, reasons: new Map(), measurements };

  test.each(gates)("%s", (_, phases, require, outcome, reached) => {
    const result = judge({ phases, require }, given, false);
    expect([result.outcome, result.reached]).toEqual([outcome, reached]);
  });

  test("an error among the problems is an error of the gate, even if every rule holds", () => {
    expect(judge({ phases: [good], require: 1 }, given, true).outcome).toBe("error");
  });

  test("no phase at all is never green", () => {
    expect(judge({ phases: [], require: 0 }, given, false).outcome).toBe("error");
  });
});

describe("exit codes", () => {
  const gate = (outcome: Outcome) => ({
    ...judge({ phases: [good], require: 1 }, { kpis, reasons: new Map(), measurements: new Map() }, false),
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

const ops: readonly Op[] = ["at least", "at most", "above", "below"];
const anyRatio = fc
  .record({ whole: fc.integer({ min: 1, max: 100_000 }), share: fc.double({ min: 0, max: 1, noNaN: true }) })
  .map(({ whole, share }) => ratio(Math.floor(share * whole), whole));
const anyLimit = fc
  .record({ op: fc.constantFrom(...ops), digits: fc.integer({ min: 0, max: 100_000 }) })
  .map(({ op, digits }): Limit => ({ op, value: { digits: BigInt(digits), scale: 3 }, text: "" }));

describe("laws", () => {
  test("the steps of the remedy make the limit hold, and one fewer does not", () => {
    fc.assert(
      fc.property(anyRatio, anyLimit, (value, one) => {
        if (value.kind !== "ratio" || holds(value, one)) return;
        const steps = stepsToHold(value, one);
        const up = one.op === "at least" || one.op === "above";
        const moved = (count: number) => ratio(value.part + (up ? count : -count), value.whole);
        if (steps === undefined) {
          expect(holds(moved(up ? value.whole - value.part : value.part), one)).toBe(false);
          return;
        }
        expect(holds(moved(steps), one)).toBe(true);
        expect(holds(moved(steps - 1), one)).toBe(false);
      }),
    );
  });

  test("the steps of the remedy do so for amounts", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e6, noNaN: true }), anyLimit, (value, one) => {
        if (holds(amount(value), one)) return;
        const steps = stepsToHold(amount(value), one) ?? 0;
        const up = one.op === "at least" || one.op === "above";
        expect(steps).toBeGreaterThan(0);
        // A tiny number plus whole steps is rounded, so the law is asked of values that add exactly.
        if (Number.isInteger(value)) expect(holds(amount(value + (up ? steps : -steps)), one)).toBe(true);
      }),
    );
  });

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
