import { plainNumber } from "../model/exact.ts";
import type { PhaseResult, RuleResult } from "../model/gate.ts";
import type { Report, Trend } from "../model/report.ts";
import { completionOf } from "./completion.ts";
import { code, parted, prose } from "./escape.ts";
import { icons } from "./markdown-rules.ts";
import { bars } from "./markdown-trends.ts";
import { pastText } from "./past-text.ts";
import { isOverdue } from "./sentence.ts";
import { signOf } from "./standing.ts";
import { distanceText, limitText, plural, remedyText, valueText } from "./words.ts";

/** What to write to keep a phase that is reached and not required yet. */
export function requireNext(report: Report): string {
  const name = completionOf(report)?.requirable;
  return name === undefined
    ? ""
    : `🏁 ${prose(name)} is reached, and only an earlier phase is required. To keep it, write ${code(`require: ${name}`)}.`;
}

/** How many runs the bars are of; with two columns they fit a phone. */
const shownRuns = 10;

/** Most rules that are shown of what was reached, and of what is still open. */
const shownRules = 20;

/**
 * What was reached and when it counts as complete, how that came about, on which evidence, and the road to the next
 * phase. Phases that were reached before it are folded.
 */
export function completionReport(report: Report): string {
  const completion = completionOf(report);
  if (completion === undefined) return "";
  const { reached, earlier, next, road } = completion;
  return [
    `#### 🏁 Completion report: ${prose(reached.phase.name)}${about(reached, report)}`,
    held(reached, report),
    ...earlier.map(
      (phase) =>
        `<details><summary>Reached before: ${prose(phase.phase.name)}${about(phase, report)}</summary>\n\n${held(phase, report)}\n\n</details>`,
    ),
    `<b>Evidence</b>: ${evidence(report)}.`,
    next === undefined
      ? "<b>The whole plan is reached.</b>"
      : `<b>The road to ${prose(next.phase.name)}</b>${about(next, report)}, nearest first:\n\n${roadTable(road)}`,
  ].join("\n\n");
}

/** The rules of a reached phase: what had to hold, what it came to, and since when. */
function held({ rules }: PhaseResult, { past }: Report): string {
  const trends = new Map((past?.trends ?? []).map((trend) => [trend.kpi, trend]));
  const rows = rules.slice(0, shownRules).map((result) => {
    return `| ${criterion(result)} | ${shown(result)}${since(trends.get(result.rule.kpi), result)} |`;
  });
  const heads = ["Complete when", trends.size === 0 ? "Value" : "Value, since the first run"];
  const rest = rules.length - rows.length;
  return [
    [`| ${heads.join(" | ")} |`, `|${heads.map(() => "---").join("|")}|`, ...rows].join("\n"),
    ...(rest > 0 ? [`... and ${plural(rest, "more rule")}`] : []),
  ].join("\n\n");
}

/** "✅ Line coverage above 90%". */
function criterion(result: RuleResult): string {
  const { verdict, label, limits, limit, unit, value } = result;
  const all = verdict === "met" || verdict === "incomparable" ? limits : [limit];
  return `${icons[signOf(result)]} ${parted(label)} ${all.map((one) => prose(limitText(one, unit, value))).join(", ")}`;
}

function since(trend: Trend | undefined, { value, unit, limit: { number } }: RuleResult): string {
  if (trend === undefined || value === undefined) return "";
  const limit = number === undefined ? null : plainNumber(number);
  const first = valueText({ kind: "amount", amount: trend.first.value }, unit);
  const values = trend.values.slice(-shownRuns);
  return `<br>${code(bars({ ...trend, values, limit }, value))}<br><sub>from ${prose(first)} on ${prose(trend.first.at.slice(0, 10))}</sub>`;
}

/** "3 files of tests, 1 file of coverage, all complete; commit 3f2a91c, compared with 0d1c2b3 (run 118, pass)". */
function evidence({ files, run, past }: Report): string {
  const families = new Set(files.map(({ family }) => family));
  const counts = [...families].map((family) => {
    const count = files.filter((file) => file.family === family).length;
    return `${plural(count, "file")} of ${family ?? "an unknown format"}`;
  });
  const about = [
    ...(run.sha === undefined ? [] : [`commit ${code(run.sha.slice(0, 7))}`]),
    ...(past === undefined ? [] : [prose(pastText(past))]),
  ];
  return [`${counts.join(", ")}, all complete`, about.join(", ")].filter((part) => part !== "").join("; ");
}

/** " (@acme/core, due 2027-03-31)". */
function about(result: PhaseResult, { run }: Report): string {
  const { owner, due } = result.phase;
  const overdue = isOverdue(result, run.at) ? "overdue since" : "due";
  const notes = [
    ...(owner === undefined ? [] : [owner]),
    ...(due === undefined ? [] : [`${overdue} ${due}`]),
  ];
  return notes.length === 0 ? "" : ` (${prose(notes.join(", "))})`;
}

/** The rules that are still open, as steps of a road. */
function roadTable(road: readonly RuleResult[]): string {
  const rows = road
    .slice(0, shownRules)
    .map((result, i) => `| ${i + 1} | ${criterion(result)} | ${shown(result)} | ${way(result)} |`);
  const rest = road.length - rows.length;
  return [
    ["| | Rule | Value | To pass |", "|---|---|---|---|", ...rows].join("\n"),
    ...(rest > 0 ? [`... and ${plural(rest, "more rule")}`] : []),
  ].join("\n\n");
}

function shown({ value, unit, limit }: RuleResult): string {
  return value === undefined ? "no&nbsp;value" : `<b>${prose(valueText(value, unit, limit))}</b>`;
}

/** What would make a rule hold. */
function way({ remedy, unit, limit, value, reason }: RuleResult): string {
  if (value === undefined) return prose(reason ?? "", 300);
  return prose(remedy ? remedyText(remedy, unit) : distanceText(value, unit, limit));
}
