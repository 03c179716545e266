/** Where a path of a report file lies in the repository; `several` where more than one file could be meant. */
export type Resolved = { readonly path: string; readonly several?: readonly string[] };

/** Finds source files in the repository by the paths that report files give them. */
export type Resolver = (path: string, reportFile: string) => Resolved;

/**
 * A path means, in this order: the file of that very path; the file of that path seen from a folder above the report
 * file, the nearest first; the one tracked file that ends like it; the longest tracked file that it ends like. Where
 * several could be meant, none is guessed. Paths below `root` are made relative to it first.
 */
export function sourceResolver(tracked: readonly string[], root: string): Resolver {
  const all = new Set(tracked);
  const byName = new Map<string, string[]>();
  for (const path of tracked) {
    const name = path.slice(path.lastIndexOf("/") + 1);
    const same = byName.get(name);
    if (same) same.push(path);
    else byName.set(name, [path]);
  }

  return (written, reportFile) => {
    const path = root !== "" && written.startsWith(`${root}/`) ? written.slice(root.length + 1) : written;
    if (all.size === 0 || all.has(path)) return { path };
    if (!path.startsWith("/")) {
      for (let folder = parent(reportFile); folder !== ""; folder = parent(folder)) {
        if (all.has(`${folder}/${path}`)) return { path: `${folder}/${path}` };
      }
    }
    const named = byName.get(path.slice(path.lastIndexOf("/") + 1)) ?? [];
    const longer = named.filter((file) => file.endsWith(`/${path}`));
    if (longer.length > 0) return longer.length === 1 ? { path: longer[0]! } : { path, several: longer };
    const shorter = named.filter((file) => path.endsWith(`/${file}`));
    return { path: shorter.reduce((a, b) => (b.length > a.length ? b : a), shorter[0] ?? path) };
  };
}

function parent(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash === -1 ? "" : path.slice(0, slash);
}
