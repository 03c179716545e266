import * as z from "zod/mini";
import { type Download, openDownloads } from "./download.ts";
import type { GitHubAccess, Transport, World } from "./github-transport.ts";

/** A file of a tree to be: its text, or null where it goes. */
export interface TreeChange {
  readonly path: string;
  readonly text: string | null;
}

/** The calls that keep files on a branch. All throw an ApiFailure; doing one again does no harm. */
export interface BranchClient {
  /** The commit that a branch is at; undefined where there is no such branch. */
  headOf(branch: string): Promise<string | undefined>;
  treeOf(commit: string): Promise<string>;
  hasFile(path: string, commit: string): Promise<boolean>;
  /** A tree like another one, or an empty one, with some changes. */
  createTree(base: string | undefined, changes: readonly TreeChange[]): Promise<string>;
  createCommit(tree: string, parent: string | undefined, message: string): Promise<string>;
  /** Refused with status 422 where there is one of that name. */
  createBranch(branch: string, commit: string): Promise<void>;
  /** Only forward: refused with status 422 where the branch is no longer at the parent of the commit. */
  moveBranch(branch: string, commit: string): Promise<void>;
  /** All files of a commit as a ZIP archive, brought to a path. */
  download(commit: string, target: string): Promise<void>;
}

/** Largest archive of a branch that is downloaded. 256 MiB. */
const most = 2 ** 28;

const object = z.object({ sha: z.string().check(z.regex(/^[0-9a-f]{40}$/)) });
const reference = z.object({ ref: z.string(), object });
const commitObject = z.object({ sha: z.string(), tree: object });

/** https://docs.github.com/rest/guides/using-the-rest-api-to-interact-with-your-git-database */
export function branchClient(transport: Transport, access: GitHubAccess, world: World = {}): BranchClient {
  const { call, locate } = transport;
  const download: Download = openDownloads(access, world);
  const harmless = { again: true };
  return {
    async headOf(branch) {
      // Asking for the one reference would answer 404 to a token that may not look as well.
      const route = "GET /repos/{owner}/{repo}/git/matching-refs/{ref}";
      const found = await call(route, { ref: `heads/${branch}` }, z.array(reference));
      return found.find(({ ref }) => ref === `refs/heads/${branch}`)?.object.sha;
    },
    async treeOf(commit) {
      const route = "GET /repos/{owner}/{repo}/git/commits/{commit_sha}";
      return (await call(route, { commit_sha: commit }, commitObject)).tree.sha;
    },
    async hasFile(path, commit) {
      const route = "GET /repos/{owner}/{repo}/contents/{path}";
      try {
        await call(route, { path, ref: commit }, z.object({ type: z.literal("file") }), { believed: 404 });
        return true;
      } catch (error) {
        if (error instanceof Error && "status" in error && error.status === 404) return false;
        throw error;
      }
    },
    async createTree(base, changes) {
      const tree = changes.map(({ path, text }) => ({
        path,
        mode: "100644" as const,
        type: "blob" as const,
        ...(text === null ? { sha: null } : { content: text }),
      }));
      const given = base === undefined ? { tree } : { base_tree: base, tree };
      return (await call("POST /repos/{owner}/{repo}/git/trees", given, object, harmless)).sha;
    },
    async createCommit(tree, parent, message) {
      const given = { tree, message, parents: parent === undefined ? [] : [parent] };
      return (await call("POST /repos/{owner}/{repo}/git/commits", given, object, harmless)).sha;
    },
    async createBranch(branch, commit) {
      const given = { ref: `refs/heads/${branch}`, sha: commit };
      const options = { ...harmless, believed: 422 };
      await call("POST /repos/{owner}/{repo}/git/refs", given, reference, options);
    },
    async moveBranch(branch, commit) {
      const route = "PATCH /repos/{owner}/{repo}/git/refs/{ref}";
      const given = { ref: `heads/${branch}`, sha: commit, force: false };
      await call(route, given, reference, { ...harmless, believed: 422 });
    },
    async download(commit, target) {
      const route = "GET /repos/{owner}/{repo}/zipball/{ref}";
      await download(() => locate(route, { ref: commit }), target, { most });
    },
  };
}
