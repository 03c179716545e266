import * as z from "zod/mini";
import { type Family, families } from "../model/facts.ts";
import { groupName } from "./groups.ts";
import { historyName } from "./history-place.ts";
import { presets } from "./presets/index.ts";
import { prometheus, queryKeys } from "./schema-prometheus.ts";
import { described, later, rule, seldom, word } from "./schema-rule.ts";

// This is built anew in every run, before anything is read. Written with methods, as zod's other half has it, it would
// take three times as long; what few configurations hold is built when one does.

const takesAway =
  'holds a glob that begins with "!", which takes nothing away; name those files under `exclude`';
const text = z.string().check(z.minLength(1));
const trimmed = (most: number) => z.string().check(z.trim(), z.minLength(1), z.maxLength(most));
const owner = () => trimmed(80);

const glob = described(
  z.string().check(z.minLength(1)),
  "A glob, relative to the folder of this file (to its parent if that is .github), or artifact:NAMES.",
);

const maybe = () => ({
  optional: described(z.optional(z.boolean()), "The glob may match nothing."),
  stale: described(z.optional(z.literal("allow")), "Files older than the job are taken, too."),
});

const source = later(() =>
  z.strictObject({
    files: described(z.string().check(z.minLength(1)), "A glob."),
    expect: described(
      z.optional(z.int().check(z.minimum(1))),
      "Exactly so many files must match, such as the number of shards.",
    ),
    ...maybe(),
  }),
);

const testSource = later(() =>
  z.extend(source._zod.innerType, {
    group: described(
      z.optional(z.string().check(z.regex(groupName))),
      "All tests of these files belong to this group; rules name it behind an @.",
    ),
  }),
);

/** One source or several. */
const oneOrMore = <T extends z.ZodMiniType>(one: T) =>
  z.union([glob, one, later(() => z.array(z.union([glob, one])).check(z.minLength(1)))]);

const sources = oneOrMore(source);
const testSources = oneOrMore(testSource);

const groups = () => {
  const testGlob = trimmed(256);
  const group = z.strictObject({
    tests: described(
      z.optional(z.union([testGlob, z.array(testGlob).check(z.minLength(1), z.maxLength(100))])),
      'Globs on the class, on "class.name" and on the file of each test.',
    ),
    owner: described(seldom(owner), "Shown at the rules about the group."),
  });
  return z.record(z.string().check(z.regex(groupName)), group);
};

const someSources = z.optional(sources);
const sourcesByFamily = Object.fromEntries(families.map((family) => [family, someSources])) as Record<
  Family,
  typeof someSources
>;

const custom = () => {
  const one = z.strictObject({
    file: described(z.optional(text), "A glob of JSON files, relative as under `sources`."),
    value: described(
      z.optional(z.string().check(z.regex(/^(?:\/(?:[^~/]|~[01])*)*$/))),
      "JSON Pointer (RFC 6901) to the number in them, such as /totals/percent.",
    ),
    unit: described(
      z.optional(z.string().check(z.trim(), z.regex(/^(?:%|[A-Za-z][A-Za-z/]{0,19})$/))),
      "Unit of the number: %, ms, s, min, h, d, B, kB, MB, GB, or any other word.",
    ),
    better: described(z.optional(z.enum(["higher", "lower"])), "The good direction."),
    ...maybe(),
    ...queryKeys(),
  });
  return z.record(
    z.string(),
    one.check(
      z.refine(({ file, value }) => (file === undefined) === (value === undefined), {
        message: "needs both `file` and `value`, or neither",
      }),
      z.refine(({ file, query }) => file === undefined || query === undefined, {
        message: "has a `file` and a `query`; write one of them",
      }),
      z.refine(
        ({ query, over, every, take }) =>
          (query !== undefined || over === undefined) &&
          (over !== undefined || (every === undefined && take === undefined)),
        { message: "has `over` without a `query`, or `every` or `take` without `over`" },
      ),
    ),
  );
};

const phase = z.strictObject({
  name: described(trimmed(80), "Shown wherever the phase is."),
  owner: described(seldom(owner), "Who sees to it that the phase is reached."),
  due: described(
    seldom(() => z.iso.date()),
    "Day by which it should be reached, yyyy-mm-dd. Shown; never changes a verdict.",
  ),
  kpis: described(
    z.optional(z.record(z.string(), z.union([rule, word]))),
    "Limits by name of the KPI, with a group of tests or folders behind an @ where wanted.",
  ),
});

