import { existsSync, realpathSync } from "node:fs";
import { join, resolve } from "node:path";
import { error as logError, warning as logWarning, notice, summary } from "@actions/core";
import { exitCode } from "../core/model/exit-code.ts";
import type { Problem } from "../core/model/problem.ts";
import type { Report } from "../core/model/report.ts";
import { renderConsole } from "../core/report/console.ts";
import { renderSummary } from "../core/report/markdown.ts";
import { saidText } from "../core/report/problem-text.ts";
import { headSentence } from "../core/report/sentence.ts";
import { runGate } from "../gate.ts";
import { type LoadedConfig, loadConfig } from "../io/config-file.ts";
import { type Environment, readEnvironment } from "../io/environment.ts";
import { connect } from "../io/github.ts";
import { baseOf, findWorkspaceRoot } from "../io/workspace.ts";
import { publishers } from "../publish/index.ts";
import { type Inputs, readInputs } from "./inputs.ts";
import { beginOutputs, writeOutputs } from "./outputs.ts";

// Node ends with 0 when its event loop runs dry, which must never look like a verdict.
process.exitCode = 70;

try {
  process.exitCode = await main();
} catch (error) {
  process.stdout.write(
    `phase-gate: internal error, please report it\n${error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exitCode = 3;
}

/** Verdict first, publishing after: nothing below the outputs changes the exit code. */
async function main(): Promise<number> {
  const started = beginOutputs();
  const inputs = readInputs();
  const environment = await readEnvironment(process.env, new Date().toISOString());
  const report = judge(inputs, environment);
  const folder = join(process.env["RUNNER_TEMP"] ?? ".", "phase-gate", inputs.name);
  const unwritten = started.length > 0 ? started : writeOutputs(report, folder);
  process.stdout.write(renderConsole(report));
  const unpublished = await publish(report, inputs, environment);
  await summarise(report, inputs, [...unwritten, ...unpublished]);
  for (const problem of [...unwritten, ...unpublished])
    (problem.severity === "note" ? notice : logWarning)(saidText(problem));
  const code = exitCode(report);
  if (code !== 0) logError(headSentence(report));
  return unwritten.length > 0 ? 4 : code;
}

function judge(inputs: Inputs, { run, startedAt, problems }: Environment): Report {
  const root = findWorkspaceRoot(process.cwd(), process.env);
  const cwd = resolve(root, inputs.workingDirectory);
  const {
    config,
    file,
    problems: wrong,
  } = existsSync(cwd) ? loadConfig(inputs.config, cwd) : noFolder(inputs);
  const base = file === undefined ? realpathSync(cwd) : baseOf(file, cwd);
  return runGate({
    name: inputs.name,
    run,
    config: config && { ...config, mode: inputs.mode ?? config.mode },
    problems: [...inputs.problems, ...problems, ...wrong],
    workspace: { root, base },
    upstream: inputs.upstream,
    ...(startedAt === undefined ? {} : { startedAt }),
  });
}

function noFolder({ workingDirectory: file }: Inputs): LoadedConfig {
  const hint = "It is relative to the workspace.";
  const message = "input working-directory: the folder does not exist";
  return {
    file,
    config: null,
    problems: [{ code: "input", severity: "error", message, at: { file }, hint }],
  };
}

async function publish(
  report: Report,
  inputs: Inputs,
  { run, apiUrl }: Environment,
): Promise<readonly Problem[]> {
  if (inputs.publish.length === 0 || run.repository === undefined) return [];
  const client = connect({ apiUrl, token: inputs.token, repository: run.repository });
  const { pullRequest, sha } = run;
  const to = {
    client,
    ...(pullRequest === undefined ? {} : { pullRequest }),
    ...(sha === undefined ? {} : { sha }),
  };
  const problems: Problem[] = [];
  for (const name of inputs.publish) problems.push(...(await publishers[name](report, to)));
  return problems;
}

/** The job summary comes last, because it also says what could not be published. Older servers have none. */
async function summarise(report: Report, inputs: Inputs, problems: readonly Problem[]): Promise<void> {
  if (!inputs.summary || !process.env["GITHUB_STEP_SUMMARY"]) return;
  try {
    await summary.addRaw(renderSummary(report, problems)).write();
  } catch {
    logWarning("The job summary could not be written.");
  }
}
