import type { RuleResult } from "../model/gate.ts";
import type { Report } from "../model/report.ts";
import { completionOf } from "./completion.ts";
import { code, prose } from "./escape.ts";
import { grouped, plural, remedyText, valueText } from "./words.ts";

/** What to write to keep a phase that is reached and not required yet. */
export function requireNext(report: Report): string {
  const name = completionOf(report)?.requirable;
  return name === undefined
    ? ""
    : `🏁 ${prose(name)} is reached, and only an earlier phase is required. To keep it, write ${code(`require: ${name}`)}.`;
}

/** Most rules that are shown of what was reached, and of what is still open. */
const shownRules = 20;

/** What was reached, on which evidence, and the road to the next phase. */
export function completionReport(report: Report): string {
  const completion = completionOf(report);
  if (completion === undefined) return "";
  const { reached, next, road } = completion;
  const held = reached.rules.filter(({ verdict }) => verdict === "met" || verdict === "warned");
  return [
    `#### 🏁 Completion report: ${prose(reached.phase.name)}`,
    list(held.map((rule) => `- ${prose(rule.label)} ${shown(rule)} (${limits(rule)})`)),
    `On the evidence of ${evidence(report)}, all complete.`,
    next === undefined
      ? "The whole plan is reached."
      : `The road to ${prose(next.phase.name)}${about(next.phase)}, nearest first:\n\n${list(road.map(step))}`,
  ].join("\n\n");
}

function list(items: readonly string[]): string {
  const more = items.length - shownRules;
  return [...items.slice(0, shownRules), ...(more > 0 ? [`- ... and ${grouped(more)} more`] : [])].join("\n");
}

/** "3 files of tests, 1 file of coverage". */
function evidence({ files }: Report): string {
  const families = new Set(files.map(({ family }) => family));
  const counts = [...families].map((family) => {
    const count = files.filter((file) => file.family === family).length;
    return `${plural(count, "file")} of ${family ?? "an unknown format"}`;
  });
  return counts.join(", ");
}

function about({ owner, due }: { readonly owner?: string; readonly due?: string }): string {
  const notes = [...(owner === undefined ? [] : [owner]), ...(due === undefined ? [] : [`due ${due}`])];
  return notes.length === 0 ? "" : ` (${prose(notes.join(", "))})`;
}

function shown({ value, unit, limit }: RuleResult): string {
  return value === undefined ? "" : `<b>${prose(valueText(value, unit, limit))}</b>`;
}

function limits({ rule }: RuleResult): string {
  return prose(rule.pass.map(({ text }) => text).join(", "));
}

function step(result: RuleResult, index: number): string {
  const { label, remedy, unit, limit, reason } = result;
  const head = `${index + 1}. ${prose(label)}`;
  if (result.value === undefined)
    return `${head}: no value yet${reason === undefined ? "" : `, ${prose(reason)}`}`;
  const how = remedy ? remedyText(remedy, unit) : limit.text;
  return `${head} ${shown(result)}: ${prose(how)}`;
}
