import * as z from "zod/mini";
import type { Transport } from "./github-transport.ts";

const pulls = z.array(
  z.object({
    number: z.int().check(z.minimum(1)),
    head: z.object({ sha: z.string(), repo: z.nullable(z.object({ full_name: z.string() })) }),
  }),
);

/**
 * Number of the open pull request whose head is this very commit on this branch of a fork; undefined: there is none, or none
 * any more. The event does not tell it for forks, and the list of the pull requests of a commit leaves them out.
 * https://docs.github.com/rest/pulls/pulls#list-pull-requests Throws an ApiFailure.
 */
export async function findPullRequest(
  { pages }: Transport,
  { repository, branch }: { readonly repository: string; readonly branch: string },
  sha: string,
): Promise<number | undefined> {
  const [owner = ""] = repository.split("/");
  if (owner === "" || branch === "") return undefined;
  const query = { state: "open", head: `${owner}:${branch}` } as const;
  const found = await pages("GET /repos/{owner}/{repo}/pulls", query, pulls, (page) => page);
  const is = ({ head }: (typeof found)[number]) =>
    head.sha === sha && head.repo?.full_name.toLowerCase() === repository.toLowerCase();
  return found.find(is)?.number;
}
