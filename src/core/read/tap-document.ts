import { type Problem, refuse } from "../model/problem.ts";
import type { PointLine } from "./tap-point.ts";
import { badOf, countTest, fails, type Level, type Plan, type Test } from "./tap-test.ts";
import { maxDetailed, type TestTally } from "./test-tally.ts";

/** Deepest nesting of subtests that is read. */
const maxDepth = 256;

/** Most subtests that are held until the point that they belong to is complete. */
const maxHeld = 1_000_000;

export const cutOff = "The test run ended before its end.";

/** One TAP document, told line by line. Depths count levels of subtests. What may not be judged throws InputError. */
export interface TapDocument {
  plan(depth: number, plan: Plan): void;
  point(depth: number, point: PointLine, line: number): Test;
  /** A brace that closes the subtests of the last point. Any other is some output. */
  closes(depth: number): void;
  end(): void;
}

/** Reads a document, which begins with this line, into a tally; adds to `problems` what is no error. */
export function createTapDocument(
  tally: TestTally,
  problems: Problem[],
  file: string,
  begun: number | undefined,
): TapDocument {
  const levels: Level[] = [];
  let held = 0;
  let failing = 0;

  return {
    plan(depth, plan) {
      const level = levelAt(depth, plan.line);
      if (level.plan) {
        const message = `a second plan (1..${plan.count}) after 1..${level.plan.count} in line ${level.plan.line}`;
        const hint = "Let each test run write a file of its own, or begin each with TAP version 13.";
        refuse({ code: "bad-value", message, at: { file, line: plan.line }, hint });
      }
      level.plan = plan;
      // A line as far in as a brace that nothing stands below: the brace is a part of the name.
      if (level.last?.brace === "inline" && levels.length === depth + 1) level.last.brace = undefined;
    },
    point(depth, point, line) {
      const level = levelAt(depth, line);
      settle(level);
      const { name, skipped, opens } = point;
      const test: Test = {
        point,
        line,
        brace: undefined,
        block: undefined,
        name,
        skipped,
        subtests: undefined,
      };
      adopt(test, depth);
      if (opens && !test.subtests) test.brace = "inline";
      level.points++;
      if (point.number !== undefined && point.number !== level.points)
        level.astray ??= { line, number: point.number, place: level.points };
      level.last = test;
      return test;
    },
    closes(depth) {
      const test = levels[depth]?.last;
      if (test?.brace === undefined) return;
      adopt(test, depth);
      if (test.brace === "inline") test.name = test.point.suiteName;
      test.brace = undefined;
    },
    end() {
      const open = levels.find(({ last }) => last?.brace !== undefined)?.last;
      if (open) {
        const message = `the subtests of "${short(open)}" are not closed with }`;
        const hint = `${cutOff} If the name of the last test ends in a brace, change it.`;
        refuse({ code: "truncated", message, at: { file, line: open.line }, hint });
      }
      const top = levelAt(0, 1);
      noneIsLost(leave(0));
      settle(top);
      complete(top);
      tally.suiteEnds?.();
    },
  };

  function levelAt(depth: number, line: number): Level {
    if (depth > maxDepth) {
      const message = `subtests are nested deeper than the limit (${maxDepth})`;
      refuse({ code: "limit-depth", message, at: { file, line } });
    }
    while (levels.length <= depth)
      levels.push({ plan: undefined, points: 0, last: undefined, done: [], bad: 0, astray: undefined });
    return levels[depth]!;
  }

  /** Nothing more comes to the last point of a level. */
  function settle(level: Level): void {
    const test = level.last;
    if (!test) return;
    level.last = undefined;
    level.bad += badOf(test);
    if (level === levels[0]) {
      countTest(test, tally, file);
      held = 0;
      return;
    }
    level.done.push(test);
    if (fails(test) && ++failing > maxDetailed && test.block) test.block.details = "";
    if (++held > maxHeld) {
      const message = `more than ${maxHeld} subtests lie below one test point`;
      refuse({ code: "limit-count", message, at: { file, line: test.line } });
    }
  }

  /** The levels below one, which end here. */
  function leave(depth: number): readonly Level[] {
    const left = levels.splice(depth + 1);
    left.forEach(settle);
    return left;
  }

  function noneIsLost(left: readonly Level[]): void {
    const lost = left.find(isReal);
    if (!lost) return;
    const line = lost.plan?.line ?? lost.done[0]!.line;
    const message = "the test point that these subtests belong to is missing";
    refuse({ code: "truncated", message, at: { file, line }, hint: cutOff });
  }

  /** Gives a point the subtests that stand before it, or between its braces. */
  function adopt(test: Test, depth: number): void {
    const [level, ...deeper] = leave(depth);
    noneIsLost(deeper);
    if (!level) return;
    const planned = level.plan !== undefined || (test.brace === "inline" && level.points > 0);
    if (!planned && !isReal(level)) return;
    if (planned) complete(level, test);
    if (level.points > 0) test.subtests = level;
    else if (level.plan?.skipped) test.skipped = true;
  }

  /** Compares the points of a level with its plan. What a failing test has lost is told by its failure already. */
  function complete({ plan, points, astray }: Level, above?: Test): void {
    const of = above ? ` below "${short(above)}"` : "";
    const line = plan?.line ?? above?.line ?? begun;
    const at = { file, ...(line === undefined ? {} : { line }) };
    if (!plan || plan.count > points) {
      const planned = plan ? `the plan says ${plan.count}` : "there is no plan (1..N)";
      const message = `${planned}, found ${points} test points${of}`;
      if (above?.point.ok !== false) refuse({ code: "truncated", message, at, hint: cutOff });
      problems.push({ code: "count-shortfall", severity: "warning", message, at, hint: cutOff });
      return;
    }
    if (plan.count < points) {
      const message = `the plan says ${plan.count}, found ${points} test points${of}`;
      problems.push({ code: "count-surplus", severity: "note", message, at });
    }
    if (astray) {
      const message = `test point ${astray.number} stands where ${astray.place} should`;
      const hint = "A test point is missing, or something else wrote one: look at the lines before.";
      const place = { file, line: astray.line };
      problems.push({ code: "count-shortfall", severity: "warning", message, at: place, hint });
    }
  }
}

/** Whether a level holds tests. Output that was indented by chance has no plan; a failure in it counts all the same. */
function isReal({ plan, bad }: Level): boolean {
  return plan !== undefined || bad > 0;
}

function short({ point }: Test): string {
  return point.suiteName.slice(0, 60);
}
