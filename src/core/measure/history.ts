import type { Past, RunRecord } from "../model/history.ts";
import { amount, type Incomparable, type Kpi, ratio } from "./kpi.ts";

/** Days before the newest recorded run that rates and times look back over: as far as every run is kept. */
const days = 90;

/** KPIs of the recorded runs of the default branch. A run is red when its outcome was fail or error. */
export const historyKpis = {
  "history.runs": {
    label: "Recorded runs",
    unit: "count",
    better: "higher",
    definition: "Recorded runs of the default branch, without the one that is judged.",
    step: ["more recorded run", "more recorded runs"],
    looksBack: true,
    measure: ({ past }) => amount(past?.records.length),
  },
  // Mean operating time between failures, IEC 60050-192:2015, 192-05-13: time in operation divided by failures.
  "history.mtbf": {
    label: "Mean time between failures",
    unit: "ms",
    better: "higher",
    definition: `Time that the default branch was green in the ${days} days before its newest recorded run, divided by how often it turned red.`,
    step: ["more", "more"],
    looksBack: true,
    measure: ({ past }) => {
      if (!past) return undefined;
      const { green, failures } = spans(past);
      return failures.length > 0 ? amount(green / failures.length) : neverRed(past);
    },
  },
  // Time to restore service, as the DORA research program asks for it: https://dora.dev/guides/dora-metrics-four-keys/
  "history.recovery_time": {
    label: "Recovery time",
    unit: "ms",
    better: "lower",
    definition: `Mean time from a run that turned the default branch red to the next green one, in the ${days} days before the newest recorded run; one that lasts counts until now.`,
    step: ["less", "less"],
    looksBack: true,
    measure: ({ past }) => {
      if (!past) return undefined;
      const { failures } = spans(past);
      const total = failures.reduce((sum, length) => sum + length, 0);
      return failures.length > 0 ? amount(total / failures.length) : neverRed(past);
    },
  },
  // After the change failure rate of the DORA research program, with runs in place of deployments.
  "history.failure_rate": {
    label: "Failure rate",
    unit: "%",
    better: "lower",
    definition: `Red runs of the recorded runs of the default branch, in the ${days} days before the newest.`,
    step: ["fewer red run", "fewer red runs"],
    looksBack: true,
    measure: ({ past }) => {
      const runs = past && recent(past);
      return runs && (ratio(runs.filter(isRed).length, runs.length) ?? nothing("no recorded run yet"));
    },
  },
  "history.flaky_rate": {
    label: "Flaky rate",
    unit: "%",
    better: "lower",
    definition: `Recorded runs with at least one flaky test, of those with tests, in the ${days} days before the newest.`,
    step: ["fewer run with a flaky test", "fewer runs with a flaky test"],
    looksBack: true,
    measure: ({ past }) => {
      const tested = past && recent(past).flatMap(({ tests }) => tests ?? []);
      const flaky = tested?.filter(({ counts }) => counts.flaky > 0);
      return tested && flaky && (ratio(flaky.length, tested.length) ?? nothing("no recorded run has tests"));
    },
  },
} as const satisfies Record<string, Kpi>;

function nothing(what: string): Incomparable {
  return { kind: "incomparable", reason: what };
}

function neverRed({ records }: Past): Incomparable {
  if (records.length === 0) return nothing("no recorded run yet");
  return nothing(`the default branch never turned red in the ${days} days before its newest recorded run`);
}

/** Counted from the newest run and not from now: no number gets better or goes away because nobody works. */
function recent({ records }: Past): readonly RunRecord[] {
  const border = newest(records) - days * 86_400_000;
  return records.filter((record) => Date.parse(record.at) >= border);
}

function newest(records: readonly RunRecord[]): number {
  return records.reduce((latest, { at }) => Math.max(latest, Date.parse(at)), Number.NEGATIVE_INFINITY);
}

function isRed({ outcome }: RunRecord): boolean {
  return outcome === "fail" || outcome === "error";
}

/** Milliseconds of green, and of each stretch of red. A run's colour lasts until the next one, red of the last until now. */
function spans(past: Past): { readonly green: number; readonly failures: readonly number[] } {
  const runs = recent(past);
  const failures: number[] = [];
  let green = 0;
  let wasRed = false;
  for (const [i, run] of runs.entries()) {
    const red = isRed(run);
    const end = runs[i + 1]?.at ?? (red ? past.at : run.at);
    // Clocks differ between machines; time never runs backwards here.
    const length = Math.max(0, Date.parse(end) - Date.parse(run.at));
    if (!red) green += length;
    else if (wasRed) failures[failures.length - 1]! += length;
    else failures.push(length);
    wasRed = red;
  }
  return { green, failures };
}
