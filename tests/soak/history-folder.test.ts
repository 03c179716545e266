import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readFolder } from "../../src/io/history-folder.ts";
import { testPath } from "../runner/bytes.ts";
import { random } from "./random.ts";
import { seed } from "./share.ts";

/** In full, or the share of `npm test`. */
const full = process.env["SOAK_ROUNDS"] !== undefined;
const [writers, each, kills] = full ? [64, 20, 100] : [6, 20, 6];

let path: string;

beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), "phase-gate-history-"));
});

afterEach(() => rmSync(path, { recursive: true }));

interface Writer {
  readonly child: ChildProcess;
  /** What it said until it ended. */
  readonly said: Promise<readonly string[]>;
}

function start(first: number, count: number): Writer {
  const args = [testPath("history", "writer.ts"), path, String(first), String(count)];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const said = new Promise<readonly string[]>((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
    child.on("error", reject);
    child.on("close", () => resolve(text.split("\n").filter((line) => line !== "")));
  });
  return { child, said };
}

const folder = () => ({ shown: path, path, gate: "phase-gate" });
const numbers = () =>
  readFolder(folder())
    .records.map(({ number }) => number)
    .sort((a, b) => a - b);

describe("the folder of a history", () => {
  test(`${writers} processes that store ${each} records each lose none and double none`, async () => {
    // The second half stores what the first half stores, too: a re-run of the same step.
    const all = Array.from({ length: writers }, (_, i) => start(1 + i * each, each));
    const again = start(1, each);
    const said = (await Promise.all([...all, again].map((writer) => writer.said))).flat();
    expect(said.filter((line) => line.startsWith("problem"))).toEqual([]);
    expect(said.filter((line) => line.startsWith("stored"))).toHaveLength(writers * each);
    expect(said.filter((line) => line.startsWith("present"))).toHaveLength(each);
    expect(numbers()).toEqual(Array.from({ length: writers * each }, (_, i) => i + 1));
  });

  test(`${kills} processes killed while they store leave nothing half-written (seed ${seed})`, async () => {
    const next = random(seed);
    const stored: number[] = [];
    let first = 1;
    for (let kill = 0; kill < kills; kill++) {
      const writer = start(first, 100_000);
      await new Promise<void>((resolve) => writer.child.stdout!.once("data", () => resolve()));
      setTimeout(() => writer.child.kill("SIGKILL"), next() * 30);
      const lines = await writer.said;
      stored.push(...lines.flatMap((line) => (/^stored (\d+)$/.exec(line) ? [Number(line.slice(7))] : [])));
      expect(readFolder(folder()).problems).toEqual([]);
      first = Math.max(...numbers()) + 1;
    }
    // What was said to be stored is there. A record that was stored but not yet said may be there as well.
    const kept = new Set(numbers());
    expect(stored.filter((number) => !kept.has(number))).toEqual([]);
    expect(kept.size - stored.length).toBeLessThanOrEqual(kills);
  });
});
