import { summary } from "@actions/core";
import type { Problem } from "../core/model/problem.ts";
import type { Report } from "../core/model/report.ts";
import { renderSummary } from "../core/report/markdown.ts";
import type { Mask } from "../core/report/mask.ts";
import type { Settings } from "../gate.ts";
import type { Environment } from "../io/environment.ts";
import { beginPublishing, type Publications } from "../publish/publish.ts";
import type { Inputs } from "./inputs.ts";

/** Makes ready what the inputs ask for. The client is loaded only where there is something to publish. */
export async function begin(
  inputs: Inputs,
  { name, config, run }: Settings,
  { apiUrl }: Environment,
  mask: Mask,
): Promise<Publications> {
  const places = run.repository === undefined ? [] : inputs.publish;
  const access = { apiUrl, token: inputs.token, repository: run.repository ?? "" };
  const { connect } = await import("../io/github.ts");
  const to = { client: connect(access), name, title: mask(config?.title ?? "Phase Gate"), run };
  return beginPublishing(places, to);
}

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
