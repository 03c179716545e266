import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "../core/model/config.ts";
import type { Problem } from "../core/model/problem.ts";
import type { Report } from "../core/model/report.ts";
import { plain } from "../core/report/escape.ts";
import { systemClock } from "../io/clock.ts";
import type { Environment } from "../io/environment.ts";
import type { FindAncestry } from "../io/github-ancestry.ts";
import type { HistoryStore } from "../io/history-store.ts";
import { tempTop } from "../io/temp-folder.ts";
import type { Elsewhere, OpenedHistory } from "../past.ts";
import { recordRun } from "../record-run.ts";
import type { Inputs } from "./inputs.ts";
import { outputHistory } from "./outputs.ts";
import { useProxy } from "./proxy.ts";

/** Opens the history of a gate on GitHub. Nothing of the client is loaded where the history is a folder. */
export async function openElsewhere(
  { kind, name }: Elsewhere,
  branch: string | undefined,
  inputs: Pick<Inputs, "token" | "name">,
  { apiUrl, defaultBranch, run: { repository } }: Environment,
): Promise<HistoryStore | Problem> {
  if (repository === undefined) return noRepository(kind, name);
  const [{ openTransport }] = await Promise.all([import("../io/github-transport.ts"), useProxy(process.env)]);
  const access = { apiUrl, token: inputs.token, repository };
  const transport = openTransport(access);
  const [gate, temp] = [inputs.name, tempTop(process.env)];
  if (kind === "branch") {
    const [{ branchStore }, { branchClient }] = await Promise.all([
      import("../io/history-branch.ts"),
      import("../io/github-branch.ts"),
    ]);
    return branchStore({ branch: name, gate, temp }, branchClient(transport, access), systemClock);
  }
  const [{ artifactStore }, { artifactClient }] = await Promise.all([
    import("../io/history-artifact.ts"),
    import("../io/artifacts.ts"),
  ]);
  const place = { name, branch: branch ?? defaultBranch ?? "main", gate, temp };
  const folder = join(temp, "phase-gate", gate, "history");
  return artifactStore({ ...place, folder }, artifactClient(transport, access));
}

function noRepository(kind: string, name: string): Problem {
  const message = `the history lies in the ${kind} ${name}, and GITHUB_REPOSITORY names no repository`;
  return { code: "history-unreadable", severity: "error", message, hint: "Run the action in a workflow." };
}

/** Asks GitHub for the commits that the checkout does not hold. The client is loaded when there is something to ask. */
export function ancestryAsker(
  { token }: Pick<Inputs, "token">,
  { apiUrl, run: { repository } }: Environment,
): FindAncestry | undefined {
  if (repository === undefined) return undefined;
  return async (...asked) => {
    const [{ ancestryFinder }, { openTransport }] = await Promise.all([
      import("../io/github-ancestry.ts"),
      import("../io/github-transport.ts"),
      useProxy(process.env),
    ]);
    return ancestryFinder(openTransport({ apiUrl, token, repository }))(...asked);
  };
}

/** What became of recording a run; without a line there is no history to record it in. */
export interface Recording {
  readonly line: string;
  readonly problems: readonly Problem[];
}

/** Records the run, if it may be recorded. */
export async function record(
  history: OpenedHistory | undefined,
  report: Report,
  { history: wanted, report: taken }: Pick<Inputs, "history" | "report">,
  { plan }: Pick<Environment, "plan">,
  config: Config | null,
): Promise<Recording> {
  if (history === undefined || taken !== undefined) return { line: "", problems: [] };
  // A branch that the configuration names need not be the default branch.
  const against = config?.baseline.branch === undefined ? plan.without.history : undefined;
  const why = wanted ? against : "the input history is off";
  const recorded = why === undefined ? await recordRun(history, report) : undefined;
  const problems = recorded !== undefined && "problems" in recorded ? [...recorded.problems] : [];
  const { upload } = history.store;
  if (why === undefined && upload !== undefined && existsSync(upload))
    problems.push(...outputHistory(upload));
  const reason = why ?? problems[0]?.message.replace(/^this run was not recorded: /, "");
  return { line: reason === undefined ? "recorded\n" : `not recorded (${plain(reason)})\n`, problems };
}
