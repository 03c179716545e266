import * as z from "zod/mini";
import inEnglish from "zod/v4/locales/en.js";
import { families, severities } from "../model/facts.ts";
import { type ProblemCode, problemCodes } from "../model/problem-codes.ts";
import { changes, policy, waiver } from "./report-schema-change.ts";
import {
  choice,
  count,
  decimal,
  digits,
  listOf,
  maybe,
  part,
  position,
  repositoryPath,
  text,
} from "./report-schema-parts.ts";

const place = part({ file: text, line: maybe(position), column: maybe(position) });

/** Parts of a fraction grow with each comparison, and may be longer than what anyone writes. */
const longDigits = digits(4_000);
const fraction = part({ over: longDigits, under: longDigits.check(z.refine((under) => under > 0n)) });

const reference = z.union([
  part({ kind: choice(["baseline", "first", "best"]) }),
  part({ kind: z.literal("ago"), milliseconds: z.number() }),
  part({ kind: z.literal("median"), runs: position }),
  part({ kind: z.literal("median"), milliseconds: z.number() }),
]);

const bound = z.discriminatedUnion("kind", [
  part({ kind: z.literal("value"), value: decimal }),
  part({
    kind: z.literal("reference"),
    reference,
    percent: maybe(decimal),
    shift: maybe(part({ by: decimal, of: choice(["unit", "percent", "iqr"]) })),
  }),
]);

const limitParts = { op: choice(["at least", "at most", "above", "below", "exactly"]), bound, text };
const limit = part(limitParts);
const appliedLimit = part({ ...limitParts, number: maybe(fraction) });

const measured = z.discriminatedUnion("kind", [
  part({ kind: z.literal("ratio"), part: count, whole: position }),
  part({ kind: z.literal("amount"), amount: z.number() }),
]);

const outcome = choice(["pass", "warn", "fail", "error"]);

const rule = part({
  kpi: text,
  pass: listOf(limit),
  warn: listOf(limit),
  missing: choice(["error", "warn", "skip"]),
  minLines: maybe(position),
  minSamples: maybe(position),
});

const ruleResult = part({
  rule,
  verdict: choice(["met", "warned", "broken", "missing", "incomparable"]),
  label: text,
  owner: maybe(text),
  unit: text,
  value: maybe(measured),
  limits: listOf(appliedLimit),
  limit: appliedLimit,
  remedy: maybe(part({ steps: count, step: z.readonly(z.tuple([text, text])) })),
  waiver: maybe(waiver),
  reason: maybe(text),
});

const phase = part({
  name: text,
  rules: listOf(rule),
  owner: maybe(text),
  due: maybe(z.iso.date()),
});

const gate = part({
  outcome,
  phases: listOf(part({ phase, outcome, rules: listOf(ruleResult) })),
  reached: count,
  require: position,
  keeps: maybe(z.literal(true)),
  lost: maybe(part({ phases: position, sha: text })),
}).check(
  z.refine(
    ({ phases, reached, require, lost }) =>
      phases.length > 0 && Math.max(reached, require, lost?.phases ?? 0) <= phases.length,
    { error: "counts phases that are not there" },
  ),
);

const testName = { suite: listOf(text), className: text, name: text, at: maybe(place) };

const source = place.check(
  z.refine(({ file }) => repositoryPath.safeParse(file).success, { error: "is no path in a repository" }),
);

const tests = part({
  counts: part({
    total: count,
    passed: count,
    failed: count,
    errored: count,
    skipped: count,
    flaky: count,
  }),
  failing: listOf(
    part({
      ...testName,
      how: choice(["failed", "errored"]),
      message: text,
      details: text,
      source: maybe(source),
      from: place,
      isNew: maybe(z.literal(true)),
      touched: maybe(z.literal(true)),
    }),
  ),
  flaky: listOf(part(testName)),
  slowest: listOf(part({ ...testName, seconds: z.number() })),
});

const findings = part({
  total: count,
  kept: listOf(
    part({
      tool: text,
      rule: text,
      message: text,
      severity: maybe(choice(severities)),
      ids: listOf(text),
      security: maybe(z.boolean()),
      at: maybe(place),
      source: maybe(source),
      touched: maybe(z.literal(true)),
    }),
  ),
});

const problem = part({
  code: choice(Object.keys(problemCodes) as ProblemCode[]),
  severity: choice(["error", "warning", "note"]),
  message: text,
  at: maybe(place),
  hint: maybe(text),
});

const run = part({
  at: z.iso.datetime(),
  repository: maybe(text),
  sha: maybe(text),
  event: maybe(text),
  branch: maybe(text),
  pullRequest: maybe(position),
  id: maybe(position),
  number: maybe(position),
  attempt: maybe(position),
  url: maybe(text),
});

/** A value as it is shown, with the two whole numbers of a ratio. */
const value = { value: z.number(), part: maybe(count), whole: maybe(position) };
const kpi = part({
  label: text,
  unit: text,
  better: choice(["higher", "lower"]),
  ...value,
  baseline: maybe(part(value)),
});

const past = part({
  runs: count,
  baseline: z.union([
    part({ sha: text, number: position, outcome, distance: maybe(count) }),
    part({ none: text }),
  ]),
  trends: listOf(
    part({
      kpi: text,
      values: listOf(z.nullable(z.number())),
      limit: z.nullable(z.number()),
      first: part({ value: z.number(), at: text }),
    }),
  ),
});

/** Every part of a report.json that a report is made of again; what is derived from them is not looked at. */
const reportParts = z.object({
  schema: z.literal(1),
  name: z.string().check(z.regex(/^[A-Za-z0-9._-]{1,50}$/)),
  title: text,
  mode: choice(["enforce", "report"]),
  run,
  gate: z.nullable(gate),
  kpis: z.record(text, kpi),
  tests: z.nullable(tests),
  past: z.nullable(past),
  findings,
  changes: z.nullable(changes),
  policy: z.nullable(policy),
  problems: listOf(problem),
  files: listOf(part({ path: text, format: z.nullable(text), family: z.nullable(choice(families)) })),
});

/** The parts of a report.json, or in words what is wrong with it. */
export function partsOf(document: unknown) {
  return reportParts.safeParse(document, { error: inEnglish().localeError });
}
