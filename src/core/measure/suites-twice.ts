import type { ReadFile } from "../model/evidence.ts";
import type { Problem } from "../model/problem.ts";
import { textOrder } from "../model/text-order.ts";

/**
 * Tells of report files that hold the same run of a suite: its tests would count twice. Names alone tell nothing,
 * because shards and platforms run suites of one name; a suite that began at the same time is the same run.
 */
export function suitesTwice(files: readonly ReadFile[]): readonly Problem[] {
  const firstIn = new Map<string, string>();
  return files
    .toSorted((a, b) => textOrder(a.path, b.path))
    .flatMap(({ path, facts }): readonly Problem[] => {
      if (facts?.kind !== "tests" || !facts.tests.suiteRuns) return [];
      const again: { readonly name: string; readonly other: string }[] = [];
      for (const run of new Set(facts.tests.suiteRuns)) {
        const other = firstIn.get(run);
        if (other === undefined) firstIn.set(run, path);
        else if (other !== path) again.push({ name: nameOf(run), other });
      }
      const [first] = again;
      if (!first) return [];
      const more = again.length > 1 ? ` (and ${again.length - 1} more)` : "";
      return [
        {
          code: "suite-twice",
          severity: "error",
          message: `holds the suite "${first.name.slice(0, 80)}"${more}, which stands in ${first.other} too`,
          at: { file: path },
          hint: "Is it a copy, or of an attempt before? Remove one of the two, or name files and no folders of copies.",
        },
      ];
    });
}

function nameOf(run: string): string {
  return run.slice(0, run.indexOf("\0"));
}
