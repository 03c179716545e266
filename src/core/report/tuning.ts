import { plainNumber, plainValue } from "../model/exact.ts";
import type { ReplayedFailure, ReplayedLimit, Tuning } from "../model/tuning.ts";
import { plain } from "./escape.ts";
import { distanceText, grouped, plural, valueText } from "./words.ts";

/** A replay as a page for a terminal. */
export function renderTuning(tuning: Tuning): string {
  const { runs, from, to, red, redChanged, recordedRed, limits } = tuning;
  const head = [
    `Replayed ${plural(runs, "recorded run")}, ${from.slice(0, 10)} to ${to.slice(0, 10)}, each against those before it.`,
    `By the required phases ${grouped(red)} of them would have been red; ${grouped(recordedRed)} ${recordedRed === 1 ? "was" : "were"}.`,
    ...(redChanged === undefined
      ? []
      : [`With what was given in place of their limits, ${grouped(redChanged)} would have been.`]),
  ].join("\n");
  const phases = [...new Set(limits.map(({ phase }) => phase))].map((phase) => {
    const own = limits.filter((limit) => limit.phase === phase);
    const title = phase === null ? "Given" : plain(phase);
    return [title, ...own.map(limitBlock)].join("\n");
  });
  return `${[head, ...phases].join("\n\n")}\n`;
}

function limitBlock(replayed: ReplayedLimit): string {
  const { kpi, limit, judged, incomparable, absent, failures, worst, suggestion } = replayed;
  const left = [
    ...(incomparable === 0 ? [] : [`${grouped(incomparable)} without a comparison`]),
    ...(absent === 0 ? [] : [`${grouped(absent)} without the KPI`]),
  ].join(", ");
  const last = failures.at(-1);
  const found =
    judged === 0
      ? "no run can be judged"
      : failures.length === 0
        ? `holds in all ${grouped(judged)}`
        : `fails in ${grouped(failures.length)} of ${grouped(judged)}`;
  return [
    `    ${plain(`${kpi}   ${limit.text}   ${found}${left === "" ? "" : ` (${left})`}`)}`,
    ...(last ? [failureLine("last", last, replayed)] : []),
    ...(worst && worst !== last ? [failureLine("worst", worst, replayed)] : []),
    ...(suggestion
      ? [
          `        by the spread of the last ${suggestion.of}: ${plain(suggestion.text)}, which ${
            suggestion.failed === 0 ? "holds in all" : `fails in ${suggestion.failed}`
          } of them`,
        ]
      : []),
  ].join("\n");
}

function failureLine(
  which: string,
  { run: { number, at }, value, bound }: ReplayedFailure,
  { unit, limit }: ReplayedLimit,
): string {
  const applied = { ...limit, number: bound() };
  const run = `run ${number} (${at.slice(0, 10)})`;
  return `        ${which.padEnd(6)}${run}: ${plain(`${valueText(value, unit, applied)}, ${distanceText(value, unit, applied)}`)}`;
}

/** The same as a document for other programs; see docs/history.md for its form. */
export function renderTuningJson({ limits, ...about }: Tuning): string {
  const document = { schema: 1, ...about, limits: limits.map(limitDocument) };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function limitDocument(replayed: ReplayedLimit) {
  const { phase, kpi, unit, limit, judged, incomparable, absent, failures, suggestion } = replayed;
  return {
    phase,
    kpi,
    unit,
    limit: limit.text,
    judged,
    incomparable,
    absent,
    failures: failures.map(failureDocument),
    worst: replayed.worst ? replayed.worst.run.number : null,
    suggestion: suggestion ? { limit: suggestion.text, failed: suggestion.failed, of: suggestion.of } : null,
  };
}

function failureDocument({ run: { number, sha, at }, value, bound }: ReplayedFailure) {
  return { number, sha, at, value: plainValue(value), bound: plainNumber(bound()) };
}
