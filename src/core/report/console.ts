import type { Outcome, PhaseResult, RuleResult, Verdict } from "../model/gate.ts";
import type { Report, ReportedFailure } from "../model/report.ts";
import { byFile, lineCount } from "./changed-lines.ts";
import { cut, plain } from "./escape.ts";
import { pastText, waiverText } from "./past-text.ts";
import { placeText, problemText } from "./problem-text.ts";
import { incomparables, isOverdue, needed, progress, sentence } from "./sentence.ts";
import { isLeftOut, signOf } from "./standing.ts";
import { testName } from "./test-name.ts";
import { changeText, distanceText, limitText, plural, remedyText, valueText } from "./words.ts";
import { findingsText, worstFindings } from "./worst-findings.ts";

/** How many failing tests and problems a page shows; the rest is counted. */
const shownTests = 10;
const shownProblems = 20;

/** How many findings of scans and linters a page shows. */
const shownFindings = 5;

/** How many files with uncovered changed lines a page shows. */
const shownFiles = 10;

const signs: Readonly<Record<Verdict | Outcome, string>> = {
  met: "✓",
  pass: "✓",
  warned: "!",
  warn: "!",
  broken: "✗",
  fail: "✗",
  missing: "?",
  error: "?",
  incomparable: "·",
};

const colours: Readonly<Record<string, number>> = { "✓": 32, "!": 33, "✗": 31, "?": 35, "·": 2 };

