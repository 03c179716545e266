import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { startGitHub } from "../github/server.ts";
import { historyCells, runHistoryCell } from "../history/fault-cells.ts";
import {
  type Cell,
  type CellResult,
  cells,
  type faults,
  optionsOf,
  reports,
  runCell,
  stateOf,
} from "../publish/fault-cells.ts";
import { faultTable } from "../publish/fault-table.ts";
import { junitOf } from "../publish/report.ts";
import { testPath } from "../runner/bytes.ts";
import { runAction } from "../runner/run-action.ts";
import { random } from "./random.ts";
import { rounds, seed } from "./share.ts";

const whole = rounds >= cells.length;
const some = Math.ceil(rounds / 3);
const next = random(seed);

/** That many of a list, drawn by the seed, or all of it. */
function drawn<T>(all: readonly T[], count: number): readonly T[] {
  const left = [...all];
  return Array.from({ length: Math.min(count, all.length) }, () =>
    left.splice(Math.floor(next() * left.length), 1),
  ).flat();
}

const nameOf = ({ call, fault, lasts, input }: Cell) => `${call}: ${fault}, ${lasts}, ${input}`;

describe(`publishing while one call goes wrong (seed ${seed})`, () => {
  test(`${whole ? "all" : rounds} of ${cells.length} cells end well`, { timeout: 120_000 }, async () => {
    const results: [Cell, CellResult][] = [];
    for (const cell of whole ? cells : drawn(cells, rounds)) results.push([cell, await runCell(cell)]);
    const wrong = results.filter(([, result]) => result.wrong.length > 0);
    expect(wrong.map(([cell, result]) => `${nameOf(cell)}: ${result.wrong.join("; ")}`)).toEqual([]);
    const rows = results.map(([cell, result]) => ({ ...cell, ...result }));
    if (whole) await expect(faultTable(rows)).toMatchFileSnapshot(testPath("goldens", "fault-matrix.md"));
  });
});

describe(`a history on GitHub while one call goes wrong (seed ${seed})`, () => {
  test(`${whole ? "all" : some} of ${historyCells.length} cells end well`, {
    timeout: 120_000,
  }, async () => {
    const rows = [];
    for (const cell of whole ? historyCells : drawn(historyCells, some))
      rows.push(await runHistoryCell(cell));
    const wrong = rows.filter((row) => row.wrong.length > 0);
    expect(wrong.map((row) => `${row.call}: ${row.fault}, ${row.lasts}: ${row.wrong.join("; ")}`)).toEqual(
      [],
    );
    if (whole) await expect(faultTable(rows)).toMatchFileSnapshot(testPath("goldens", "history-faults.md"));
  });
});

/** What the bundle can wait for in real time: limits of a second, and no server that never answers. */
const shorter: Partial<Record<keyof typeof faults, object>> = {
  "403, primary limit": { headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1" } },
  "403, secondary limit": { headers: { "retry-after": "1" } },
  "429, without a time": { headers: { "retry-after": "1" } },
};
const quick = cells.filter(({ fault, lasts }) => fault !== "no answer" || lasts === "once");

describe(`the bundle while one call goes wrong (seed ${seed})`, () => {
  test.each(drawn(quick, whole ? 12 : 2).map((cell) => [nameOf(cell), cell] as const))(
    "%s",
    { timeout: 90_000 },
    async (_, cell) => {
      const options = optionsOf(cell);
      const faulty = options.faults?.map((fault) => ({ ...fault, ...shorter[cell.fault] })) ?? [];
      const github = await startGitHub({ ...options, faults: faulty });
      const checkout = checkoutOf(cell);
      try {
        const { exitCode, log } = await runAction({ checkout, apiUrl: github.url, runNumber: 2 });
        const told = ["comment", "check"].map((place) => {
          const name = place === "check" ? "check run" : place;
          const arrived = log.includes(`\npublished: ${name}\n`);
          return { place, arrived, loud: log.includes("[not-published]") };
        });
        const { wrong, arrived } = stateOf(github, told, reports[cell.input]);
        expect(wrong, log).toEqual([]);
        expect(exitCode).toBe(cell.input === "passing" ? 0 : 1);
        if (cell.lasts === "once") expect(arrived, log).toBe(true);
      } finally {
        rmSync(checkout, { recursive: true });
        await github.close();
      }
    },
  );
});

/** A repository with the report file of a cell, and the source file that its annotations stand in. */
function checkoutOf({ input }: Cell): string {
  const folder = mkdtempSync(join(tmpdir(), "phase-gate-cell-"));
  mkdirSync(join(folder, ".github"));
  mkdirSync(join(folder, "tests"));
  cpSync(testPath("publish", "phase-gate.yml"), join(folder, ".github", "phase-gate.yml"));
  writeFileSync(join(folder, "tests", "t.py"), "\n".repeat(200));
  writeFileSync(join(folder, "junit.xml"), junitOf(input === "passing" ? 60 : 150));
  return folder;
}