const waivers = () =>
  z.array(
    z.strictObject({
      kpi: described(z.string().check(z.minLength(1)), "KPI of a rule, with its scope."),
      allow: described(
        z.union([text, z.number()]),
        "How far its limits move, in the unit of the KPI: 1, 0.5pp, 200ms.",
      ),
      reason: described(trimmed(300), "Why; shown with the rule."),
      until: described(
        z.iso.date(),
        "Last day on which it counts, yyyy-mm-dd in UTC. Past it, it is an error.",
      ),
      owner: described(seldom(owner), "Who answers for it."),
    }),
  );

const globs = () =>
  z.array(text.check(z.refine((one) => !one.startsWith("!"), { message: takesAway }))).check(z.minLength(1));
const extended = () => z.string().check(z.trim(), z.minLength(1));

/** The configuration as it is written; the JSON Schema for editors is made from this. */
export const configSchema = z.strictObject({
  version: described(z.literal(1), "Version of this format."),
  extends: described(
    seldom(() => z.union([extended(), z.array(extended()).check(z.minLength(1), z.maxLength(16))])),
    `A preset (${Object.keys(presets).join(", ")}) or a file of this repository whose configuration this one changes, or a list of them.`,
  ),
  mode: described(
    z.optional(z.enum(["enforce", "report"])),
    "`report`: says the same everywhere but never fails. Default: enforce.",
  ),
  integrity: described(
    z.optional(z.enum(["normal", "strict"])),
    "`strict`: a suite that declares more test cases than it holds is an error. Default: normal.",
  ),
  retries: described(
    z.optional(z.enum(["elements", "same-name-in-suite"])),
    "`same-name-in-suite`: a failure and a later pass of one name in one suite are attempts of one flaky test. Default: elements, which only believes elements such as flakyFailure.",
  ),
  sources: described(
    z.optional(
      z.strictObject({
        ...sourcesByFamily,
        tests: z.optional(testSources),
        prometheus: seldom(prometheus),
      }),
    ),
    "Report files by family. Left out: well-known file names of tests and coverage are looked for.",
  ),
  coverage: described(
    seldom(() =>
      z.strictObject({
        include: described(seldom(globs), "Globs of source files that count. Default: all."),
        exclude: described(seldom(globs), "Globs of source files that do not count."),
      }),
    ),
    "Which source files count in coverage, by their paths in the repository.",
  ),
  groups: described(seldom(groups), "Groups of tests by name, for rules such as tests.pass_rate@critical."),
  custom: described(
    seldom(custom),
    "KPIs of your own, by name; and values of service.* and resources.* in JSON files of any form.",
  ),
  baseline: described(
    seldom(() =>
      z.strictObject({
        branch: described(z.optional(trimmed(200)), "Default: the default branch."),
        store: described(
          z.optional(z.enum(["branch", "file", "artifact"])),
          "`branch` of the repository, `artifact` of its runs, or `file`: a folder, named by `path`.",
        ),
        path: described(z.optional(text), "Folder of the history."),
        name: described(
          z.optional(z.string().check(z.regex(historyName))),
          "Of the branch or artifact. Default: phase-gate-history.",
        ),
      }),
    ),
    "The recorded runs that limits compare with.",
  ),
  shrink: described(
    seldom(() => z.string().check(z.regex(/^\d{1,3}(?:\.\d{1,3})?\s*%$/))),
    "Share of tests, source files or lines that may be lost against the baseline. Default: 10%.",
  ),
  keep: described(
    z.optional(z.boolean()),
    "A phase that the default branch reached may not be lost. Default: false.",
  ),
  waivers: described(seldom(waivers), "Agreed exceptions: a rule that is met only through one is yellow."),
  phases: described(
    z.optional(z.array(phase).check(z.minLength(1), z.maxLength(50))),
    "Ordered: a phase is reached when it and all before it pass.",
  ),
  kpis: described(
    z.optional(z.record(z.string(), word)),
    "Inherited rules, by KPI, that are optional or off in every phase.",
  ),
  require: described(
    z.optional(z.string()),
    "Name of the phase that must be reached; later ones only inform. Default: the last phase.",
  ),
  policy: described(
    seldom(() =>
      z.strictObject({
        "accept-weaker": described(
          z.optional(z.string().check(z.regex(/^label:\S(?:.{0,48}\S)?$/))),
          '"label:NAME": whoever may add this label accepts that a pull request loosens the gate.',
        ),
      }),
    ),
    "Read from the base branch only, so that a pull request cannot accept itself.",
  ),
  comment: seldom(() =>
    z.strictObject({
      title: described(z.optional(trimmed(80)), "Default: Phase Gate."),
      when: described(
        z.optional(z.enum(["always", "changes", "failures"])),
        "When there is a comment: always (default), only when the verdict or what blocks it changes, or only when the gate does not pass.",
      ),
    }),
  ),
});

export type RawConfig = z.infer<typeof configSchema>;
export type RawRule = z.infer<typeof rule>;
export type RawSources = z.infer<typeof testSources>;
