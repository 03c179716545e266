import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { TestFacts } from "../src/core/model/facts.ts";
import { isError } from "../src/core/model/problem.ts";
import { readReportFile } from "../src/core/read/index.ts";
import { pieces, readText } from "./runner/bytes.ts";

function testsIn(text: string, retriesByName = false): TestFacts {
  const { facts, problems } = readReportFile("report.tap", pieces(text), { retriesByName });
  expect(problems.filter(isError)).toEqual([]);
  return facts?.kind === "tests" ? facts.tests : expect.fail("no tests");
}

describe("the message of a failing test in TAP", () => {
  const table: readonly (readonly [what: string, block: string, message: string])[] = [
    ["a word", "  error: boom", "boom"],
    ["in single quotes", "  error: 'the notes can\\'t be read'", "the notes can't be read"],
    ["in double quotes", '  message: "expected \\"a\\""', 'expected "a"'],
    ["beyond ASCII", "  error: 'öffnet nicht'", "öffnet nicht"],
    ["text of several lines", "  error: |-\n    first\n    second\n  code: 'X'", "first"],
    ["text of several lines after an empty one", "  error: |-\n\n    first\n  code: 'X'", "first"],
    ["folded text", "  message: >\n    first\n    second", "first"],
    ["no text where some should come", "  error: |-\n  code: 'X'", ""],
    ["deeper in, as of vitest", '  error:\n      name: "E"\n      message: "boom\nthen"', "boom"],
    ["JSON, as of Deno", '  {"message":"boom \\"a\\"\\nat x","severity":"fail"}', 'boom "a"'],
    ["none", "  at: here", ""],
  ];

  test.each(table)("%s", (_, block, message) => {
    const { failing } = testsIn(`1..1\nnot ok 1 - a\n  ---\n${block}\n  ...\n`);
    expect(failing).toMatchObject([{ name: "a", message }]);
  });

  test("its details keep the shape that they have", () => {
    const { failing } = testsIn("1..1\nnot ok 1 - a\n  ---\n  diff: |\n    - a\n      + b\n  ...\n");
    expect(failing[0]!.details).toBe("diff: |\n  - a\n    + b");
  });
});

describe("a test point in TAP", () => {
  const table: readonly (readonly [
    line: string,
    name: string,
    how: "passed" | "failed" | "skipped",
    seconds: number,
  ])[] = [
    ["ok", "", "passed", 0],
    ["ok 1", "", "passed", 0],
    ["ok 1 adds", "adds", "passed", 0],
    ["not ok - adds", "adds", "failed", 0],
    ["not ok 1 - adds # time=1.5ms", "adds", "failed", 0.0015],
    ["ok 1 - adds # time=2s", "adds", "passed", 2],
    ["ok 1 - # SKIP no database", "", "skipped", 0],
    ["not ok 1 - adds # skip", "adds", "skipped", 0],
    ["ok 1 - adds # TODO", "adds", "skipped", 0],
    ["not ok 1 - adds # TODO later", "adds", "skipped", 0],
    ["not ok 1 - adds # skipping rope", "adds # skipping rope", "failed", 0],
    ["not ok 1 - issue #12 # x", "issue #12 # x", "failed", 0],
    ["not ok 1 - a \\# SKIP", "a # SKIP", "failed", 0],
    ["ok 1 - a \\\\# SKIP", "a \\", "skipped", 0],
    ["not ok 1 - a \\\\\\# SKIP", "a \\# SKIP", "failed", 0],
    ["not ok 1 - \\# SKIP # time=3ms", "# SKIP", "failed", 0.003],
    [`ok 1 - adds # time=${"9".repeat(400)}ms`, "adds", "passed", 0],
    ["not ok 1 - if { # time=1ms", "if {", "failed", 0.001],
    ["not ok 1 - öffnet", "öffnet", "failed", 0],
  ];

  test.each(table)("%s", (line, name, how, seconds) => {
    const { counts, failing, seconds: sum } = testsIn(`${line}\n1..1\n`);
    expect(counts).toMatchObject({ total: 1, [how]: 1 });
    if (how === "failed") expect(failing).toMatchObject([{ name }]);
    expect(sum).toBe(seconds);
  });

  test("no line takes long, whatever it is made of", () => {
    for (const piece of [" ", "#", "# ", "\\", "{ ", " # time=1ms", "# skip", "ok ", "- ", "'", "|-"]) {
      const run = piece.repeat(500_000 / piece.length);
      const begun = performance.now();
      testsIn(`1..1\nnot ok 1 - a#${run}x\n  ---\n  error: ${run}x\n  ${run}x\n  ...\n`);
      expect(performance.now() - begun, piece).toBeLessThan(2_000);
    }
  });

  test("a line longer than the limit is refused, wherever the file is in pieces", () => {
    const text = `1..1\nok 1 - ${"a".repeat(1 << 20)}\n`;
    for (const size of [1 << 16, 1 << 22])
      expect(readText(text, "a.tap", size).problems).toMatchObject([{ code: "limit-size", at: { line: 2 } }]);
  });
});

test("it is told behind what the code under test writes", () => {
  const { counts } = testsIn(
    `\n> shop@1.0.0 test\n\n${"listening\n".repeat(5_000)}TAP version 13\nok\n1..1\n`,
  );
  expect(counts).toMatchObject({ total: 1, passed: 1 });
});

test("more subtests than are held are refused", () => {
  const { problems } = readText(`${"    ok\n".repeat(1_000_002)}    1..1000002\nok\n1..1\n`, "a.tap");
  expect(problems).toMatchObject([{ code: "limit-count", at: { line: 1_000_001 } }]);
});

