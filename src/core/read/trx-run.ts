import { type Place, type Problem, refuse } from "../model/problem.ts";
import { type Declared, declaredDiffers } from "./declared.ts";
import { firstLine } from "./first-line.ts";
import { maxDetails } from "./test-tally.ts";
import { readCount } from "./text/numbers.ts";
import type { Tag } from "./text/xml.ts";
import { saysAborted } from "./trx-abort.ts";

/** A `RunInfo` that tells of something bad. */
export interface RunError {
  readonly outcome: string;
  readonly line: number;
  text: string;
}

/** What was found among the results, to hold what the run declares against it. */
export interface FoundResults {
  readonly tests: number;
  readonly bad: number;
  /** Results that stand for those inside of them, which runners count as well; and how many of them failed. */
  readonly around: number;
  readonly badAround: number;
  /** How many results have an outcome. */
  readonly outcomes: ReadonlyMap<string, number>;
}

/** Counters of tests that did not come to their end, and the outcome of the results that show them. */
const unfinished = {
  aborted: "Aborted",
  passedButRunAborted: "PassedButRunAborted",
  disconnected: "Disconnected",
  inProgress: "InProgress",
  notRunnable: "NotRunnable",
} as const;

/** Outcomes of a run that came to its end. */
const ended = /^(?:|Passed|Completed|Warning|Failed|Error|Timeout|Inconclusive|NotExecuted)$/i;
const failed = /^(?:Failed|Error|Timeout)$/i;
/** Outcomes of a `RunInfo` that is good to know. */
const harmless = /^(?:|Passed|Completed|Warning|Inconclusive|NotExecuted|Pending)$/i;

const lost = "Tests after the break are missing: look at the log of the test run.";

/** Listens to what a run says of itself: `ResultSummary`, its `Counters` and its `RunInfos`. */
export function runWords(file: string) {
  let summary = { outcome: "", line: 1 };
  let counters = { total: undefined as number | undefined, bad: 0 };
  const states = new Map<string, number>();
  let open: RunError | undefined;
  let aborted: RunError | undefined;
  let outside: RunError | undefined;
  let repeated: RunError | undefined;

  function openCounters(tag: Tag): void {
    const counted = (name: string) => countIn(tag, name, file) ?? 0;
    for (const [name, outcome] of Object.entries(unfinished)) states.set(outcome, counted(name));
    const { aborted, passedButRunAborted, disconnected, inProgress } = unfinished;
    const errored = [aborted, passedButRunAborted, disconnected, inProgress].map((one) => states.get(one)!);
    const bad = [counted("failed"), counted("error"), counted("timeout"), ...errored];
    counters = { total: countIn(tag, "total", file), bad: bad.reduce((sum, count) => sum + count) };
  }

  function closeInfo(info: RunError): void {
    if (repeats(info.text)) repeated ??= info;
    else if (info.outcome === "Aborted" || saysAborted(info.text)) aborted ??= info;
    else outside ??= info;
  }

  return {
    open(name: string, tag: Tag): void {
      if (name === "ResultSummary")
        summary = { outcome: tag.attribute("outcome")?.trim() ?? "", line: tag.line() };
      else if (name === "Counters") openCounters(tag);
      else if (name === "RunInfo") {
        const outcome = tag.attribute("outcome")?.trim() ?? "";
        if (!harmless.test(outcome)) open = { outcome, line: tag.line(), text: "" };
      }
    },
    close(name: string): void {
      if (name !== "RunInfo" || !open) return;
      closeInfo(open);
      open = undefined;
    },
    /** What is being told, whose text is wanted. */
    listening: () => (open && open.text.length < maxDetails ? open : undefined),
    /** Throws InputError where the run did not come to its end. */
    checkEnd({ outcomes }: FoundResults): void {
      const at = { file, line: aborted?.line ?? summary.line };
      const { outcome } = summary;
      if (aborted || outcome === "Aborted") {
        const why = firstLine(aborted?.text ?? "", 200) || 'outcome "Aborted"';
        refuse({ code: "truncated", message: `the test run was aborted: ${why}`, at, hint: lost });
      }
      if (!ended.test(outcome)) {
        const message = `the result summary says "${outcome.slice(0, 80)}" and not that the test run ended`;
        refuse({ code: "truncated", message, at, hint: lost });
      }
      for (const [state, count] of states) {
        const found = outcomes.get(state) ?? 0;
        if (count <= found) continue;
        const message = `the result summary counts ${count} tests as "${state}", found ${found}`;
        refuse({ code: "truncated", message, at, hint: lost });
      }
    },
    /** What the run tells that no failing test shows. */
    error: (anyFailed: boolean) => outside ?? (anyFailed ? undefined : repeated),
    differs({ tests, bad, around, badAround }: FoundResults, isTold: boolean): readonly Problem[] {
      const { total } = counters;
      const explained = total !== undefined && total > tests && total <= tests + around;
      const declared: Declared = {
        who: "the result summary",
        tests: explained ? tests : total,
        bad: counters.bad > bad && counters.bad <= bad + badAround ? bad : counters.bad || outcomeBad(isTold),
      };
      return declaredDiffers(declared, { tests, bad }, { file, line: summary.line });
    },
  };

  /** A run that only says that it failed has one failure, unless it tells which. */
  function outcomeBad(isTold: boolean): number {
    return failed.test(summary.outcome) && !isTold ? 1 : 0;
  }
}

/** One of the counters, if it is there. Throws InputError where it is no count. */
function countIn(tag: Tag, name: string, file: string): number | undefined {
  const text = tag.attribute(name) ?? "";
  const count = readCount(text);
  if (count !== undefined || text === "") return count;
  const message = `the counter "${name}" is no count: ${JSON.stringify(text.slice(0, 80))}`;
  refuse({
    code: "bad-value",
    message,
    at: { file, line: tag.line() },
    hint: "Let the tool write the file again.",
  });
}

/** xUnit's adapter tells of every failing test once more, and Microsoft.Testing.Platform that there were some. */
function repeats(text: string): boolean {
  return /\[FAIL\]\s*$/.test(text) || /^\s*Exit code indicates failure(?!: '(?!2'))/.test(text);
}

/** Tells of an error of the run, which counts as one failed test. */
export function runErrorIn(message: string, at: Place): Problem {
  const what = "the test run reports an error of its own";
  const told = message === "" ? what : `${what}: ${message.slice(0, 200)}`;
  return { code: "suite-error", severity: "note", message: told, at };
}
