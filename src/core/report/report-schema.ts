import { z } from "zod";
import { families, severities } from "../model/facts.ts";
import { type ProblemCode, problemCodes } from "../model/problem-codes.ts";
import { changes, policy, waiver } from "./report-schema-change.ts";
import { choice, count, decimal, listOf, position, repositoryPath, text } from "./report-schema-parts.ts";

const place = z
  .strictObject({ file: text, line: position.exactOptional(), column: position.exactOptional() })
  .readonly();

/** Parts of a fraction grow with each comparison, and may be longer than what anyone writes. */
const longDigits = z
  .string()
  .regex(/^-?\d{1,4000}$/)
  .transform(BigInt);
const fraction = z
  .strictObject({ over: longDigits, under: longDigits.refine((under) => under > 0n) })
  .readonly();

const reference = z.union([
  z.strictObject({ kind: choice(["baseline", "first", "best"]) }).readonly(),
  z.strictObject({ kind: z.literal("ago"), milliseconds: z.number() }).readonly(),
  z.strictObject({ kind: z.literal("median"), runs: position }).readonly(),
  z.strictObject({ kind: z.literal("median"), milliseconds: z.number() }).readonly(),
]);

const bound = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("value"), value: decimal }).readonly(),
  z
    .strictObject({
      kind: z.literal("reference"),
      reference,
      percent: decimal.exactOptional(),
      shift: z
        .strictObject({ by: decimal, of: choice(["unit", "percent", "iqr"]) })
        .readonly()
        .exactOptional(),
    })
    .readonly(),
]);

const limitParts = { op: choice(["at least", "at most", "above", "below", "exactly"]), bound, text };
const limit = z.strictObject(limitParts).readonly();
const appliedLimit = z.strictObject({ ...limitParts, number: fraction.exactOptional() }).readonly();

const measured = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("ratio"), part: count, whole: count.min(1) }).readonly(),
  z.strictObject({ kind: z.literal("amount"), amount: z.number() }).readonly(),
]);

const outcome = choice(["pass", "warn", "fail", "error"]);

const rule = z
  .strictObject({
    kpi: text,
    pass: listOf(limit),
    warn: listOf(limit),
    missing: choice(["error", "warn", "skip"]),
    minLines: position.exactOptional(),
    minSamples: position.exactOptional(),
  })
  .readonly();

const ruleResult = z
  .strictObject({
    rule,
    verdict: choice(["met", "warned", "broken", "missing", "incomparable"]),
    label: text,
    owner: text.exactOptional(),
    unit: text,
    value: measured.exactOptional(),
    limits: listOf(appliedLimit),
    limit: appliedLimit,
    remedy: z
      .strictObject({ steps: count, step: z.tuple([text, text]).readonly() })
      .readonly()
      .exactOptional(),
    waiver: waiver.exactOptional(),
    reason: text.exactOptional(),
  })
  .readonly();

const phase = z
  .strictObject({
    name: text,
    rules: listOf(rule),
    owner: text.exactOptional(),
    due: z.iso.date().exactOptional(),
  })
  .readonly();

const gate = z
  .strictObject({
    outcome,
    phases: listOf(z.strictObject({ phase, outcome, rules: listOf(ruleResult) }).readonly()),
    reached: count,
    require: count.min(1),
    keeps: z.literal(true).exactOptional(),
    lost: z
      .strictObject({ phases: count.min(1), sha: text })
      .readonly()
      .exactOptional(),
  })
  .refine(
    ({ phases, reached, require, lost }) =>
      phases.length > 0 && Math.max(reached, require, lost?.phases ?? 0) <= phases.length,
    {
      error: "counts phases that are not there",
    },
  )
  .readonly();

const testName = { suite: listOf(text), className: text, name: text, at: place.exactOptional() };

const source = place.refine(({ file }) => repositoryPath.safeParse(file).success, {
  error: "is no path in a repository",
});

const tests = z
  .strictObject({
    counts: z
      .strictObject({
        total: count,
        passed: count,
        failed: count,
        errored: count,
        skipped: count,
        flaky: count,
      })
      .readonly(),
    failing: listOf(
      z
        .strictObject({
          ...testName,
          how: choice(["failed", "errored"]),
          message: text,
          details: text,
          source: source.exactOptional(),
          from: place,
          isNew: z.literal(true).exactOptional(),
          touched: z.literal(true).exactOptional(),
        })
        .readonly(),
    ),
    flaky: listOf(z.strictObject(testName).readonly()),
    slowest: listOf(z.strictObject({ ...testName, seconds: z.number() }).readonly()),
  })
  .readonly();

const findings = z
  .strictObject({
    total: count,
    kept: listOf(
      z
        .strictObject({
          tool: text,
          rule: text,
          message: text,
          severity: choice(severities).exactOptional(),
          ids: listOf(text),
          security: z.boolean().exactOptional(),
          at: place.exactOptional(),
          source: source.exactOptional(),
          touched: z.literal(true).exactOptional(),
        })
        .readonly(),
    ),
  })
  .readonly();

const problem = z
  .strictObject({
    code: choice(Object.keys(problemCodes) as ProblemCode[]),
    severity: choice(["error", "warning", "note"]),
    message: text,
    at: place.exactOptional(),
    hint: text.exactOptional(),
  })
  .readonly();

const run = z
  .strictObject({
    at: z.iso.datetime(),
    repository: text.exactOptional(),
    sha: text.exactOptional(),
    event: text.exactOptional(),
    branch: text.exactOptional(),
    pullRequest: position.exactOptional(),
    id: position.exactOptional(),
    number: position.exactOptional(),
    attempt: position.exactOptional(),
    url: text.exactOptional(),
  })
  .readonly();

/** A value as it is shown, with the two whole numbers of a ratio. */
const value = { value: z.number(), part: count.exactOptional(), whole: position.exactOptional() };
const kpi = z
  .strictObject({
    label: text,
    unit: text,
    better: choice(["higher", "lower"]),
    ...value,
    baseline: z.strictObject(value).readonly().exactOptional(),
  })
  .readonly();

const past = z
  .strictObject({
    runs: count,
    baseline: z.union([
      z.strictObject({ sha: text, number: position, outcome, distance: count.exactOptional() }).readonly(),
      z.strictObject({ none: text }).readonly(),
    ]),
    trends: listOf(
      z
        .strictObject({
          kpi: text,
          values: listOf(z.number().nullable()),
          limit: z.number().nullable(),
          first: z.strictObject({ value: z.number(), at: text }).readonly(),
        })
        .readonly(),
    ),
  })
  .readonly();

/** Every part of a report.json that a report is made of again; what is derived from them is not looked at. */
export const reportParts = z.object({
  schema: z.literal(1),
  name: z.string().regex(/^[A-Za-z0-9._-]{1,50}$/),
  title: text,
  mode: choice(["enforce", "report"]),
  run,
  gate: gate.nullable(),
  kpis: z.record(text, kpi),
  tests: tests.nullable(),
  past: past.nullable(),
  findings,
  changes: changes.nullable(),
  policy: policy.nullable(),
  problems: listOf(problem),
  files: listOf(
    z.strictObject({ path: text, format: text.nullable(), family: choice(families).nullable() }).readonly(),
  ),
});
