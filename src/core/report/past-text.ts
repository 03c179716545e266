import type { RuleResult } from "../model/gate.ts";
import type { ReportedBaseline, ReportedPast } from "../model/report.ts";
import { plural } from "./words.ts";

/** What the run was compared with: "compared with 3f2a91c (run 118, pass, 3 commits back)". Without any escaping. */
export function pastText({ baseline }: ReportedPast): string {
  return "none" in baseline ? `no baseline: ${baseline.none}` : `compared with ${baselineText(baseline)}`;
}

function baselineText({ sha, number, outcome, distance }: ReportedBaseline): string {
  const back = distance === undefined || distance === 0 ? [] : [`${plural(distance, "commit")} back`];
  return `${sha.slice(0, 7)} (${[`run ${number}`, outcome, ...back].join(", ")})`;
}

/** What a waiver allows, who answers for it, until when and why; empty where there is none. Without any escaping. */
export function waiverText({ waiver, verdict }: RuleResult): string {
  if (!waiver) return "";
  const { text, owner, until, reason } = waiver;
  const whose = owner === undefined ? "" : ` by ${owner}`;
  const enough = verdict === "warned" ? "" : ", which is not enough";
  return `${text} waived${whose} until ${until}${enough}: ${reason}`;
}
