import * as z from "zod/mini";
import { type Family, families, severities } from "../model/facts.ts";
import { problemCodes } from "../model/problem-codes.ts";

/** Version of the document; a reader takes its own version only. */
export const factsVersion = 2;

/** Defined when a facts file is read: this takes longer than many a run that reads none. */
function define() {
  const count = z.int().check(z.minimum(0));
  const seconds = z.number().check(z.minimum(0));
  const text = z.string();
  const name = z.string().check(z.minLength(1));
  const line = z.optional(z.int().check(z.minimum(1)));

  const place = z.strictObject({ file: text, line, column: line });

  const problem = z.strictObject({
    code: z.enum(Object.keys(problemCodes) as [keyof typeof problemCodes]),
    severity: z.enum(["error", "warning", "note"]),
    message: text,
    at: z.optional(place),
    hint: z.optional(text),
  });

  const testName = { suite: z.array(text), className: text, name: text, at: z.optional(place) };

  const ownTests = {
    counts: z.strictObject({
      total: count,
      passed: count,
      failed: count,
      errored: count,
      skipped: count,
      flaky: count,
    }),
    seconds,
    failing: z.array(
      z.strictObject({
        ...testName,
        how: z.enum(["failed", "errored"]),
        message: text,
        details: text,
        from: place,
      }),
    ),
    flaky: z.array(z.strictObject(testName)),
    slowest: z.array(z.strictObject({ ...testName, seconds })),
  };

  const tests = z.strictObject({
    ...ownTests,
    suiteRuns: z.optional(z.array(text)),
    groups: z.optional(z.array(z.tuple([text, z.strictObject(ownTests)]))),
  });

  /** Covered and total. */
  const tally = z.tuple([count, count]);

  /** How many parts, their identities with line ends between, and a bit for each that says whether it ran. */
  const parts = z.tuple([count, text, text]);

  /** One source file. Lines are two bitmaps: bit `n` says that line `n` is executable, and that it ran. */
  const sourceFile = z.strictObject({
    path: name,
    lines: z.optional(z.tuple([text, text])),
    details: z.array(
      z.strictObject({
        scheme: name,
        branches: z.optional(parts),
        functions: z.optional(parts),
        statements: z.optional(parts),
      }),
    ),
    totals: z.optional(
      z.strictObject({
        lines: tally,
        branches: z.optional(tally),
        functions: z.optional(tally),
        statements: z.optional(tally),
      }),
    ),
    countedBy: z.optional(z.literal("statements")),
    disputed: z.optional(z.literal(true)),
    several: z.optional(z.array(text).check(z.minLength(2))),
    reportFile: z.optional(name),
  });

  const coverage = z.strictObject({ located: z.optional(z.literal(true)), files: z.array(sourceFile) });

  const measured = z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("ratio"), part: count, whole: z.int().check(z.minimum(1)) }),
    z.strictObject({ kind: z.literal("amount"), amount: z.number() }),
  ]);

  const time = z.optional(z.number().check(z.minimum(0)));

  const load = z.strictObject({
    requests: count,
    times: z.strictObject({ p50: time, p90: time, p95: time, p99: time, avg: time, max: time }),
    errorRate: z.optional(measured),
    users: z.optional(z.number().check(z.minimum(0))),
    throughput: z.optional(z.number().check(z.minimum(0))),
    complements: z.optional(z.boolean()),
  });

  const sample = z.strictObject({
    name: name,
    labels: text,
    value: z.nullable(z.number()),
    unit: z.optional(text),
    from: place,
  });

  const finding = z.strictObject({
    tool: text,
    rule: text,
    message: text,
    severity: z.optional(z.enum(severities)),
    ids: z.array(text),
    security: z.optional(z.boolean()),
    at: z.optional(place),
  });

  const findings = z.strictObject({ findings: z.array(finding), looked: z.boolean() });

  const facts = z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("tests"), tests }),
    z.strictObject({ kind: z.literal("coverage"), coverage }),
    z.strictObject({ kind: z.literal("load"), load }),
    z.strictObject({ kind: z.literal("metrics"), metrics: z.array(sample) }),
    z.strictObject({ kind: z.literal("findings"), findings }),
  ]);

  const file = z.strictObject({
    path: name,
    format: z.nullable(text),
    problems: z.optional(z.array(problem)),
    facts: z.optional(facts),
  });

  const document = z.strictObject({
    "phase-gate-facts": z.literal(factsVersion),
    id: name,
    written: z.iso.datetime(),
    run: z.optional(z.int().check(z.minimum(1))),
    groups: z.array(z.tuple([text, z.array(text)])),
    retries: z.enum(["elements", "same-name-in-suite"]),
    sources: z.array(
      z.strictObject({
        family: z.enum(families.filter((family) => family !== "facts")),
        glob: text,
        group: z.optional(text),
        kpi: z.optional(text),
        problems: z.optional(z.array(problem)),
        files: z.array(file),
        also: z.optional(count),
        /** Facts of those report files whose facts could be united. */
        united: z.optional(facts),
      }),
    ),
  });

  return { document, facts, tests, sourceFile, parts };
}

type Defined = { [K in keyof ReturnType<typeof define>]: z.infer<ReturnType<typeof define>[K]> };

export type FactsDocument = Defined["document"];
export type PackedFacts = Defined["facts"];
export type PackedTests = Defined["tests"];
export type PackedSourceFile = Defined["sourceFile"];
export type PackedParts = Defined["parts"];

let defined: ReturnType<typeof define> | undefined;

/**
 * Checks the form of what `phase-gate collect` writes: every source of one runner with its report files, their problems
 * and their facts.
 */
export function checkForm(document: unknown) {
  defined ??= define();
  return defined.document.safeParse(document, { error: z.locales.en().localeError });
}

/** The kinds of facts that stand under each family. */
export const kindsOf: Readonly<Record<Exclude<Family, "facts">, readonly PackedFacts["kind"][]>> = {
  tests: ["tests"],
  coverage: ["coverage"],
  load: ["load"],
  security: ["findings"],
  debt: ["findings"],
  metrics: ["metrics"],
};
