import { resolve } from "node:path";
import { isArtifactSource, type Source } from "../core/model/config.ts";
import { exitCode } from "../core/model/exit-code.ts";
import { InputError, isError, type Problem } from "../core/model/problem.ts";
import type { Report } from "../core/model/report.ts";
import type { Settings } from "../gate.ts";
import type { FetchedSources } from "../io/artifact-sources.ts";
import type { Environment } from "../io/environment.ts";
import { readTextFile } from "../io/text-file.ts";
import { isInside } from "../io/workspace.ts";
import { withAnswers } from "../live.ts";
import { withArtifacts } from "./artifacts.ts";
import { runGateListening } from "./gate-thread.ts";
import type { Inputs } from "./inputs.ts";
import { useProxy } from "./proxy.ts";

/** A report, and the exit code that the step owes it. */
export interface Judged {
  readonly report: Report;
  readonly code: 0 | 1 | 2;
}

/** Judges, or takes over the report of a run that judged and could not publish. */
export async function judge(inputs: Inputs, settings: Settings, environment: Environment): Promise<Judged> {
  if (inputs.report !== undefined) return takeOver(inputs.report, inputs, settings, environment);
  const sources = Object.values(settings.config?.sources ?? {}).flat();
  if (settings.config?.prometheus) await useProxy(process.env);
  const answered = await withAnswers(settings, process.env);
  return withArtifacts(sources, inputs, environment, async (fetched) => {
    const report = await runGateListening({ ...answered, fetched });
    return { report, code: exitCode(report) };
  });
}

/**
 * The exit code is that of taking over, not of the verdict: the run that judged has given its own. The file may come from
 * anyone, so it says only what was judged; which run, commit, pull request and gate it is about comes from the event, and so
 * does the title, which names the check run.
 */
async function takeOver(
  named: string,
  inputs: Inputs,
  { name, config, run, workspace, ...settings }: Settings,
  environment: Environment,
): Promise<Judged> {
  const about = { name, title: config?.title ?? "Phase Gate", run };
  // Nothing is judged, so a configuration that is not there is missing to nobody.
  const problems = settings.problems.filter(({ code }) => !code.startsWith("config-"));
  const source: Source = { glob: named, optional: false, allowStale: false };
  const { maxReportText, readReport } = await import("../core/report/read-report.ts");
  return withArtifacts([source], inputs, environment, (fetched) => {
    try {
      const wrong = problems.find(isError);
      if (wrong) throw new InputError(wrong);
      const path = isArtifactSource(source) ? fetchedFile(source, fetched) : resolve(workspace.root, named);
      if (!isArtifactSource(source) && !isInside(path, workspace.root))
        throw new InputError(refused(named, "leads outside the workspace"));
      const report = readReport(readTextFile(path, named, maxReportText), named);
      return { report: { ...report, ...about, problems: [...report.problems, ...problems] }, code: 0 };
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      return { report: { ...nothing, ...about, problems: [error.problem, ...problems] }, code: 2 };
    }
  });
}

const nothing = {
  mode: "enforce",
  gate: null,
  kpis: new Map(),
  tests: null,
  findings: { total: 0, kept: [] },
  changes: null,
  policy: null,
  files: [],
} as const;

function fetchedFile(source: Source, fetched: FetchedSources): string {
  const { files, problems } = fetched.get(source) ?? { files: [], problems: [] };
  if (problems[0]) throw new InputError(problems[0]);
  const [file, ...more] = files;
  if (file === undefined) throw new InputError(refused(source.glob, "is not among the artifacts of the run"));
  if (more.length > 0)
    throw new InputError(refused(source.glob, `is one of ${files.length} files; name one of them`));
  return file.path;
}

function refused(file: string, what: string): Problem {
  const hint = "Name the report.json that the gate wrote, or the artifact that holds it alone.";
  return { code: "report-refused", severity: "error", message: `the report ${what}`, at: { file }, hint };
}