/** The report as a page for a terminal or a log. */
export function renderConsole(
  report: Report,
  { colour = false }: { readonly colour?: boolean } = {},
): string {
  const paint = (text: string, ...codes: number[]) =>
    colour ? `\x1b[${codes.join(";")}m${text}\x1b[0m` : text;
  const sign = (of: Verdict | Outcome) => paint(signs[of], colours[signs[of]] ?? 0);
  const blocks = [
    headline(),
    ...loosened(),
    ...phases(),
    failing(),
    findings(),
    uncovered(),
    problems(),
    evidence(),
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;

  function headline(): string {
    const { reached, missing } = sentence(report);
    const outcome = report.gate?.outcome ?? "error";
    const mode = report.mode === "report" ? " (report only)" : "";
    const first = `${sign(outcome)} ${paint(plain(`${report.title}: ${reached}${mode}`), 1)}`;
    return missing === undefined ? first : `${first}\n  ${plain(missing)}`;
  }

  function loosened(): readonly string[] {
    const { policy } = report;
    if (!policy || policy.weaker.length === 0) return [];
    const by = policy.accepted === undefined ? "not accepted" : `accepted by the label "${policy.accepted}"`;
    const head = paint(plain(`Asks less than ${policy.where} (${by})`), 1);
    return [[head, ...policy.weaker.map(({ what }) => `  ${sign("warned")} ${plain(what)}`)].join("\n")];
  }

  function phases(): readonly string[] {
    const { gate } = report;
    if (!gate) return [];
    return gate.phases.map((result, i) => phaseBlock(result, i, i < needed(gate)));
  }

  function phaseBlock(result: PhaseResult, index: number, required: boolean): string {
    const { holding, total } = progress(result);
    const { name, owner, due } = result.phase;
    const open = incomparables(result);
    const about = [
      `${holding} of ${total}`,
      open === 0 ? "" : `${open} without a comparison`,
      required ? "" : "informs only",
      owner ?? "",
      due === undefined ? "" : isOverdue(result, report.run.at) ? `overdue since ${due}` : `due ${due}`,
    ].filter((part) => part !== "");
    const head = `${sign(result.outcome)} ${paint(plain(`${index + 1} ${name}`), 1)}  ${paint(plain(about.join(" · ")), 2)}`;
    return [head, ...table(result.rules)].join("\n");
  }

  function table(rules: readonly RuleResult[]): readonly string[] {
    const rows = rules.map((result) => [
      result.rule.kpi,
      result.value === undefined ? none(result) : valueText(result.value, result.unit, result.limit),
      limitText(result.limit, result.unit, result.value),
      remark(result),
    ]);
    const widths = [0, 1, 2].map((i) => Math.max(...rows.map((row) => row[i]!.length)));
    return rows.map((row, i) => {
      const cells = [row[0]!.padEnd(widths[0]!), row[1]!.padStart(widths[1]!), row[2]!.padEnd(widths[2]!)];
      const rule = rules[i]!;
      const last = rule.verdict === "met" ? paint(plain(row[3]!), 2) : plain(row[3]!);
      return `    ${sign(signOf(rule))} ${plain(cells.join("   "))}   ${last}`.trimEnd();
    });
  }

  function none(result: RuleResult): string {
    if (isLeftOut(result)) return "left out";
    return result.verdict === "missing" ? "missing" : "no value";
  }

  function remark(result: RuleResult): string {
    const waived = waiverText(result);
    return waived === "" ? plainRemark(result) : `${plainRemark(result)}; ${waived}`;
  }

  function plainRemark({ rule, value, unit, limit, remedy, reason, verdict, owner }: RuleResult): string {
    const whose = owner === undefined ? "" : `, ${owner}`;
    if (reason !== undefined || value === undefined) return `${reason ?? ""}${whose}`;
    const before = verdict === "met" ? undefined : report.kpis.get(rule.kpi)?.before;
    const change = before ? `, ${changeText(value, before, unit)} since the baseline` : "";
    const distance = `${distanceText(value, unit, limit)}${change}`;
    return remedy && verdict !== "met"
      ? `${distance} → ${remedyText(remedy, unit)}${whose}`
      : `${distance}${whose}`;
  }

  function failing(): string {
    const tests = report.tests;
    if (!tests || tests.failing.length === 0) return "";
    const total = tests.counts.failed + tests.counts.errored;
    const lines = tests.failing.slice(0, shownTests).flatMap(failingTest);
    const rest = total - Math.min(total, shownTests);
    return [
      paint(`Failing tests (${total})`, 1),
      ...lines,
      ...(rest > 0 ? [`  ... and ${rest} more`] : []),
    ].join("\n");
  }

  function failingTest(test: ReportedFailure): readonly string[] {
    const place = test.at ? `  ${placeText(test.at)}` : "";
    const first = `  ${sign("broken")} ${test.isNew ? "new: " : ""}${plain(testName(test))}${paint(plain(place), 2)}`;
    return test.message === "" ? [first] : [first, `      ${plain(cut(test.message, 160))}`];
  }

  function findings(): string {
    const { total } = report.findings;
    if (total === 0) return "";
    const shown = worstFindings(report, shownFindings);
    const lines = shown.map(({ tool, rule, severity, message, at }) => {
      const place = at ? `  ${paint(plain(placeText(at)), 2)}` : "";
      const rating = severity === undefined ? "" : `${severity}  `;
      return `  ${rating}${plain(`${tool}: ${rule}  ${cut(message, 120)}`)}${place}`;
    });
    const rest = total > shown.length ? [`  ... and ${total - shown.length} more`] : [];
    return [paint(findingsText(report), 1), ...lines, ...rest].join("\n");
  }

  function uncovered(): string {
    const ranges = report.changes?.uncovered ?? [];
    const files = byFile(ranges);
    if (files.length === 0) return "";
    const lines = files.slice(0, shownFiles).map(({ file, lines }) => `  ${plain(`${file}: ${lines}`)}`);
    const rest =
      files.length > shownFiles ? [`  ... and ${plural(files.length - shownFiles, "more file")}`] : [];
    return [paint(`Uncovered changed lines (${lineCount(ranges)})`, 1), ...lines, ...rest].join("\n");
  }

  function problems(): string {
    const { length } = report.problems;
    if (length === 0) return "";
    const lines = report.problems
      .slice(0, shownProblems)
      .map((problem) => `  ${problemText(problem).replaceAll("\n", "\n  ")}`);
    const rest = length > shownProblems ? [`  ... and ${length - shownProblems} more`] : [];
    return [paint(`Problems (${length})`, 1), ...lines, ...rest].join("\n");
  }

  function evidence(): string {
    return [read(), compared()].filter((line) => line !== "").join("\n");
  }

  function compared(): string {
    if (!report.past) return "";
    const text = pastText(report.past);
    return paint(plain(text.charAt(0).toUpperCase() + text.slice(1)), 2);
  }

  function read(): string {
    if (report.files.length === 0) return "";
    const shown = report.files.slice(0, 6).map(({ path, format }) => `${path} (${format ?? "unknown"})`);
    const rest = report.files.length > 6 ? [`${report.files.length - 6} more`] : [];
    return paint(plain(`Read ${plural(report.files.length, "file")}: ${[...shown, ...rest].join(", ")}`), 2);
  }
}
