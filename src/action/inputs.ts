import { getInput } from "@actions/core";
import type { Problem } from "../core/model/problem.ts";
import type { UpstreamJob } from "../core/model/upstream.ts";
import { readUpstreamJobs } from "../core/read/upstream-jobs.ts";
import { defaultConfigFile } from "../io/config-file.ts";
import { type PublisherName, publishers } from "../publish/index.ts";

/** The inputs of the action, checked. Defaults stand in action.yml. */
export interface Inputs {
  /** Path from the working directory. */
  readonly config: string;
  readonly token: string;
  /** Jobs that ended before this one; empty where the input is left out. */
  readonly upstream: readonly UpstreamJob[];
  /** A report to publish instead of judging: a path, or `artifact:NAME`. Absent: judge. */
  readonly report?: string;
  readonly publish: readonly PublisherName[];
  readonly summary: boolean;
  /** Absent: as the configuration says. */
  readonly mode?: "enforce" | "report";
  /** Whether complete runs of the default branch are recorded. */
  readonly history: boolean;
  readonly workingDirectory: string;
  readonly name: string;
  readonly problems: readonly Problem[];
}

/** The only place where inputs are read. */
export function readInputs(): Inputs {
  const problems: Problem[] = [];
  const wrong = (input: string, message: string, hint: string) =>
    problems.push({ code: "input", severity: "error", message: `input ${input}: ${message}`, hint });

  const known = [...Object.keys(publishers), "summary", "none"];
  const places = getInput("publish")
    .split(/[\s,]+/)
    .filter((place) => place !== "");
  for (const place of places) {
    if (!known.includes(place))
      wrong("publish", `unknown value "${place}"`, `Known are ${known.join(", ")}.`);
  }
  if (places.includes("none") && places.length > 1)
    wrong("publish", '"none" stands alone', "Leave the others out.");

  const mode = getInput("mode");
  if (!["", "enforce", "report"].includes(mode))
    wrong("mode", `unknown value "${mode}"`, "Known are enforce and report.");

  const history = getInput("history") || "auto";
  if (!["auto", "off"].includes(history))
    wrong("history", `unknown value "${history}"`, "Known are auto and off.");

  const name = getInput("name") || "phase-gate";
  const validName = /^[A-Za-z0-9._-]{1,50}$/.test(name);
  if (!validName)
    wrong("name", `"${name}" is not a name`, "Use up to 50 letters, digits, dots, underscores and dashes.");

  const needs = getInput("needs");
  const upstream = needs === "" ? { jobs: [], problems: [] } : readUpstreamJobs(needs);
  problems.push(...upstream.problems);

  const report = getInput("report");

  return {
    ...(report === "" ? {} : { report }),
    config: getInput("config") || defaultConfigFile,
    token: getInput("github-token"),
    upstream: upstream.jobs,
    publish: (Object.keys(publishers) as PublisherName[]).filter((place) => places.includes(place)),
    summary: places.includes("summary"),
    ...(mode === "enforce" || mode === "report" ? { mode } : {}),
    history: history === "auto",
    workingDirectory: getInput("working-directory") || ".",
    name: validName ? name : "phase-gate",
    problems,
  };
}
