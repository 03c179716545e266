import { type Cell, type CellResult, calls, faults } from "./fault-cells.ts";

/** The whole matrix in two tables: by what goes wrong, and by the call that it happens to. */
export function faultTable(results: readonly (readonly [Cell, CellResult])[]): string {
  const table = (head: string, names: readonly string[], key: "fault" | "call") => [
    `| ${head} | once: all arrives | longest | for ever: all arrives all the same | else it is told | longest |`,
    "|---|---|---|---|---|---|",
    ...names.map((name) => {
      const row = results.filter(([cell]) => cell[key] === name);
      const half = (lasts: Cell["lasts"]) =>
        row.filter(([cell]) => cell.lasts === lasts).map(([, result]) => result);
      const [once, ever] = [half("once"), half("for ever")];
      const arrived = (some: readonly CellResult[]) => some.filter((result) => result.arrived).length;
      const longest = (some: readonly CellResult[]) => `${Math.max(...some.map(({ seconds }) => seconds))} s`;
      const told = ever.length - arrived(ever);
      return `| ${[name, `${arrived(once)} of ${once.length}`, longest(once), arrived(ever), told, longest(ever)].join(" | ")} |`;
    }),
  ];
  const lost = results.filter(([, { wrong }]) => wrong.length > 0).length;
  return [
    `${results.length} cells, ${lost} of them wrong.`,
    "",
    ...table("what goes wrong", Object.keys(faults), "fault"),
    "",
    ...table("which call", Object.keys(calls), "call"),
    "",
  ].join("\n");
}
