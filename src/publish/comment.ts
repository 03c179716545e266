import type { Comment, CommentClient } from "../core/model/clients.ts";
import type { Problem } from "../core/model/problem.ts";
import type { Report } from "../core/model/report.ts";
import { commentLimit, renderMarkdown } from "../core/report/markdown.ts";
import { apiFailure, isAmbiguous, notPublished } from "./failure.ts";
import type { Publisher } from "./publisher.ts";

/** One comment for each gate on each pull request: the first own one that bears the marker is the one, for ever. */
export const publishComment: Publisher = async (report, { client, pullRequest }) => {
  if (pullRequest === undefined) return [];
  const marker = markerOf(report);
  const body = `${marker.line}\n${renderMarkdown(report, commentLimit - marker.line.length - 1)}`;
  const find = async (author: string) =>
    (await client.listComments(pullRequest)).filter(
      (one) => one.author === author && one.body.startsWith(marker.begin),
    );
  try {
    const me = await client.viewer();
    const own = await find(me);
    const newer = own.find((comment) => isNewer(comment.body, report));
    if (newer) return [outdated(report)];
    const [first, ...doubles] = own;
    if (first) {
      await client.updateComment(first.id, body);
      for (const { id } of doubles) await client.deleteComment(id);
    } else await create(client, pullRequest, body, () => find(me));
    return [];
  } catch (error) {
    return [notPublished("the comment", error, "pull-requests")];
  }
};

/** Creating is never repeated blindly: after an answer that says nothing, the comment may be there already. */
async function create(
  client: CommentClient,
  pullRequest: number,
  body: string,
  find: () => Promise<readonly Comment[]>,
): Promise<void> {
  try {
    await client.createComment(pullRequest, body);
  } catch (error) {
    if (!isAmbiguous(apiFailure(error))) throw error;
    if ((await find()).length === 0) await client.createComment(pullRequest, body);
  }
}

/** The first line of the comment, and its fixed beginning by which it is found. */
function markerOf({ name, run }: Report): { readonly begin: string; readonly line: string } {
  const begin = `<!-- phase-gate ${name} run=`;
  return { begin, line: `${begin}${run.number ?? 0}.${run.attempt ?? 1} sha=${run.sha ?? "none"} -->` };
}

function isNewer(body: string, { run }: Report): boolean {
  const [, number, attempt] = / run=(\d{1,15})\.(\d{1,6}) /.exec(body.split("\n", 1)[0] ?? "") ?? [];
  if (number === undefined || run.number === undefined) return false;
  return (
    Number(number) > run.number || (Number(number) === run.number && Number(attempt) > (run.attempt ?? 1))
  );
}

function outdated({ run }: Report): Problem {
  const message = `the comment was already written by a newer run than this one (${run.number ?? 0}.${run.attempt ?? 1})`;
  return { code: "outdated-run", severity: "note", message };
}
