import type { PhaseResult, RuleResult } from "../model/gate.ts";
import { isError, type Problem } from "../model/problem.ts";
import type { Report, ReportedFailure } from "../model/report.ts";
import { byFile, lineCount } from "./changed-lines.ts";
import { code, prose } from "./escape.ts";
import type { Detail } from "./markdown.ts";
import { blockingTable, icons, phaseRules } from "./markdown-rules.ts";
import { pastText } from "./past-text.ts";
import { placeText } from "./problem-text.ts";
import { headSentence, incomparables, isOverdue, needed, progress } from "./sentence.ts";
import { blocks } from "./standing.ts";
import { testName } from "./test-name.ts";
import { grouped, plural } from "./words.ts";

/** How many weakenings are shown even where room is short. */
const shownWeakenings = 10;

const severityIcons = { error: "❓", warning: "⚠️", note: "ℹ️" } as const;

/** The verdict in one sentence. */
export function headline(report: Report): string {
  const outcome = report.gate?.outcome ?? "error";
  const title = report.title === "Phase Gate" ? "" : `${prose(report.title)}: `;
  return `### ${icons[outcome]} ${title}${prose(headSentence(report), 600)}`;
}

/** What must change before the gate is green: evidence that cannot be judged first, then rules of required phases. */
export function blocking(report: Report, detail: Detail): string {
  const errors = report.problems.filter(isError);
  const { gate } = report;
  // What is missing for want of evidence is told by the problem above it.
  const told = (result: RuleResult) => result.verdict === "missing" && errors.length > 0;
  const rules = (gate?.phases.slice(0, needed(gate)) ?? [])
    .flatMap((phase) => phase.rules)
    .filter((result) => blocks(result) && !told(result));
  const shown = Math.max(3, detail.problems);
  const list = errors.slice(0, shown).map(problemItem);
  const more = errors.length > shown ? [`- ... and ${grouped(errors.length - shown)} more`] : [];
  const evidence = errors.length === 0 ? "" : [...list, ...more].join("\n");
  return [evidence, rules.length === 0 ? "" : blockingTable(rules, report, detail)]
    .filter((block) => block !== "")
    .join("\n\n");
}

/** What this change asks less than its base, accepted or not. */
export function loosened({ policy }: Report, detail: Detail): string {
  if (!policy || policy.weaker.length === 0) return "";
  const shown = Math.max(shownWeakenings, detail.problems);
  const items = policy.weaker.slice(0, shown).map(({ what }) => `- ${icons.warned} ${prose(what, 300)}`);
  const rest = policy.weaker.length - items.length;
  if (rest > 0) items.push(`- ... and ${grouped(rest)} more`);
  const by =
    policy.accepted === undefined ? "not accepted" : `accepted by the label ${code(policy.accepted)}`;
  return `#### Asks less than ${prose(policy.where)} (${by})\n\n${items.join("\n")}`;
}

/** All phases, one line each, with their rules folded. */
export function phases(report: Report, detail: Detail): string {
  const { gate } = report;
  if (!gate) return "";
  const lines = gate.phases.map((result, i) => {
    const summary = phaseLine(result, i, needed(gate), report.run.at);
    if (!detail.rules) return `- ${summary}`;
    return `<details><summary>${summary}</summary>\n\n${phaseRules(result, detail)}\n\n</details>`;
  });
  return lines.join(detail.rules ? "\n\n" : "\n");
}

/** All phases as a table, for places without folding. */
export function phaseTable(report: Report): string {
  const { gate } = report;
  if (!gate) return "";
  const rows = gate.phases.map((result, i) => {
    const { holding, total } = progress(result);
    const about = notes(result, i, needed(gate), report.run.at).join(", ");
    return `| ${icons[result.outcome]} | ${i + 1} ${prose(result.phase.name)} | ${holding} of ${total} | ${about} |`;
  });
  return ["| | Phase | Rules that hold | |", "|---|---|---|---|", ...rows].join("\n");
}

/** Failing tests with the first line of what they say; beyond the first ones folded, then counted. */
export function failingTests(report: Report, detail: Detail): string {
  const { tests } = report;
  const total = tests ? tests.counts.failed + tests.counts.errored : 0;
  if (!tests || total === 0) return "";
  const first = tests.failing.slice(0, detail.tests).map(testItem);
  const folded = tests.failing.slice(detail.tests, detail.tests + detail.foldedTests).map(testItem);
  const rest = total - first.length - folded.length;
  const blocks = [`#### Failing tests (${grouped(total)})`, first.join("\n")];
  if (folded.length > 0) {
    blocks.push(
      `<details><summary>${grouped(folded.length)} more</summary>\n\n${folded.join("\n")}\n\n</details>`,
    );
  }
  if (rest > 0) blocks.push(`... and ${grouped(rest)} more.`);
  return blocks.filter((block) => block !== "").join("\n\n");
}

