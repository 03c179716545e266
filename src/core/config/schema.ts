import { z } from "zod";
import { type Family, families } from "../model/facts.ts";
import { groupName } from "./groups.ts";
import { rule, word } from "./schema-rule.ts";

const glob = z
  .string()
  .min(1)
  .describe(
    "A glob, relative to the folder of this file (to its parent if that is .github), or artifact:NAMES.",
  );

const source = z.strictObject({
  files: z.string().min(1).describe("A glob."),
  expect: z
    .number()
    .int()
    .min(1)
    .optional()
    .describe("Exactly so many files must match, such as the number of shards."),
  optional: z.boolean().optional().describe("The glob may match nothing."),
  stale: z.literal("allow").optional().describe("Files older than the job are taken, too."),
});

const testSource = source.extend({
  group: z
    .string()
    .regex(groupName)
    .optional()
    .describe("All tests of these files belong to this group; rules name it behind an @."),
});

const sources = z.union([glob, source, z.array(z.union([glob, source])).min(1)]);
const testSources = z.union([glob, testSource, z.array(z.union([glob, testSource])).min(1)]);

const testGlob = z.string().trim().min(1).max(256);

const group = z.strictObject({
  tests: z
    .union([testGlob, z.array(testGlob).min(1).max(100)])
    .optional()
    .describe('Globs on the class, on "class.name" and on the file of each test.'),
  owner: z.string().trim().min(1).max(80).optional().describe("Shown at the rules about the group."),
});

const sourcesByFamily = Object.fromEntries(families.map((family) => [family, sources.optional()])) as Record<
  Family,
  z.ZodOptional<typeof sources>
>;

const custom = z
  .strictObject({
    file: z.string().min(1).optional().describe("A glob of JSON files, relative as under `sources`."),
    value: z
      .string()
      .regex(/^(?:\/(?:[^~/]|~[01])*)*$/)
      .optional()
      .describe("JSON Pointer (RFC 6901) to the number in them, such as /totals/percent."),
    unit: z
      .string()
      .trim()
      .regex(/^(?:%|[A-Za-z][A-Za-z/]{0,19})$/)
      .optional()
      .describe("Unit of the number: %, ms, s, min, h, d, B, kB, MB, GB, or any other word."),
    better: z.enum(["higher", "lower"]).optional().describe("The good direction."),
    optional: z.boolean().optional().describe("The glob may match nothing."),
    stale: z.literal("allow").optional().describe("Files older than the job are taken, too."),
  })
  .refine(({ file, value }) => (file === undefined) === (value === undefined), {
    message: "file and value belong together",
  });

const phase = z.strictObject({
  name: z.string().trim().min(1).max(80).describe("Shown wherever the phase is."),
  owner: z.string().trim().min(1).max(80).optional().describe("Who sees to it that the phase is reached."),
  due: z.iso
    .date()
    .optional()
    .describe("Day by which it should be reached, yyyy-mm-dd. Shown; never changes a verdict."),
  kpis: z
    .record(z.string(), z.union([rule, word]))
    .optional()
    .describe("Limits by name of the KPI, with a group of tests or folders behind an @ where wanted."),
});

const waiver = z.strictObject({
  kpi: z.string().min(1).describe("KPI of a rule, with its scope."),
  allow: z
    .union([z.string().min(1), z.number()])
    .describe("How far its limits move, in the unit of the KPI: 1, 0.5pp, 200ms."),
  reason: z.string().trim().min(1).max(300).describe("Why; shown with the rule."),
  until: z.iso.date().describe("Last day on which it counts, yyyy-mm-dd in UTC. Past it, it is an error."),
  owner: z.string().trim().min(1).max(80).optional().describe("Who answers for it."),
});

/** The configuration as it is written; the JSON Schema for editors is made from this. */
export const configSchema = z.strictObject({
  version: z.literal(1).describe("Version of this format."),
  extends: z
    .union([z.string().trim().min(1), z.array(z.string().trim().min(1)).min(1).max(16)])
    .optional()
    .describe(
      "A preset (execution-plan) or a file of this repository whose configuration this one changes, or a list of them.",
    ),
  mode: z
    .enum(["enforce", "report"])
    .optional()
    .describe("`report`: says the same everywhere but never fails. Default: enforce."),
  integrity: z
    .enum(["normal", "strict"])
    .optional()
    .describe("`strict`: a suite that declares more test cases than it holds is an error. Default: normal."),
  retries: z
    .enum(["elements", "same-name-in-suite"])
    .optional()
    .describe(
      "`same-name-in-suite`: a failure and a later pass of one name in one suite are attempts of one flaky test. Default: elements, which only believes elements such as flakyFailure.",
    ),
  sources: z
    .strictObject({ ...sourcesByFamily, tests: testSources.optional() })
    .optional()
    .describe(
      "Report files by family. Left out: well-known file names of tests and coverage are looked for.",
    ),
  coverage: z
    .strictObject({
      include: z
        .array(z.string().min(1))
        .min(1)
        .optional()
        .describe("Globs of source files that count. Default: all."),
      exclude: z
        .array(z.string().min(1))
        .min(1)
        .optional()
        .describe("Globs of source files that do not count."),
    })
    .optional()
    .describe("Which source files count in coverage, by their paths in the repository."),
  groups: z
    .record(z.string().regex(groupName), group)
    .optional()
    .describe("Groups of tests by name, for rules such as tests.pass_rate@critical."),
  custom: z
    .record(z.string(), custom)
    .optional()
    .describe(
      "KPIs of your own, by name; and values of service.* and resources.* in JSON files of any form.",
    ),
  baseline: z
    .strictObject({
      branch: z.string().trim().min(1).max(200).optional().describe("Default: the default branch."),
      store: z.literal("file").optional().describe("`file`: a folder, named by `path`."),
      path: z.string().min(1).optional().describe("Folder of the history."),
    })
    .optional()
    .describe("The recorded runs that limits compare with."),
  shrink: z
    .string()
    .regex(/^\d{1,3}(?:\.\d{1,3})?\s*%$/)
    .optional()
    .describe("Share of tests, source files or lines that may be lost against the baseline. Default: 10%."),
  keep: z
    .boolean()
    .optional()
    .describe("A phase that the default branch reached may not be lost. Default: false."),
  waivers: z
    .array(waiver)
    .optional()
    .describe("Agreed exceptions: a rule that is met only through one is yellow."),
  phases: z
    .array(phase)
    .min(1)
    .max(50)
    .optional()
    .describe("Ordered: a phase is reached when it and all before it pass."),
  kpis: z
    .record(z.string(), word)
    .optional()
    .describe("Inherited rules, by KPI, that are optional or off in every phase."),
  require: z
    .string()
    .optional()
    .describe("Name of the phase that must be reached; later ones only inform. Default: the last phase."),
  policy: z
    .strictObject({
      "accept-weaker": z
        .string()
        .regex(/^label:\S(?:.{0,48}\S)?$/)
        .optional()
        .describe('"label:NAME": whoever may add this label accepts that a pull request loosens the gate.'),
    })
    .optional()
    .describe("Read from the base branch only, so that a pull request cannot accept itself."),
  comment: z
    .strictObject({
      title: z.string().trim().min(1).max(80).optional().describe("Default: Phase Gate."),
      when: z
        .enum(["always", "changes", "failures"])
        .optional()
        .describe(
          "When there is a comment: always (default), only when the verdict or what blocks it changes, or only when the gate does not pass.",
        ),
    })
    .optional(),
});

export type RawConfig = z.infer<typeof configSchema>;
export type RawRule = z.infer<typeof rule>;
export type RawSources = z.infer<typeof testSources>;
