import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { pastOf } from "../../src/core/history/baseline.ts";
import { renderConsole } from "../../src/core/report/console.ts";
import { renderJson } from "../../src/core/report/json.ts";
import { renderCheckSummary, renderMarkdown } from "../../src/core/report/markdown.ts";
import { runGate } from "../../src/gate.ts";
import { loadConfig } from "../../src/io/config-file.ts";
import { readFolder } from "../../src/io/history-folder.ts";
import { filesBelow, testPath } from "../runner/bytes.ts";
import { runCli } from "../runner/run-cli.ts";
import { random } from "./random.ts";
import { seed } from "./share.ts";

/** In full, or the share of `npm test`. */
const full = process.env["SOAK_ROUNDS"] !== undefined;
const [inside, spawned] = full ? [100, 100] : [5, 2];

const zones = ["UTC", "America/St_Johns", "Pacific/Kiritimati", "Asia/Kathmandu", "Europe/Istanbul"];
const locales = ["C", "tr_TR.UTF-8", "de_DE.UTF-8", "ar_EG.UTF-8", "lt_LT.UTF-8", "ja_JP.UTF-8"];

/** Files of two examples by path: report files of many tools, and the last months of a year of history. */
const examples = ["monorepo", "ratchet"].flatMap((name) => {
  const root = testPath("..", "examples", name);
  const needed = /^(?:phase-gate\.yml$|reports\/|history\/runs\/2026-1)/;
  const files = filesBelow(root).filter((file) => needed.test(file));
  return files.map((file): [string, string] => [join(name, file), readFileSync(join(root, file), "latin1")]);
});

/** What comes of the examples when their files are made in another order. */
function laidOut<T>(next: () => number, look: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "phase-gate-order-"));
  const order = examples.map((entry): [number, (typeof examples)[number]] => [next(), entry]);
  for (const [, [path, content]] of order.sort(([a], [b]) => a - b)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content, "latin1");
  }
  try {
    return look(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** All that a report is shown as. */
function everything(folder: string, name: string): string {
  const root = join(folder, name);
  const { config, problems } = loadConfig("phase-gate.yml", root);
  const run = { at: "2026-11-25T09:30:00.000Z" };
  const { records } = readFolder({ shown: "history", path: join(root, "history"), gate: "phase-gate" });
  const report = runGate({
    name: "phase-gate",
    run,
    config,
    problems,
    workspace: { root, base: root },
    past: pastOf(records, run, undefined),
  });
  return [renderJson(report), renderMarkdown(report), renderConsole(report), renderCheckSummary(report)].join(
    "\0",
  );
}

test("the same input gives the same bytes, in whatever order its files lie and wherever the machine is", () => {
  const next = random(seed);
  const zone = process.env["TZ"];
  try {
    const offsets = new Set<number>();
    const seen = { monorepo: new Set<string>(), ratchet: new Set<string>() };
    for (let i = 0; i < inside; i++) {
      process.env["TZ"] = zones[i % zones.length];
      offsets.add(new Date(0).getTimezoneOffset());
      laidOut(next, (folder) => {
        for (const name of ["monorepo", "ratchet"] as const)
          seen[name].add(everything(folder, name).replaceAll(folder, ""));
      });
    }
    expect([seen.monorepo.size, seen.ratchet.size]).toEqual([1, 1]);
    // The clock of the process was set, indeed.
    expect(offsets.size).toBeGreaterThan(2);
  } finally {
    if (zone === undefined) delete process.env["TZ"];
    else process.env["TZ"] = zone;
  }
});

test("in processes of other locales and time zones, too", () => {
  const next = random(seed + 1);
  const still = (text: string) => text.replace(/"at": "\d{4}-[^"]*"/, "");
  const seen = new Set<string>();
  for (let i = 0; i < spawned; i++) {
    const locale = locales[i % locales.length]!;
    const env = { TZ: zones[i % zones.length], LANG: locale, LC_ALL: locale, LANGUAGE: locale };
    const [check, tune] = laidOut(next, (cwd) => [
      runCli(["check", "--config", "monorepo/phase-gate.yml", "--json"], { cwd, env }),
      runCli(["tune", "--config", "ratchet/phase-gate.yml"], { cwd, env }),
    ]);
    expect(check.out.length * tune.out.length).toBeGreaterThan(0);
    seen.add(still(`${check.exitCode}${check.out}${check.err}${tune.out}${tune.err}`));
  }
  expect(seen.size).toBe(1);
});
