import { zipFile } from "../runner/zip-file.ts";
import { type FakeTree, filesAt } from "./git-store.ts";
import type { State } from "./state.ts";

/** What lies beside the API at a path: the content of an artifact by its id, or the archive of a commit. */
export function storedAt({ artifacts, git }: State, path: string): Uint8Array | undefined {
  const commit = /^\/legacy\.zip\/([0-9a-f]{40})$/.exec(path)?.[1];
  if (commit === undefined) return artifacts.find(({ id }) => `/${id}` === path)?.content;
  const files = filesAt(git, commit);
  if (files === undefined) return undefined;
  const archive = archives.get(files) ?? archiveOf(files, commit);
  archives.set(files, archive);
  return archive;
}

/** Runs that begin at once ask for the same one. */
const archives = new WeakMap<FakeTree, Uint8Array>();

function archiveOf(files: FakeTree, commit: string): Uint8Array {
  const top = `acme-shop-${commit.slice(0, 7)}`;
  const inside = [...files].map(([name, content]) => ({ name: `${top}/${name}`, content }));
  return zipFile([{ name: `${top}/`, content: "", stored: true }, ...inside], { comment: commit });
}
