/** Where a path of a report file lies in the repository; `several` where more than one file could be meant. */
export type Resolved = { readonly path: string; readonly several?: readonly string[] };

/** Finds source files in the repository by the paths that one report file gives them. */
export type Resolver = (reportFile: string, paths: readonly string[]) => (path: string) => Resolved;

/** How a path leads to a file of the repository, the surest first. */
const ways = ["exact", "below", "foreign", "end"] as const;

type Found = Resolved & { readonly way: (typeof ways)[number] };

/**
 * A path means, in this order: the file of that very path; the file of that path seen from a folder above the report
 * file, the nearest first; the one tracked file that ends like it; the path without the prefix that most paths of the
 * report file have before a tracked file, such as the folder of another machine. Where several could be meant, none is
 * guessed. Two paths of one report file are two files: what is found in the surer way is that file of the repository, and
 * the other path stays. Paths below `root` are made relative to it first.
 */
export function sourceResolver(tracked: readonly string[], root: string): Resolver {
  const all = new Set(tracked);
  const endingLike = findEnds(tracked);

  const relative = (written: string) =>
    root !== "" && written.startsWith(`${root}/`) ? written.slice(root.length + 1) : written;

  function known(path: string, reportFile: string): Found | undefined {
    if (all.has(path)) return { path, way: "exact" };
    if (!path.startsWith("/")) {
      for (let folder = parent(reportFile); folder !== ""; folder = parent(folder)) {
        if (all.has(`${folder}/${path}`)) return { path: `${folder}/${path}`, way: "below" };
      }
    }
    const [only, ...others] = endingLike(path);
    if (only === undefined) return undefined;
    return others.length === 0
      ? { path: only, way: "end" }
      : { path, several: [only, ...others], way: "end" };
  }

  /** What stands before the longest tracked file that a path ends like. */
  function prefixOf(path: string): string | undefined {
    for (let slash = path.indexOf("/"); slash !== -1; slash = path.indexOf("/", slash + 1))
      if (all.has(path.slice(slash + 1))) return path.slice(0, slash + 1);
    return undefined;
  }

  return (reportFile, paths) => {
    if (all.size === 0) return (written) => ({ path: relative(written) });
    const prefixes = new Map<string, number>();
    for (const written of paths) {
      const path = relative(written);
      const prefix = known(path, reportFile) ? undefined : prefixOf(path);
      if (prefix !== undefined) prefixes.set(prefix, (prefixes.get(prefix) ?? 0) + 1);
    }
    const [first, second] = [...prefixes].sort(([, a], [, b]) => b - a);
    // A report file comes from one folder: a second prefix is another copy of the sources, such as a build.
    const prefix =
      first && first[1] > (second?.[1] ?? 0) && isForeign(first[0], paths) ? first[0] : undefined;

    const find = (path: string): Found | undefined => {
      const found = known(path, reportFile);
      if (found || prefix === undefined || !path.startsWith(prefix)) return found;
      const rest = path.slice(prefix.length);
      return all.has(rest) ? { path: rest, way: "foreign" } : undefined;
    };
    const owners = ownersOf(paths.map(relative), find);
    return (written) => {
      const path = relative(written);
      const found = find(path);
      const owner = found && owners.get(found.path);
      if (found === undefined || (owner !== undefined && owner !== path)) return { path };
      return found.several ? { path, several: found.several } : { path: found.path };
    };
  };

  /** A prefix is that of another machine or module only if no path of the report file does without it. */
  function isForeign(prefix: string, paths: readonly string[]): boolean {
    return !paths.some((written) => !relative(written).startsWith(prefix) && all.has(relative(written)));
  }
}

/** How many files that a path could mean are told. */
const mostTold = 3;

/** So many files of one name are looked through one by one; more of them get an index. */
const fewAlike = 16;

/** Finds the files that end like a path in a folder; `mostTold` of them, if there are more. */
function findEnds(files: readonly string[]): (path: string) => readonly string[] {
  const byName = new Map<string, string[]>();
  const indexes = new Map<string, ReadonlyMap<string, readonly string[]>>();
  return (path) => {
    // Most report files name nothing but files of the repository as they are.
    if (byName.size === 0) groupByName(files, byName);
    const name = nameOf(path);
    const alike = byName.get(name) ?? [];
    if (alike.length <= fewAlike) return alike.filter((file) => file.endsWith(`/${path}`)).slice(0, mostTold);
    const index = indexes.get(name) ?? endsOf(alike);
    indexes.set(name, index);
    return index.get(path) ?? [];
  };
}

function groupByName(files: readonly string[], byName: Map<string, string[]>): void {
  for (const file of files) {
    const name = nameOf(file);
    const alike = byName.get(name);
    if (alike) alike.push(file);
    else byName.set(name, [file]);
  }
}

function endsOf(files: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const ends = new Map<string, string[]>();
  for (const file of files) {
    for (let slash = file.indexOf("/"); slash !== -1; slash = file.indexOf("/", slash + 1)) {
      const end = file.slice(slash + 1);
      const same = ends.get(end);
      if (same === undefined) ends.set(end, [file]);
      else if (same.length < mostTold) same.push(file);
    }
  }
  return ends;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** By file of the repository that some path leads to otherwise than exactly, the path that does so most surely. */
function ownersOf(
  paths: readonly string[],
  find: (path: string) => Found | undefined,
): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  for (const path of paths) {
    const found = find(path);
    if (found === undefined || found.several || found.way === "exact") continue;
    const owner = owners.get(found.path);
    if (owner === undefined || isSurer(path, found.way, owner, find(owner)!.way))
      owners.set(found.path, path);
  }
  if (owners.size > 0) for (const path of paths) if (owners.has(path)) owners.set(path, path);
  return owners;
}

/** Of two that lead to a file in the same way, the longer one says more of where that is. */
function isSurer(path: string, way: Found["way"], owner: string, ownersWay: Found["way"]): boolean {
  const surer = ways.indexOf(ownersWay) - ways.indexOf(way);
  return surer > 0 || (surer === 0 && path.length > owner.length);
}

function parent(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash === -1 ? "" : path.slice(0, slash);
}
