import { summary } from "@actions/core";
import type { Problem } from "../core/model/problem.ts";
import type { Report } from "../core/model/report.ts";
import { renderSummary } from "../core/report/markdown.ts";
import type { Mask } from "../core/report/mask.ts";
import type { Settings } from "../gate.ts";
import type { Environment } from "../io/environment.ts";
import { beginPublishing, type Publications } from "../publish/publish.ts";
import { onCancel } from "./cancel.ts";
import type { Inputs } from "./inputs.ts";
import { useProxy } from "./proxy.ts";

/** Milliseconds that a job which is cancelled has for closing its check run. */
const timeToClose = 4_000;

/** Makes ready what the inputs ask for. The client is loaded only where there is something to publish. */
export async function begin(
  inputs: Inputs,
  { name, config, run }: Settings,
  { apiUrl, plan }: Environment,
  mask: Mask,
): Promise<Publications> {
  const { repository } = run;
  if (repository === undefined || inputs.publish.length === 0) return nothing;
  const [{ connect }] = await Promise.all([import("../io/github.ts"), useProxy(process.env)]);
  const access = { apiUrl, token: inputs.token, repository };
  const stop = new AbortController();
  const client = connect(access, { stop: stop.signal });
  const to = {
    client,
    name,
    title: mask(config?.title ?? "Phase Gate"),
    phases: config?.phases.map((phase) => mask(phase.name)) ?? [],
    commentWhen: config?.commentWhen ?? "always",
    run,
    without: plan.without,
  };
  const begun = beginPublishing(inputs.publish, to);
  onCancel(async () => {
    stop.abort();
    await (await begun).cancel(connect(access, { patience: timeToClose }));
  });
  return begun;
}

const nothing: Publications = { finish: async () => [], cancel: async () => {} };

/** The job summary comes last, because it also says what could not be published. Older servers have none. */
export async function summarise(report: Report, problems: readonly Problem[]): Promise<readonly Problem[]> {
  if (!process.env["GITHUB_STEP_SUMMARY"]) return [];
  try {
    await summary.addRaw(renderSummary(report, problems)).write();
    return [];
  } catch {
    const message = "the job summary could not be written";
    return [{ code: "not-published", severity: "warning", message }];
  }
}