describe("with retries: same-name-in-suite", () => {
  const point = (not: string) => `${not}ok 1 - a # time=1ms`;
  const [failed, passed] = [point("not "), point("")];
  const braces = (not: string, name: string) => `${not}ok - ${name} {\n    ${point(not)}\n    1..1\n}`;
  const above = (not: string, name: string) => `    ${point(not)}\n    1..1\n${not}ok - ${name}`;
  const flaky = { total: 1, passed: 1, flaky: 1 };
  const both = { total: 2, passed: 1, failed: 1, flaky: 0 };

  test.each([
    ["a failure and then a pass", `${failed}\n${passed}\n1..2\n`, flaky],
    ["in suites of two names", `${above("not ", "cart")}\n${above("", "users")}\n1..2\n`, both],
    ["in two suites of one name", `${above("not ", "cart")}\n${above("", "cart")}\n1..2\n`, both],
    ["in suites with braces", `${braces("not ", "cart")}\n${braces("", "cart")}\n1..2\n`, both],
    ["in two documents", `${failed}\n1..1\nTAP version 13\n${passed}\n1..1\n`, both],
  ])("%s", (_, text, counts) => {
    expect(testsIn(text, true).counts).toMatchObject(counts);
  });
});

/** A test, or a suite of some. */
type Tree = { readonly name: string; readonly ok: boolean; readonly below: readonly Tree[] };

const named = fc.constantFrom("a", "adds", "if {", "{", "is # 1", "}", "1..1", "ok");
const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.record({
    name: named,
    ok: fc.boolean(),
    below: fc.oneof(
      { depthSize: "small" },
      fc.constant([]),
      fc.array(tie("tree"), { minLength: 1, maxLength: 3 }),
    ),
  }),
}));
const trees = fc.array(tree, { minLength: 1, maxLength: 4 });

const passes = ({ ok, below }: Tree): boolean => (below.length === 0 ? ok : below.every(passes));

/** Names of the failing tests of trees, with those of their suites. */
function failingIn(all: readonly Tree[], suite: readonly string[] = []): readonly string[] {
  return all.flatMap((one) => {
    const path = [...suite, one.name];
    return one.below.length > 0 ? failingIn(one.below, path) : one.ok ? [] : [path.join(" > ")];
  });
}

const sizeOf = (all: readonly Tree[]): number =>
  all.reduce((sum, { below }) => sum + (below.length === 0 ? 1 : sizeOf(below)), 0);

interface Form {
  /** Whether subtests stand between braces behind their point, or before it. */
  readonly braces: boolean;
  readonly planFirst: boolean;
}

const forms = fc.record({ braces: fc.boolean(), planFirst: fc.boolean() });

function linesOf(all: readonly Tree[], form: Form, indent = ""): readonly string[] {
  const lines = all.flatMap((one, i) => {
    const point = `${indent}${passes(one) ? "" : "not "}ok ${i + 1} - ${one.name.replaceAll("#", "\\#")}`;
    if (one.below.length === 0) return [`${point} # time=1ms`];
    const below = linesOf(one.below, form, `${indent}    `);
    return form.braces ? [`${point} # time=1ms {`, ...below, `${indent}}`] : [...below, point];
  });
  const plan = `${indent}1..${all.length}`;
  return form.planFirst ? [plan, ...lines] : [...lines, plan];
}

const textOf = (lines: readonly string[]) => `TAP version 14\n${lines.join("\n")}\n`;

describe("trees of subtests in TAP", () => {
  test("count as they are, before their point or between braces", () => {
    fc.assert(
      fc.property(trees, forms, (all, form) => {
        const { counts, failing } = testsIn(textOf(linesOf(all, form)));
        const wanted = failingIn(all);
        expect(counts).toMatchObject({ total: sizeOf(all), failed: wanted.length });
        expect(failing.map(({ suite, name }) => [...suite, name].join(" > "))).toEqual(wanted);
      }),
    );
  });

  test("count in full, or are refused, where the file is cut off", () => {
    fc.assert(
      fc.property(trees, forms, fc.nat(), (all, form, at) => {
        const text = textOf(linesOf(all, form));
        const { facts, problems } = readText(text.slice(0, (at % (text.length - 1)) + 1), "report.tap");
        if (problems.some(isError)) return;
        const counts = { total: sizeOf(all), failed: failingIn(all).length };
        expect(facts).toMatchObject({ tests: { counts } });
      }),
    );
  });

  test("are red, or something is said of them, where a line is lost", () => {
    fc.assert(
      fc.property(trees, forms, fc.nat(), (all, form, at) => {
        if (failingIn(all).length === 0) return;
        const lines = linesOf(all, form);
        const { facts, problems } = readText(textOf(lines.toSpliced(at % lines.length, 1)), "report.tap");
        if (problems.some(({ severity }) => severity !== "note")) return;
        expect(facts?.kind === "tests" && facts.tests.counts.failed).toBeGreaterThan(0);
      }),
    );
  });

  test("count the same in several documents as alone", () => {
    fc.assert(
      fc.property(fc.array(trees, { minLength: 1, maxLength: 3 }), forms, (documents, form) => {
        const { total } = testsIn(documents.map((all) => textOf(linesOf(all, form))).join("")).counts;
        expect(total).toBe(documents.reduce((sum, all) => sum + sizeOf(all), 0));
      }),
    );
  });
});
