/** The functions of one record of a tracefile. Their lines and names are in one place and their hits in another. */
export interface LcovFunctions {
  /** `FN`: there is a function of this name in a line. */
  declare(line: string, name: string): void;
  /** `FNDA`: hits of a function, which are told of functions of one name in the order in which these are declared. */
  hit(name: string, ran: boolean): void;
  /** `FNL` of lcov 2: the line of the function with an index. */
  index(index: string, line: string): void;
  /** `FNA` of lcov 2: hits of the function with an index under one of its names, of which the first stands for all. */
  alias(index: string, name: string, ran: boolean): void;
  /**
   * What they come to: each function with an identity that is the same in every tracefile of the source file, its line and
   * name. Functions of one name in one line are numbered.
   */
  each(visit: (id: string, ran: boolean) => void): void;
}

interface LcovFunction {
  readonly line: string;
  readonly name: string;
  ran: boolean;
}

export function createLcovFunctions(): LcovFunctions {
  const all: LcovFunction[] = [];
  const named = new Map<string, { readonly declared: LcovFunction[]; readonly hits: boolean[] }>();
  const lines = new Map<string, string>();
  const indexed = new Map<string, LcovFunction>();

  function add(line: string, name: string, ran: boolean): LcovFunction {
    const added = { line, name, ran };
    all.push(added);
    return added;
  }

  function of(name: string) {
    const known = named.get(name) ?? { declared: [], hits: [] };
    named.set(name, known);
    return known;
  }

  /** More hits than functions of a name are hits of the last one; where none is declared, each is of its own. */
  function pair(): void {
    for (const [name, { declared, hits }] of named) {
      for (const [i, ran] of hits.entries()) {
        const meant = declared[i] ?? declared.at(-1) ?? add("", name, false);
        meant.ran ||= ran;
      }
    }
  }

  return {
    declare(line, name) {
      of(name).declared.push(add(String(Number(line)), name, false));
    },
    hit(name, ran) {
      of(name).hits.push(ran);
    },
    index(index, line) {
      lines.set(index, String(Number(line)));
    },
    alias(index, name, ran) {
      const known = indexed.get(index);
      if (known) known.ran ||= ran;
      else indexed.set(index, add(lines.get(index) ?? "", name, ran));
    },
    each(visit) {
      pair();
      const times = new Map<string, number>();
      for (const { line, name, ran } of all) {
        const id = `${line},${name}`;
        const time = (times.get(id) ?? 0) + 1;
        times.set(id, time);
        visit(time === 1 ? id : `${line}.${time},${name}`, ran);
      }
    },
  };
}
