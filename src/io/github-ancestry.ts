import * as z from "zod/mini";
import type { Ancestry } from "../core/model/history.ts";
import type { Transport } from "./github-transport.ts";

/** Finds the commits that one stands on, from where it left a branch, as far as one that is wanted. Throws an ApiFailure. */
export type FindAncestry = (
  branch: string,
  commit: string,
  isWanted: (sha: string) => boolean,
) => Promise<Ancestry>;

/** Commits in one answer, and the most answers: 2,000 commits, merged ones among them. */
const perPage = 100;
const mostPages = 20;

const comparison = z.object({ merge_base_commit: z.object({ sha: z.string() }) });
const commits = z.array(z.object({ sha: z.string(), parents: z.array(z.object({ sha: z.string() })) }));

/** The same that git tells in a checkout with all commits; see `ancestryOf`. */
export function ancestryFinder({ call }: Pick<Transport, "call">): FindAncestry {
  /** Undefined where there is none. */
  async function mergeBase(branch: string, commit: string): Promise<string | undefined> {
    // Only the first page lists changed files, which may be many; the merge base stands on every page.
    const asked = { basehead: `${branch}...${commit}`, per_page: 1, page: 2 };
    try {
      const route = "GET /repos/{owner}/{repo}/compare/{basehead}";
      return (await call(route, asked, comparison)).merge_base_commit.sha;
    } catch (error) {
      if (error instanceof Error && /no common ancestor/i.test(error.message)) return undefined;
      throw error;
    }
  }

  return async (branch, commit, isWanted) => {
    const start = await mergeBase(branch, commit);
    const found: string[] = [];
    const parents = new Map<string, string | undefined>();
    let next = start;
    for (let page = 1; next !== undefined && page <= mostPages; page++) {
      const asked = { sha: start ?? "", per_page: perPage, page };
      const listed = await call("GET /repos/{owner}/{repo}/commits", asked, commits);
      for (const {
        sha,
        parents: [first],
      } of listed)
        parents.set(sha, first?.sha);
      while (next !== undefined && parents.has(next)) {
        found.push(next);
        if (isWanted(next)) return { commits: found, shallow: false };
        next = parents.get(next);
      }
      if (listed.length < perPage) break;
    }
    return { commits: found, shallow: false };
  };
}
