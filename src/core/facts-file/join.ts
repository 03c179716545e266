import type { Group } from "../model/config.ts";
import type { ReadFile, SourceEvidence } from "../model/evidence.ts";
import type { Problem } from "../model/problem.ts";

/**
 * What facts files hold for each source: the report files of all runners that one glob found there count as found by
 * that glob here. The order of facts files does not matter.
 */
export function joinCollected(files: readonly ReadFile[]): ReadonlyMap<string, SourceEvidence> {
  const joined = new Map<string, SourceEvidence>();
  for (const { facts } of files) {
    if (facts?.kind !== "facts") continue;
    for (const source of facts.collected.sources) {
      const key = sourceKey(source);
      const known = joined.get(key);
      joined.set(key, known ? joinSources(known, source) : source);
    }
  }
  return joined;
}

/** The same facts files, in which every copy of another one is an error. */
export function withoutCopies(files: readonly ReadFile[]): readonly ReadFile[] {
  const first = new Map<string, string>();
  return files.map((file) => {
    if (file.facts?.kind !== "facts") return file;
    const { id } = file.facts.collected;
    const original = first.get(id);
    if (original === undefined) {
      first.set(id, file.path);
      return file;
    }
    const { facts: _, ...rest } = file;
    const problem: Problem = {
      code: "facts-twice",
      severity: "error",
      message: `is a copy of ${original}`,
      at: { file: file.path },
      hint: "Keep one of the two.",
    };
    return { ...rest, problems: [...file.problems, problem] };
  });
}

/** The facts file as it is, or an error in it where tests were counted in another way than the gate asks for. */
export function countedAlike(
  file: ReadFile,
  { groups, retries }: { readonly groups: ReadonlyMap<string, Group>; readonly retries: string },
): ReadFile {
  if (file.facts?.kind !== "facts") return file;
  const { collected } = file.facts;
  const other = [...groups].find(
    ([name, { tests }]) =>
      tests.length > 0 && JSON.stringify(tests) !== JSON.stringify(collected.groups.get(name)),
  );
  if (other === undefined && collected.retries === retries) return file;
  const what =
    other === undefined
      ? `with retries: ${collected.retries}, and the gate says ${retries}`
      : `with other globs for the group "${other[0]}" of tests, or without it`;
  const problem: Problem = {
    code: "facts-differ",
    severity: "error",
    message: `was collected ${what}`,
    at: { file: file.path },
    hint: "Collect with the configuration of the gate.",
  };
  const { facts: _, ...rest } = file;
  return { ...rest, problems: [...file.problems, problem] };
}

/** What makes two sources the same one. */
export function sourceKey({
  family,
  kpi = "",
  glob,
}: Pick<SourceEvidence, "family" | "kpi" | "glob">): string {
  return `${family} ${kpi} ${glob}`;
}

export function joinSources(a: SourceEvidence, b: SourceEvidence): SourceEvidence {
  const also = (a.also ?? 0) + (b.also ?? 0);
  const files = [...a.files, ...b.files];
  return { ...a, files, problems: [...a.problems, ...b.problems], ...(also > 0 ? { also } : {}) };
}

/** How many report files the glob of a source matched, here and on other runners. */
export function matched({ files, also = 0 }: Pick<SourceEvidence, "files" | "also">): number {
  return files.filter(({ format }) => format !== "facts").length + also;
}
