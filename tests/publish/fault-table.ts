/** What stands in a table of a matrix, of each of its cells. */
export interface Row {
  readonly call: string;
  readonly fault: string;
  readonly lasts: "once" | "for ever";
  readonly wrong: readonly string[];
  readonly arrived: boolean;
  readonly seconds: number;
}

/** A whole matrix in two tables: by what goes wrong, and by the call that it happens to. */
export function faultTable(rows: readonly Row[]): string {
  const table = (head: string, key: "fault" | "call") => [
    `| ${head} | once: all arrives | longest | for ever: all arrives all the same | else it is told | longest |`,
    "|---|---|---|---|---|---|",
    ...[...new Set(rows.map((row) => row[key]))].map((name) => {
      const half = (lasts: Row["lasts"]) => rows.filter((row) => row[key] === name && row.lasts === lasts);
      const [once, ever] = [half("once"), half("for ever")];
      const arrived = (some: readonly Row[]) => some.filter((row) => row.arrived).length;
      const longest = (some: readonly Row[]) => `${Math.max(...some.map(({ seconds }) => seconds))} s`;
      const told = ever.length - arrived(ever);
      return `| ${[name, `${arrived(once)} of ${once.length}`, longest(once), arrived(ever), told, longest(ever)].join(" | ")} |`;
    }),
  ];
  const lost = rows.filter(({ wrong }) => wrong.length > 0).length;
  return [
    `${rows.length} cells, ${lost} of them wrong.`,
    "",
    ...table("what goes wrong", "fault"),
    "",
    ...table("which call", "call"),
    "",
  ].join("\n");
}
