import { join } from "node:path";
import { error as logError, warning as logWarning, notice } from "@actions/core";
import type { Problem } from "../core/model/problem.ts";
import { renderConsole } from "../core/report/console.ts";
import { createMask } from "../core/report/mask.ts";
import { maskProblem, maskReport } from "../core/report/mask-report.ts";
import { saidText } from "../core/report/problem-text.ts";
import { headSentence } from "../core/report/sentence.ts";
import { type Environment, readEnvironment } from "../io/environment.ts";
import { secretValues } from "../io/secrets.ts";
import { type WithPast, withPast } from "../past.ts";
import { deliveryLines, problemsOf } from "../publish/deliveries.ts";
import { askingClient, pullOf, withChange } from "./change.ts";
import { judgeInThread, judgesOnly } from "./gate-thread.ts";
import { ancestryAsker, openElsewhere, record } from "./history.ts";
import { type Inputs, readInputs } from "./inputs.ts";
import { judge } from "./judged.ts";
import { beginOutputs, writeOutputs } from "./outputs.ts";
import { begin, type Publishing, summarise } from "./publishing.ts";
import { withPullRequest } from "./pull-request.ts";
import { settingsOf } from "./settings.ts";

/** Nothing leaves this program but through it. */
const mask = createMask(secretValues(process.env));

if (judgesOnly) judgeInThread();
else await run();

async function run(): Promise<void> {
  // Node ends with 0 when its event loop runs dry, which must never look like a verdict.
  process.exitCode = 70;
  try {
    process.exitCode = await main();
  } catch (error) {
    const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stdout.write(`phase-gate: internal error, please report it\n${mask(trace)}\n`);
    process.exitCode = 3;
  }
}

/** What is begun before the verdict is brought to an end, whatever happens. */
async function main(): Promise<number> {
  const started = beginOutputs();
  const inputs = readInputs();
  const runner = readEnvironment(process.env, new Date().toISOString());
  const environment = await withPullRequest(runner, inputs);
  const given = await withChange(settingsOf(inputs, environment), pullOf(environment), inputs, () =>
    askingClient(inputs, environment),
  );
  const past = await withPast(given, {
    branch: environment.defaultBranch,
    findAncestry: ancestryAsker(inputs, environment),
    elsewhere: (place) => openElsewhere(place, given.config?.baseline.branch, inputs, environment),
  });
  const publishing = await begin(inputs, past.settings, environment, mask);
  try {
    return await judgeAndPublish(started, inputs, environment, past, publishing);
  } catch (error) {
    await publishing.abandon();
    throw error;
  }
}

/** Verdict first, publishing after: nothing below the outputs changes the exit code. */
async function judgeAndPublish(
  started: readonly Problem[],
  inputs: Inputs,
  environment: Environment,
  { settings, history }: WithPast,
  publishing: Publishing,
): Promise<number> {
  const judged = await judge(inputs, settings, environment);
  const report = maskReport(judged.report, mask);
  const folder = join(process.env["RUNNER_TEMP"] ?? ".", "phase-gate", inputs.name);
  const unwritten = started.length > 0 ? started : writeOutputs(report, folder);
  process.stdout.write(renderConsole(report));
  const deliveries = await publishing.finish(report);
  const recording = await record(history, report, inputs, environment, settings.config);
  const losses = [...unwritten, ...recording.problems, ...problemsOf(deliveries)].map((problem) =>
    maskProblem(problem, mask),
  );
  if (inputs.summary) losses.push(...(await summarise(report, losses, deliveries)));
  process.stdout.write(mask(deliveryLines(deliveries) + recording.line));
  for (const problem of losses) (problem.severity === "note" ? notice : logWarning)(saidText(problem));
  if (judged.code !== 0) logError(headSentence(report));
  return unwritten.length > 0 ? 4 : judged.code;
}
