import { z } from "zod";
import { type Family, families, severities } from "../model/facts.ts";
import { problemCodes } from "../model/problem-codes.ts";

/** Version of the document; a reader takes its own version only. */
export const factsVersion = 1;

/** Defined when a facts file is read: this takes longer than many a run that reads none. */
function define() {
  const count = z.int().min(0);
  const seconds = z.number().min(0);
  const text = z.string();
  const line = z.int().min(1).optional();
  const bits = z.string().regex(/^[A-Za-z0-9+/]*$/);

  const place = z.strictObject({ file: text, line, column: line });

  const problem = z.strictObject({
    code: z.enum(Object.keys(problemCodes) as [keyof typeof problemCodes]),
    severity: z.enum(["error", "warning", "note"]),
    message: text,
    at: place.optional(),
    hint: text.optional(),
  });

  const testName = { suite: z.array(text), className: text, name: text, at: place.optional() };

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
    suiteRuns: z.array(text).optional(),
    groups: z.array(z.tuple([text, z.strictObject(ownTests)])).optional(),
  });

  /** Covered and total. */
  const tally = z.tuple([count, count]);

  /** Identities of parts, and a bit for each that says whether it ran. */
  const parts = z.tuple([z.array(text), bits]);

  /** One source file. Lines are two bitmaps: bit `n` says that line `n` is executable, and that it ran. */
  const sourceFile = z.strictObject({
    path: text.min(1),
    lines: z.tuple([bits, bits]).optional(),
    details: z.array(
      z.strictObject({
        scheme: text.min(1),
        branches: parts.optional(),
        functions: parts.optional(),
        statements: parts.optional(),
      }),
    ),
    totals: z
      .strictObject({
        lines: tally,
        branches: tally.optional(),
        functions: tally.optional(),
        statements: tally.optional(),
      })
      .optional(),
    countedBy: z.literal("statements").optional(),
    disputed: z.literal(true).optional(),
    several: z.array(text).min(2).optional(),
  });

  const coverage = z.strictObject({ located: z.literal(true).optional(), files: z.array(sourceFile) });

  const measured = z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("ratio"), part: count, whole: z.int().min(1) }),
    z.strictObject({ kind: z.literal("amount"), amount: z.number() }),
  ]);

  const time = z.number().min(0).optional();

  const load = z.strictObject({
    requests: count,
    times: z.strictObject({ p50: time, p90: time, p95: time, p99: time, avg: time, max: time }),
    errorRate: measured.optional(),
    users: z.number().min(0).optional(),
    throughput: z.number().min(0).optional(),
    complements: z.boolean().optional(),
  });

  const sample = z.strictObject({
    name: text.min(1),
    labels: text,
    value: z.number().nullable(),
    unit: text.optional(),
    from: place,
  });

  const finding = z.strictObject({
    tool: text,
    rule: text,
    message: text,
    severity: z.enum(severities).optional(),
    ids: z.array(text),
    security: z.boolean().optional(),
    at: place.optional(),
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
    path: text.min(1),
    format: text.nullable(),
    problems: z.array(problem).optional(),
    facts: facts.optional(),
  });

  const document = z.strictObject({
    "phase-gate-facts": z.literal(factsVersion),
    id: text.min(1),
    written: z.iso.datetime(),
    run: z.int().min(1).optional(),
    groups: z.array(z.tuple([text, z.array(text)])),
    retries: z.enum(["elements", "same-name-in-suite"]),
    sources: z.array(
      z.strictObject({
        family: z.enum(families).exclude(["facts"]),
        glob: text,
        group: text.optional(),
        kpi: text.optional(),
        problems: z.array(problem).optional(),
        files: z.array(file),
        also: count.optional(),
        /** Facts of those report files whose facts could be united. */
        united: facts.optional(),
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

/** What `phase-gate collect` writes: every source of one runner with its report files, their problems and their facts. */
export function factsDocument() {
  defined ??= define();
  return defined.document;
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
