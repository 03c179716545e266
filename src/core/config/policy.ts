import type { Config } from "../model/config.ts";
import type { BaseConfig, PolicyResult, Weakening } from "../model/policy.ts";
import type { Problem } from "../model/problem.ts";
import { stricterConfig, weakenings } from "./weaker.ts";

/** The configuration to judge by, and what a change does to the limits. */
export interface Ruled {
  readonly config: Config;
  /** Null where nothing was compared. */
  readonly policy: PolicyResult | null;
  readonly problems: readonly Problem[];
}

/**
 * A change cannot lower its own bar: the stricter of base and head is judged, and every weakening is an error until
 * someone accepts it in the way that the base names. Labels are those that the change bears.
 */
export function applyPolicy(head: Config, base: BaseConfig | undefined, labels: readonly string[]): Ruled {
  if (base === undefined) return { config: head, policy: null, problems: [] };
  const { where } = base;
  if (base.kind === "absent") return { config: head, policy: null, problems: [firstAdoption(where)] };
  const weaker = weakenings(base.config, head);
  if (weaker.length === 0) return { config: head, policy: { where, weaker }, problems: [] };
  const label = base.config.policy.acceptLabel;
  if (label !== undefined && labels.includes(label))
    return { config: head, policy: { where, weaker, accepted: label }, problems: [] };
  const problems = kinds.flatMap((kind) =>
    refused(
      weaker.filter((one) => one.kind === kind),
      head,
      where,
      label,
    ),
  );
  return { config: stricterConfig(base.config, head), policy: { where, weaker }, problems };
}

const kinds = ["rules", "evidence", "policy"] as const;

const codes = { rules: "weaker-rules", evidence: "weaker-evidence", policy: "weaker-policy" } as const;

function refused(
  weaker: readonly Weakening[],
  { file }: Config,
  where: string,
  label: string | undefined,
): readonly Problem[] {
  const [first] = weaker;
  if (first === undefined) return [];
  const more = weaker.length > 1 ? ` (and ${weaker.length - 1} more)` : "";
  return [
    {
      code: codes[first.kind],
      severity: "error",
      message: `asks less than ${where}: ${first.what}${more}`,
      at: { file: file ?? "configuration" },
      hint:
        label === undefined
          ? `Undo it. ${sentenceCase(where)} names no label that accepts it (\`policy: { accept-weaker: "label:..." }\`).`
          : `Undo it, or let someone who may do so add the label "${label}" and run the gate again.`,
    },
  ];
}

function sentenceCase(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function firstAdoption(where: string): Problem {
  return {
    code: "first-configuration",
    severity: "note",
    message: `${where} does not exist yet, so the limits of this change are the first`,
  };
}
