import * as z from "zod/mini";
import type { ChangeClient } from "../core/model/clients.ts";
import type { Transport } from "./github-transport.ts";

const file = z.object({ type: z.literal("file"), encoding: z.literal("base64"), content: z.string() });
const commit = z.object({ sha: z.string() });
const labels = z.array(z.object({ name: z.string() }));
const changedFiles = z.array(
  z.object({
    filename: z.string(),
    status: z.string(),
    additions: z.number(),
    patch: z.optional(z.string()),
  }),
);

/** The calls that tell what a pull request changes. */
export function changeClient({ call, pages }: Transport): ChangeClient {
  return {
    async textAt(path, ref) {
      try {
        const { content } = await call("GET /repos/{owner}/{repo}/contents/{path}", { path, ref }, file);
        return Buffer.from(content, "base64").toString("utf8");
      } catch (error) {
        if (!(error instanceof Error && "status" in error && error.status === 404)) throw error;
        // Not found is also what a token hears that may not look: only where it sees the commit, the file is not there.
        await call("GET /repos/{owner}/{repo}/git/commits/{commit_sha}", { commit_sha: ref }, commit);
        return null;
      }
    },
    async labels(pullRequest) {
      const route = "GET /repos/{owner}/{repo}/issues/{issue_number}/labels";
      const found = await pages(route, { issue_number: pullRequest }, labels, (page) => page);
      return found.map(({ name }) => name);
    },
    async changedFiles(pullRequest) {
      const route = "GET /repos/{owner}/{repo}/pulls/{pull_number}/files";
      const found = await pages(route, { pull_number: pullRequest }, changedFiles, (page) => page);
      return found.map(({ filename, status, additions, patch }) => ({
        path: filename,
        removed: status === "removed",
        renamed: status === "renamed",
        additions,
        ...(patch === undefined ? {} : { patch }),
      }));
    },
  };
}
