import type { CommentClient } from "../core/model/clients.ts";
import type { CommentWhen } from "../core/model/config.ts";
import type { Problem } from "../core/model/problem.ts";
import type { Report } from "../core/model/report.ts";
import { commentLimit, renderMarkdown } from "../core/report/markdown.ts";
import { markerLine, type OwnComment, orderOf, ownComments } from "./comment-marker.ts";
import { nextStep, type Step, type Wanted } from "./comment-step.ts";
import { apiFailure, notPublished } from "./failure.ts";
import { type Delivery, type Destination, leftOut, type Others, type Publisher } from "./publisher.ts";

/** Steps until one comment is left, and failures on the way, at the most. */
const mostSteps = 24;
const mostFailures = 4;
const mostVanished = 3;

/** Milliseconds after which a change that another run sent at the same time has been seen. */
const untilSeen = 1_500;

/** One comment for each gate on each pull request, changed by each newer run. */
export const publishComment: Publisher = async (to) => {
  const { without } = to;
  const { pullRequest } = to.run;
  if (pullRequest === undefined) return leftOut(without.comment ?? "no pull request is known");
  if (without.comment !== undefined) return leftOut(without.comment);
  return {
    others: "unknown",
    finish: (report, others) => finish(to, pullRequest, report, others),
    close: async () => {},
  };
};

async function finish(
  { client, name, run, commentWhen: when }: Destination,
  pullRequest: number,
  report: Report,
  others: Others,
): Promise<Delivery> {
  try {
    if (await hasMoved(client, pullRequest, run.sha)) return outdated("the pull request has a newer commit");
    const marker = markerLine(name, run);
    const body = `${marker}\n${renderMarkdown(report, commentLimit - marker.length - 1)}`;
    const author = await client.viewer();
    const look = async () => ownComments(await client.listComments(pullRequest), name, author);
    const why = when === "always" ? undefined : reasonAgainst(when, report, body, await look());
    if (why !== undefined) return { arrived: false, why, problems: [] };
    const last = await settle(client, pullRequest, look, { order: orderOf(run), body }, others);
    if (last === "outdated") return outdated("another run that began later has written it");
    return { arrived: true, problems: [] };
  } catch (error) {
    return { arrived: false, problems: [notPublished("the comment", error, "pull-requests")] };
  }
}

/** Why there is nothing to write, by what the configuration says of comments. */
function reasonAgainst(
  when: Exclude<CommentWhen, "always">,
  report: Report,
  body: string,
  own: readonly OwnComment[],
): string | undefined {
  const outcome = report.gate?.outcome ?? "error";
  const passes = outcome === "pass" || outcome === "warn";
  if (when === "failures")
    return passes && own.length === 0 ? "comment.when is failures, and nothing fails" : undefined;
  const [first] = own;
  const same = own.length === 1 && first && saidFirst(first.body) === saidFirst(body);
  return same ? "comment.when is changes, and nothing has changed" : undefined;
}

/** The verdict and what blocks it: what stands between the marker and the phases. */
function saidFirst(body: string): string {
  const [, ...lines] = body.replaceAll("\r\n", "\n").split("\n");
  return lines.join("\n").split("<details>", 1).join("").trim();
}

/** Looks, does one step, and looks again, until there is nothing left to do. */
async function settle(
  client: CommentClient,
  pullRequest: number,
  look: () => Promise<ReturnType<typeof ownComments>>,
  wanted: Pick<Wanted, "order" | "body">,
  others: Others,
): Promise<"done" | "outdated"> {
  let [written, failures, vanished] = [false, 0, 0];
  for (let steps = 1; ; steps++) {
    let own: ReturnType<typeof ownComments>;
    try {
      own = await look();
    } catch (error) {
      if (written) return "done";
      throw error;
    }
    if (written && own.length === 0 && vanished < mostVanished) {
      // Two runs that changed and deleted at the same time can leave none; a list may also be older than what was written.
      vanished += 1;
      written = false;
      await client.wait(untilSeen);
      continue;
    }
    const step = nextStep(own, { ...wanted, written, crowded: others === "some" });
    if (step.kind === "done" || step.kind === "outdated") return step.kind;
    if (steps === mostSteps) return "done";
    try {
      await take(client, pullRequest, step, wanted.body);
      if (step.kind !== "delete") written = true;
      if (step.kind === "update" && others === "unknown") await client.wait(untilSeen);
    } catch (error) {
      // What became of a step is seen by looking; a comment that is gone has been deleted by another run.
      failures += 1;
      const { kind, status } = apiFailure(error);
      if (failures === mostFailures || (kind !== "unclear" && status !== 404)) {
        if (written) return "done";
        throw error;
      }
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
