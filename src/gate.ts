import { applyPolicy } from "./core/config/policy.ts";
import { evaluate } from "./core/evaluate.ts";
import type { Changes } from "./core/model/changes.ts";
import type { Config } from "./core/model/config.ts";
import type { SourceEvidence } from "./core/model/evidence.ts";
import type { Past } from "./core/model/history.ts";
import type { BaseConfig } from "./core/model/policy.ts";
import type { Problem } from "./core/model/problem.ts";
import type { Report } from "./core/model/report.ts";
import type { Run } from "./core/model/run.ts";
import type { UpstreamJob } from "./core/model/upstream.ts";
import { gather } from "./gather.ts";
import type { FetchedSources } from "./io/artifact-sources.ts";
import { pathInRepository, type Workspace } from "./io/workspace.ts";
import { atOnce, type Steps } from "./steps.ts";

/** What both shells hand to the gate. */
export interface Settings {
  readonly name: string;
  readonly run: Run;
  readonly config: Config | null;
  readonly problems: readonly Problem[];
  readonly workspace: Workspace;
  /** What the history says to this run; absent where none was given. */
  readonly past?: Past;
  /** The configuration that this one is held against; absent: this run is about no change. */
  readonly baseConfig?: BaseConfig;
  /** Labels that the change bears. */
  readonly labels?: readonly string[];
  /** Which lines changed; absent: this run is about no change. */
  readonly changes?: Changes;
  /** Jobs that ended before this one, where the workflow says so. */
  readonly upstream?: readonly UpstreamJob[];
  /** What was fetched for sources that name artifacts; absent outside of a workflow. */
  readonly fetched?: FetchedSources;
  /** What a Prometheus server answered; absent where it was not asked. */
  readonly answered?: readonly SourceEvidence[];
  /** When the job began, in milliseconds since 1970; older report files are stale. Absent on a laptop. */
  readonly startedAt?: number;
}

/** Finds and reads the report files, and evaluates them. Everything between settings and report. */
export function runGate(settings: Settings): Report {
  return atOnce(gateInSteps(settings));
}

/** The same with a step for each report file. */
export function* gateInSteps(settings: Settings): Steps<Report> {
  const { workspace, startedAt, fetched, answered = [], baseConfig, labels = [], ...given } = settings;
  const ruled = given.config && applyPolicy(given.config, baseConfig, labels);
  const evidence = ruled
    ? yield* gather(ruled.config, { workspace, startedAt, fetched, answered, run: given.run.id })
    : { sources: [], problems: [], root: workspace.root.replaceAll("\\", "/") };
  return evaluate({
    ...given,
    config: ruled?.config ?? null,
    policy: ruled?.policy ?? null,
    problems: [...given.problems, ...(ruled?.problems ?? [])],
    evidence,
    locate: (file) => pathInRepository(file, workspace),
  });
}
