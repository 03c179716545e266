import { summary } from "@actions/core";
import type { Problem } from "../core/model/problem.ts";
import type { Report } from "../core/model/report.ts";
import { renderSummary } from "../core/report/markdown.ts";
import type { Mask } from "../core/report/mask.ts";
import type { Settings } from "../gate.ts";
import type { Environment } from "../io/environment.ts";
import { type Deliveries, leftOutText } from "../publish/deliveries.ts";
import { beginPublishing } from "../publish/publish.ts";
import type { Ending } from "../publish/publisher.ts";
import { onCancel } from "./cancel.ts";
import type { Inputs } from "./inputs.ts";
import { useProxy } from "./proxy.ts";

/** Milliseconds that a run without a verdict has for closing its check run. */
const timeToClose = 4_000;

/** Makes ready what the inputs ask for. The client is loaded only where there is something to publish. */
export async function begin(
  inputs: Inputs,
  { name, config, run }: Settings,
  { apiUrl, plan }: Environment,
  mask: Mask,
): Promise<Publishing> {
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
  const close = async (why: Ending) => {
    stop.abort();
    await (await begun).close(connect(access, { patience: timeToClose }), why);
  };
  onCancel(() => close("cancelled"));
  const { finish } = await begun;
  return { finish, abandon: () => close("failed") };
}

/** What becomes of a report: it is published, or given up by an error of ours. */
export interface Publishing {
  readonly finish: (report: Report) => Promise<Deliveries>;
  readonly abandon: () => Promise<void>;
}

const nothing: Publishing = { finish: async () => [], abandon: async () => {} };

/** The job summary comes last, because it also says what could not be published. Older servers have none. */
export async function summarise(
  report: Report,
  problems: readonly Problem[],
  deliveries: Deliveries,
): Promise<readonly Problem[]> {
  if (!process.env["GITHUB_STEP_SUMMARY"]) return [];
  try {
    await summary.addRaw(renderSummary(report, problems, leftOutText(deliveries))).write();
    return [];
  } catch {
    const message = "the job summary could not be written";
    return [{ code: "not-published", severity: "warning", message }];
  }
}
