import type { CommentClient } from "../core/model/clients.ts";
import type { Problem } from "../core/model/problem.ts";
import { commentLimit, renderMarkdown } from "../core/report/markdown.ts";
import { markerLine, orderOf, ownComments } from "./comment-marker.ts";
import { nextStep, type Step, type Wanted } from "./comment-step.ts";
import { apiFailure, notPublished } from "./failure.ts";
import type { Delivery, Publisher } from "./publisher.ts";

/** Steps until one comment is left, and failures on the way, at the most. */
const mostSteps = 24;
const mostFailures = 4;

/** One comment for each gate on each pull request, changed by each newer run. */
export const publishComment: Publisher = async ({ client, name, run }) => ({
  crowded: false,
  async finish(report, crowded) {
    const { pullRequest, sha } = run;
    if (pullRequest === undefined)
      return { arrived: false, why: "this run has no pull request", problems: [] };
    try {
      if (await hasMoved(client, pullRequest, sha)) return outdated("the pull request has a newer commit");
      const marker = markerLine(name, run);
      const body = `${marker}\n${renderMarkdown(report, commentLimit - marker.length - 1)}`;
      const author = await client.viewer();
      const look = async () => ownComments(await client.listComments(pullRequest), name, author);
      const last = await settle(client, pullRequest, look, { order: orderOf(run), body, crowded });
      return last === "outdated"
        ? outdated("another run that began later has written it")
        : { arrived: true, problems: [] };
    } catch (error) {
      return { arrived: false, problems: [notPublished("the comment", error, "pull-requests")] };
    }
  },
  cancel: async () => {},
});

/** Looks, does one step, and looks again, until there is nothing left to do. */
async function settle(
  client: CommentClient,
  pullRequest: number,
  look: () => Promise<ReturnType<typeof ownComments>>,
  wanted: Omit<Wanted, "written">,
): Promise<"done" | "outdated"> {
  let [written, failures] = [false, 0];
  for (let steps = 1; ; steps++) {
    try {
      const step = nextStep(await look(), { ...wanted, written });
      if (step.kind === "done" || step.kind === "outdated") return step.kind;
      if (steps === mostSteps) return "done";
      await take(client, pullRequest, step, wanted.body);
      if (step.kind !== "delete") written = true;
    } catch (error) {
      failures += 1;
      if (written && failures > 1) return "done";
      // What became of a step is seen by looking; a comment that is gone has been deleted by another run.
      const { kind, status } = apiFailure(error);
      if ((kind !== "unclear" && status !== 404) || failures === mostFailures) throw error;
    }
  }
}

async function take(
  client: CommentClient,
  pullRequest: number,
  step: Exclude<Step, { kind: "done" | "outdated" }>,
  body: string,
): Promise<void> {
  if (step.kind === "create") await client.createComment(pullRequest, body);
  else if (step.kind === "update") await client.updateComment(step.id, body);
  else for (const id of step.ids) await remove(client, id);
}

/** Another run may have deleted it before. */
async function remove(client: CommentClient, id: number): Promise<void> {
  try {
    await client.deleteComment(id);
  } catch (error) {
    if (apiFailure(error).status !== 404) throw error;
  }
}

/** Whether the pull request has another head by now. A server that does not say costs no comment. */
async function hasMoved(
  client: CommentClient,
  pullRequest: number,
  sha: string | undefined,
): Promise<boolean> {
  try {
    return sha !== undefined && (await client.headOf(pullRequest)) !== sha;
  } catch {
    return false;
  }
}

function outdated(why: string): Delivery {
  const problem: Problem = {
    code: "outdated-run",
    severity: "note",
    message: `the comment was not touched: ${why}`,
  };
  return { arrived: false, why, problems: [problem] };
}
