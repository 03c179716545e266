import { addFile, emptyUnion } from "./measure/merge-coverage.ts";
import type { ReadFile } from "./model/evidence.ts";
import type { CoverageFacts, FileCoverage } from "./model/facts.ts";

const nothing: CoverageFacts = { located: true, files: new Map() };

/**
 * Unites the coverage of facts files, one after another as they are read, so that a thousand of them take the memory of
 * one: the first file of a source gets all of it and the others none. Only what is final, that is whose paths were found
 * where it was collected.
 */
export function createFold(): (file: ReadFile) => ReadFile {
  const unions = new Map<string, ReturnType<typeof emptyUnion>>();

  function fold(key: string, files: ReadonlyMap<string, FileCoverage>): CoverageFacts {
    const known = unions.get(key);
    const union = known ?? emptyUnion();
    unions.set(key, union);
    for (const file of files.values()) addFile(union, file);
    return known ? nothing : { located: true, files: union.files };
  }

  return (file) => {
    if (file.facts?.kind !== "facts") return file;
    const { collected } = file.facts;
    const sources = collected.sources.map((source) => ({
      ...source,
      files: source.files.map((entry): ReadFile => {
        if (entry.facts?.kind !== "coverage" || !entry.facts.coverage.located) return entry;
        const coverage = fold(
          `${source.family} ${source.kpi ?? ""} ${source.glob}`,
          entry.facts.coverage.files,
        );
        return { ...entry, facts: { kind: "coverage", coverage } };
      }),
    }));
    return { ...file, facts: { kind: "facts", collected: { ...collected, sources } } };
  };
}
