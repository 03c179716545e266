import type { CoverageTally } from "./coverage-tally.ts";

/**
 * Keeps the methods of classes that name no source file, as those do that were compiled without debug information and, in
 * reports of old versions, all of them, until the source files of their package are known.
 */
export interface Orphans {
  /** A method of such a class, as `package/Class.name(descriptor)`. */
  add(method: string, ran: boolean): void;
  /** Says that a class names its source file, and so the version of JaCoCo is one that does. */
  named(): void;
  /** A source file of the package; JaCoCo writes them behind all classes. */
  offer(name: string): void;
  /** Ends the package, whose source files lie in this folder. */
  settle(folder: string): void;
}

export function createOrphans(coverage: CoverageTally): Orphans {
  let methods: [string, boolean][] = [];
  let names: string[] = [];
  let areNamed = false;

  return {
    add(method, ran) {
      methods.push([method, ran]);
    },
    named() {
      areNamed = true;
    },
    offer(name) {
      if (methods.length > 0) names.push(name);
    },
    settle(folder) {
      if (methods.length > 0) {
        const byStem = new Map(names.map((name) => [name.replace(/\.[^.]*$/, ""), name]));
        for (const [method, ran] of methods) {
          const stem = outermost(method);
          const name = byStem.get(stem) ?? (areNamed ? stem : (names[0] ?? stem));
          coverage.source(folder === "" ? name : `${folder}/${name}`).part("functions", method, ran);
        }
        methods = [];
      }
      names = [];
    },
  };
}

/** The name of the class in whose source file a method lies: `A` of `p/A$B.run()V`. */
function outermost(method: string): string {
  const className = method.slice(0, method.indexOf("."));
  return /[^/$]+/.exec(className.slice(className.lastIndexOf("/") + 1))?.[0] ?? className;
}
