import type { CommentWhen, Config } from "../model/config.ts";
import { compare, ofDecimal } from "../model/exact.ts";
import type { Weakening } from "../model/policy.ts";
import { placeText } from "./history-place.ts";
import {
  weakerGroups,
  weakerOwn,
  weakerPointed,
  weakerQueried,
  weakerSelection,
  weakerServer,
  weakerSources,
} from "./weaker-evidence.ts";
import { stricterPlan, weakerPhases, weakerRequire } from "./weaker-phases.ts";
import { stricterWaivers, weakerWaivers } from "./weaker-waivers.ts";

/** What one key means for how much is asked. */
interface Order<Value> {
  /** How `head` asks less than `base`; what cannot be told counts as less. */
  weaker(base: Config, head: Config): readonly Weakening[];
  /** The value to judge by, so that what either of them asks is asked. */
  stricter(base: Config, head: Config): Value;
}

/** Keys that ask nothing of anyone. */
function silent<Key extends keyof Config>(key: Key): Order<Config[Key]> {
  return { weaker: () => [], stricter: (_, head) => head[key] };
}

/**
 * The order of configurations, key by key. A key that is missing here does not compile: whoever adds one decides how it
 * can be loosened. Where the report files come from is always taken from `head`, because they are made by its code.
 */
const orders: { readonly [Key in keyof Required<Config>]: Order<Config[Key]> } = {
  file: {
    weaker: ({ file: base }, { file: head }) =>
      base !== undefined && head === undefined
        ? [policy(`${base} is gone, and the built-in phases run`)]
        : [],
    stricter: (_, head) => head.file,
  },
  title: silent("title"),
  baseline: {
    weaker: (base, head) => weakerBaseline(base.baseline, head.baseline),
    stricter: (base, head) =>
      weakerBaseline(base.baseline, head.baseline).length === 0 ? head.baseline : base.baseline,
  },
  commentWhen: {
    weaker: ({ commentWhen: base }, { commentWhen: head }) =>
      said.indexOf(head) < said.indexOf(base) ? [policy(`comment: when: ${base} is now ${head}`)] : [],
    stricter: (base, head) => said[Math.max(said.indexOf(base.commentWhen), said.indexOf(head.commentWhen))]!,
  },
  mode: {
    weaker: (base, head) =>
      base.mode === "enforce" && head.mode === "report" ? [policy("mode: enforce is now report")] : [],
    stricter: (base, head) => (base.mode === "enforce" ? "enforce" : head.mode),
  },
  integrity: {
    weaker: (base, head) =>
      base.integrity === "strict" && head.integrity === "normal"
        ? [{ kind: "evidence", what: "integrity: strict is now normal" }]
        : [],
    stricter: (base, head) => (base.integrity === "strict" ? "strict" : head.integrity),
  },
  retries: {
    weaker: (base, head) =>
      base.retries === "elements" && head.retries !== "elements"
        ? [{ kind: "evidence", what: `retries: elements is now ${head.retries}` }]
        : [],
    stricter: (base, head) => (base.retries === "elements" ? "elements" : head.retries),
  },
  sources: {
    weaker: (base, head) => weakerSources(base.sources, head.sources),
    stricter: (_, head) => head.sources,
  },
  coverage: {
    weaker: (base, head) => weakerSelection(base.coverage, head.coverage),
    stricter: (_, head) => head.coverage,
  },
  groups: {
    weaker: (base, head) => weakerGroups(base.groups, head.groups),
    stricter: (base, head) => new Map([...base.groups, ...head.groups]),
  },
  own: {
    weaker: (base, head) => weakerOwn(base.own, head.own),
    stricter: (base, head) => new Map([...head.own, ...base.own]),
  },
  pointed: {
    weaker: (base, head) => weakerPointed(base.pointed, head.pointed),
    stricter: (_, head) => head.pointed,
  },
  prometheus: {
    weaker: (base, head) => weakerServer(base.prometheus, head.prometheus),
    stricter: (_, head) => head.prometheus,
  },
  queried: {
    weaker: (base, head) => weakerQueried(base.queried, head.queried),
    stricter: (_, head) => head.queried,
  },
  phases: { weaker: weakerPhases, stricter: (base, head) => stricterPlan(base, head).phases },
  require: { weaker: weakerRequire, stricter: (base, head) => stricterPlan(base, head).require },
  shrink: {
    weaker: (base, head) =>
      shrinksMore(head, base)
        ? [{ kind: "evidence", what: `shrink: ${shareText(base)} is now ${shareText(head)}` }]
        : [],
    stricter: (base, head) => (shrinksMore(head, base) ? base.shrink : head.shrink),
  },
  keep: {
    weaker: (base, head) => (base.keep && !head.keep ? [policy("keep: true is now false")] : []),
    stricter: (base, head) => base.keep || head.keep,
  },
  waivers: {
    weaker: (base, head) => weakerWaivers(base.waivers, head.waivers),
    stricter: (base, head) => stricterWaivers(base.waivers, head.waivers),
  },
  policy: {
    weaker: (base, head) => weakerPolicy(base.policy, head.policy),
    stricter: (base) => base.policy,
  },
};

/** Another history is another past to be compared with; only where there was none, naming one is no loss. */
function weakerBaseline(base: Config["baseline"], head: Config["baseline"]): readonly Weakening[] {
  const named = (branch: string | undefined) => branch ?? "the default branch";
  const place = ({ store }: Config["baseline"]) => store && placeText(store);
  return [
    ...(base.branch === head.branch
      ? []
      : [policy(`baseline: branch: ${named(base.branch)} is now ${named(head.branch)}`)]),
    ...(place(base) === undefined || place(base) === place(head)
      ? []
      : [
          policy(`baseline: the history in ${place(base)} is ${place(head) ? `now ${place(head)}` : "gone"}`),
        ]),
  ];
}

/** When the comment is written, the rarest first. */
const said: readonly CommentWhen[] = ["failures", "changes", "always"];

/** Another label is another circle of people; only to accept nothing any more is stricter. */
function weakerPolicy({ acceptLabel: base }: Config["policy"], { acceptLabel: head }: Config["policy"]) {
  if (head === undefined || head === base) return [];
  return [policy(`accept-weaker: ${base === undefined ? "nothing" : `label:${base}`} is now label:${head}`)];
}

function shrinksMore(a: Config, b: Config): boolean {
  return compare(ofDecimal(a.shrink), ofDecimal(b.shrink)) > 0;
}

function shareText({ shrink: { digits, scale } }: Config): string {
  return `${Number(digits) / 10 ** scale}%`;
}

function policy(what: string): Weakening {
  return { kind: "policy", what };
}

/** Every way in which `head` asks less than `base`. */
export function weakenings(base: Config, head: Config): readonly Weakening[] {
  return Object.values(orders).flatMap((order) => order.weaker(base, head));
}

/** A configuration that asks what either of two asks, of the report files of `head`. */
export function stricterConfig(base: Config, head: Config): Config {
  const entries = Object.entries(orders).map(([key, order]) => [key, order.stricter(base, head)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as unknown as Config;
}
