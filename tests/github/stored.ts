import { gitArchive } from "./git-archive.ts";
import { type FakeTree, filesAt } from "./git-store.ts";
import type { State } from "./state.ts";

/** What lies beside the API at a path: the content of an artifact by its id, or the archive of a commit. */
export function storedAt({ artifacts, git }: State, path: string): Uint8Array | undefined {
  const [, owner, repo, commit] = /^\/([\w.-]+)\/([\w.-]+)\/legacy\.zip\/([0-9a-f]{40})$/.exec(path) ?? [];
  if (commit === undefined) return artifacts.find(({ id }) => `/${id}` === path)?.content;
  const files = filesAt(git, commit);
  if (files === undefined) return undefined;
  // Whoever shows no token gets the first seven digits of the commit.
  const archive = archives.get(files) ?? gitArchive(files, `${owner}-${repo}-${commit}`, commit);
  archives.set(files, archive);
  return archive;
}

/** Runs that begin at once ask for the same one. */
const archives = new WeakMap<FakeTree, Uint8Array>();