/** Changed lines that did not run, one line for each file, folded. */
export function uncoveredLines({ changes }: Report, detail: Detail): string {
  const files = byFile(changes?.uncovered ?? []);
  if (files.length === 0 || detail.problems === 0) return "";
  const items = files.slice(0, detail.problems).map(({ file, lines }) => `- ${code(file)} ${lines}`);
  const rest = files.length - items.length;
  if (rest > 0) items.push(`- ... and ${plural(rest, "more file")}`);
  const total = grouped(lineCount(changes?.uncovered ?? []));
  return `<details><summary>Uncovered changed lines (${total})</summary>\n\n${items.join("\n")}\n\n</details>`;
}

/** Warnings and notes on the evidence; errors stand among what blocks. */
export function problems(report: Report, detail: Detail): string {
  const others = report.problems.filter((problem) => !isError(problem));
  if (others.length === 0) return "";
  const rest = others.length - Math.min(others.length, detail.problems);
  const items = others.slice(0, detail.problems).map(problemItem);
  if (rest > 0) items.push(`- ... and ${grouped(rest)} more`);
  const fold = `<details><summary>${plural(others.length, "remark")} on the evidence</summary>`;
  return `${fold}\n\n${items.join("\n")}\n\n</details>`;
}

/** What did not arrive where it should, and what to do about it. */
export function notPublished(problems: readonly Problem[], leftOut: string): string {
  const warned = problems.map((problem) => `> ${problemItem(problem)}`);
  return [
    ...(leftOut === "" ? [] : [`<sub>${prose(leftOut, 600)}</sub>`]),
    ...(warned.length === 0 ? [] : [`> [!WARNING]\n${warned.join("\n")}`]),
  ].join("\n\n");
}

/** Commit, baseline, run and files read, in one line. */
export function footer({ run, files, name, past }: Report): string {
  const commit = run.sha === undefined ? [] : [`commit ${code(run.sha.slice(0, 7))}`];
  const page =
    run.number === undefined
      ? []
      : [`run ${run.number}${run.attempt && run.attempt > 1 ? `.${run.attempt}` : ""}`];
  const linked = run.url === undefined ? page : page.map((text) => `[${text}](${run.url})`);
  const gate = name === "phase-gate" ? [] : [`gate ${code(name)}`];
  const compared = past ? [prose(pastText(past))] : [];
  const read = `${plural(files.length, "file")} read`;
  return `<sub>${[...gate, ...commit, ...compared, ...linked, read].join(" · ")}</sub>`;
}

function phaseLine(result: PhaseResult, index: number, require: number, at: string): string {
  const { holding, total } = progress(result);
  const about = [`${holding} of ${total}`, ...notes(result, index, require, at)].join(" · ");
  return `${icons[result.outcome]} <b>${index + 1} ${prose(result.phase.name)}</b> · ${about}`;
}

function notes(result: PhaseResult, index: number, require: number, at: string): readonly string[] {
  const { owner, due } = result.phase;
  const open = incomparables(result);
  return [
    ...(open === 0 ? [] : [`${open} without a comparison`]),
    ...(index < require ? [] : ["informs only"]),
    ...(owner === undefined ? [] : [prose(owner)]),
    ...(due === undefined
      ? []
      : [isOverdue(result, at) ? `overdue since ${prose(due)}` : `due ${prose(due)}`]),
  ];
}

function testItem(test: ReportedFailure): string {
  const place = test.at ? ` ${code(placeText(test.at))}` : "";
  const message = test.message === "" ? "" : `<br>${code(test.message, 300)}`;
  const fresh = test.isNew ? "new: " : "";
  return `- ${fresh}<b>${code(testName(test), 200)}</b>${place}${message}`;
}

function problemItem({ at, message, hint, severity }: Problem): string {
  const place = at ? `${code(placeText(at))}: ` : "";
  return `- ${severityIcons[severity]} ${place}${prose(message, 400)}${hint === undefined ? "" : `<br>${prose(hint, 300)}`}`;
}
