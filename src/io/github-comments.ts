import * as z from "zod/mini";
import type { CommentClient } from "../core/model/clients.ts";
import type { Transport } from "./github-transport.ts";

const viewer = z.object({
  data: z.object({ viewer: z.object({ login: z.string().check(z.minLength(1)) }) }),
});
const comments = z.array(
  z.object({ id: z.number(), body: z.nullish(z.string()), user: z.nullish(z.object({ login: z.string() })) }),
);
const written = z.object({ id: z.number() });
const pull = z.object({ head: z.object({ sha: z.string() }) });

/** Login of the workflow's own token. */
const workflowLogin = "github-actions[bot]";

/** The calls that a sticky comment needs. */
export function commentClient({ call, pages, graphql, wait }: Transport): CommentClient {
  return {
    wait,
    async viewer() {
      try {
        return (await graphql("{ viewer { login } }", viewer)).data.viewer.login;
      } catch (error) {
        // Servers without this query still know the workflow's own token.
        if (error instanceof Error && "status" in error && error.status === 404) return workflowLogin;
        throw error;
      }
    },
    async listComments(pullRequest) {
      const route = "GET /repos/{owner}/{repo}/issues/{issue_number}/comments";
      const found = await pages(route, { issue_number: pullRequest }, comments, (page) => page);
      return found.map(({ id, body, user }) => ({ id, body: body ?? "", author: user?.login ?? "" }));
    },
    async createComment(pullRequest, body) {
      const route = "POST /repos/{owner}/{repo}/issues/{issue_number}/comments";
      await call(route, { issue_number: pullRequest, body }, written);
    },
    async updateComment(id, body) {
      await call(
        "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}",
        { comment_id: id, body },
        written,
      );
    },
    async deleteComment(id) {
      const route = "DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}";
      await call(route, { comment_id: id }, z.undefined());
    },
    async headOf(pullRequest) {
      const route = "GET /repos/{owner}/{repo}/pulls/{pull_number}";
      return (await call(route, { pull_number: pullRequest }, pull)).head.sha;
    },
  };
}
