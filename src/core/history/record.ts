import type { RecordedKpi, RecordedTests, RunRecord } from "../model/history.ts";
import { isError } from "../model/problem.ts";
import type { Report } from "../model/report.ts";
import { maxIdentity, testIdentity } from "../model/test-identity.ts";

/** Most failing and most flaky tests that a record names, and how much of a name and a message it keeps. */
export const maxTests = 2_000;
export const maxName = maxIdentity;
const maxMessage = 200;

/** What a record knows beyond the report. */
export type Place = Pick<RunRecord, "id" | "number" | "attempt" | "sha" | "parents" | "branch">;

/**
 * Why a run may not be recorded; undefined where it may: it was judged, nothing is wrong with its evidence, and no required
 * phase misses a number. A red run is complete; one without a comparison yet is, too, or no first run could ever be recorded.
 */
export function whyIncomplete({ gate, problems }: Report): string | undefined {
  if (!gate) return "it was not judged";
  const error = problems.find(isError);
  if (error) return `its evidence has an error (${error.code})`;
  const missing = gate.phases
    .slice(0, gate.require)
    .flatMap(({ rules }) => rules)
    .find(({ verdict, rule }) => verdict === "missing" && rule.missing === "error");
  return missing && `${missing.rule.kpi} is missing`;
}

/** The record of a complete run. */
export function recordOf(report: Report, place: Place): RunRecord {
  const { gate, kpis, tests, files, run } = report;
  const families: Record<string, number> = {};
  for (const { family } of files) if (family) families[family] = (families[family] ?? 0) + 1;
  return {
    ...place,
    at: run.at,
    outcome: gate?.outcome ?? "error",
    reached: (gate?.phases ?? []).slice(0, gate?.reached).map(({ phase }) => phase.name),
    kpis: new Map([...kpis].map(([name, kpi]): [string, RecordedKpi] => [name, recorded(kpi)])),
    tests: tests && recordedTests(tests),
    files: families,
  };
}

function recorded({ unit, better, value }: RecordedKpi): RecordedKpi {
  return { unit, better, value };
}

function recordedTests({ counts, failing, flaky }: NonNullable<Report["tests"]>): RecordedTests {
  return {
    counts,
    failing: failing
      .slice(0, maxTests)
      .map((test) => ({ test: testIdentity(test), message: test.message.slice(0, maxMessage) })),
    flaky: flaky.slice(0, maxTests).map(testIdentity),
  };
}
